"""Calls per second if each response takes 100 ms."""

import time
from functools import partial

from benchmarks.async_peers import OWN_POOLS, AsyncPeer
from benchmarks.harness import Figure, figures, interleaved
from benchmarks.target import Target, serving


def rate(peer: AsyncPeer, target: Target, in_flight: int) -> float:
    """Return calls per second, with a connection for each call in flight."""
    return 1e6 / peer.spend(target, in_flight, in_flight, time.perf_counter)


def measure() -> list[Figure]:
    """Measure every peer that has a pool of its own."""
    found: list[Figure] = []
    with serving(delay=0.1) as target:
        for size in (64, 256):
            batches = {name: partial(rate, peer, target, size) for name, peer in OWN_POOLS.items()}
            rates = interleaved(batches, 5)
            found += figures(f"{size} in flight, responses after 100 ms", rates, "calls/s")
    return found
