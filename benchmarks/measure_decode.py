"""A conference from bytes, checked, against ``json.loads`` and the generated ``from_dict``."""

import gc
import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from signalwire_rest_wire.api.video import get_video_conference

from benchmarks.figures import CHECKED, OURS, TYPED, Figure, interleaved, ratio, scaled
from benchmarks.target import EXAMPLE
from signalwire_rest import Conference
from signalwire_rest._core.operation import decode_response

GROUP = "decode"
BARE = "json.loads and Conference.from_dict"
GOAL = 1.4
META = (2, 64, 1024, 4096)
"""Sizes of ``meta`` in KiB."""
EXAMPLE_CALLS = 200
"""Decodings of one batch, where the conference is the page's."""

Decode = Callable[[bytes], Any]


def our_decode(body: bytes) -> Any:
    """Decode the body of a response as a call does."""
    return decode_response(get_video_conference, Conference, 200, body)


def bare_decode(body: bytes) -> Any:
    """Decode without a check."""
    return Conference.from_dict(json.loads(body))


def decode_figures(rounds: int) -> list[Figure]:
    """Measure the page's conference."""
    return _compared(GROUP, json.dumps(EXAMPLE.value).encode(), EXAMPLE_CALLS, rounds)


def linearity_figures(rounds: int) -> list[Figure]:
    """Measure conferences with more and more ``meta``: CPU time per KiB of it."""
    return [
        figure
        for size in META
        for figure in _compared(
            f"{GROUP}, meta of {size:,} KiB", with_meta(size), max(1, 256 // size), rounds, size
        )
    ]


def with_meta(kib: int) -> bytes:
    """Return the page's conference with about so many KiB of ``meta``."""
    entry = {"label": "a label of ordinary length", "seat": 17, "tags": ["a", "b"], "open": True}
    count = kib * 1024 // len(json.dumps({"entry-000000": entry}))
    meta = {f"entry-{number:06}": entry for number in range(count)}
    return json.dumps({**EXAMPLE.value, "meta": meta}).encode()


def _compared(
    group: str, body: bytes, calls: int, rounds: int, kib: int | None = None
) -> list[Figure]:
    decoders = {BARE: bare_decode, OURS: our_decode}
    for name, decode in decoders.items():
        if decode(body) != Conference.from_dict(json.loads(body)):
            raise RuntimeError(f"{name} did not return the conference")
    gc.collect()
    gc.freeze()
    batches = {name: partial(_spend, each, body, calls) for name, each in decoders.items()}
    spent = interleaved(batches, rounds)
    gc.unfreeze()
    return [
        Figure(
            group=group,
            subject=name,
            value=scaled(spent[name], 1e6 / (kib or 1)),
            unit="µs of CPU per KiB" if kib else "µs of CPU",
            ratio=ratio(spent[name], spent[BARE]),
            against=BARE,
            result=CHECKED if name == OURS else TYPED,
            at_most=GOAL if name == OURS else None,
        )
        for name in decoders
    ]


def _spend(decode: Decode, body: bytes, calls: int) -> float:
    # What an earlier batch has left, garbage and cold memory, is no part of this one.
    gc.collect()
    decode(body)
    begin = time.process_time()
    for _ in range(calls):
        decode(body)
    return (time.process_time() - begin) / calls
