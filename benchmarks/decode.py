"""CPU time of decoding and checking the contract's example of a conference."""

import json
from functools import partial

from signalwire_rest_wire.api.conferences import get_video_conference

from benchmarks.harness import OURS, Figure, cpu_time, figures, interleaved
from benchmarks.target import EXAMPLE, check_results
from signalwire_rest import Conference
from signalwire_rest._core.operation import Operation

UNCHECKED = "json.loads and Conference.from_dict"


def measure(short: bool = False) -> list[Figure]:
    """Measure this client against the generated parser alone, which checks nothing."""
    body = json.dumps(EXAMPLE).encode()
    operation = Operation(get_video_conference, Conference, {}, {})
    check_results(operation.decode(200, body))
    batches = {
        UNCHECKED: partial(cpu_time, lambda: Conference.from_dict(json.loads(body)), 200),
        OURS: partial(cpu_time, lambda: operation.decode(200, body), 200),
    }
    spent = interleaved(batches, 20 if short else 40)
    return figures("decode", spent, "µs of CPU", against=UNCHECKED)
