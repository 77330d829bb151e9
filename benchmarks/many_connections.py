"""CPU time of a call with 5,000 calls in flight on 5,000 connections, relative to 256 on 256."""

from functools import partial

from benchmarks.async_peers import OWN_POOLS
from benchmarks.harness import BASE, OURS, Figure, growth, interleaved
from benchmarks.target import serving


def measure(short: bool = False) -> list[Figure]:
    """Measure every peer but plain httpx, whose pool looks at every connection for each call."""
    names = [OURS] if short else [name for name in OWN_POOLS if name != BASE]
    with serving() as target:
        batches = {
            (number, name): partial(OWN_POOLS[name].spend, target, number, number)
            for name in names
            for number in (256, 5000)
        }
        cost = interleaved(batches, 3 if short else 4)
    few, many = ({name: cost[number, name] for name in names} for number in (256, 5000))
    group = "async call, 5,000 in flight on 5,000 connections"
    return growth(group, many, few, "itself with 256 on 256", 1.6)
