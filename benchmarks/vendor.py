"""``signalwire-sdk`` as a sync peer: a worker in an environment of its own."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import DICT
from benchmarks.target import CONFERENCE_ID, PROJECT, TOKEN, Peer, Target, check_result

VENDOR = "signalwire-sdk (without the query)"
VENDOR_PYTHON = Path(".venv-incumbent/bin/python")
"""``signalwire-sdk`` owns the import name that we own: it has an environment of its own."""


@contextmanager
def vendor(target: Target) -> Iterator[Peer]:
    """Yield the peer, whose worker ends with the block."""
    worker = Path(__file__).with_name("vendor_worker.py")
    command = [str(VENDOR_PYTHON), str(worker), PROJECT, TOKEN, target.host, CONFERENCE_ID]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asking, responding = process.stdin, process.stdout
        check_result(VENDOR, json.loads(responding.readline()))

        def spend(calls: int) -> float:
            print(calls, file=asking, flush=True)
            return float(responding.readline())

        try:
            yield Peer(DICT, spend)
        finally:
            asking.close()
