"""Memory per call in flight, in fresh processes."""

import gc
import tracemalloc
from functools import partial
from multiprocessing import get_context

from benchmarks.async_peers import OWN_POOLS
from benchmarks.harness import Figure, figures, interleaved
from benchmarks.target import Target, serving

IN_FLIGHT = 256


def peak(name: str, host: str) -> float:
    """Return the KiB per call that a client and its calls hold while all of them are waiting."""
    peer = OWN_POOLS[name]

    async def make_calls() -> None:
        async with peer.open(Target(host), IN_FLIGHT) as call:
            await peer.keep_in_flight(IN_FLIGHT, IN_FLIGHT, call)

    async def main() -> float:
        await make_calls()  # what they import and cache is not part of the figure
        gc.collect()
        tracemalloc.start()
        await make_calls()
        return tracemalloc.get_traced_memory()[1] / IN_FLIGHT / 1024

    return peer.run(main)


def measure() -> list[Figure]:
    """Measure every peer that has a pool of its own."""
    fresh = get_context("spawn").Pool(1, maxtasksperchild=1)
    with fresh, serving(hold=IN_FLIGHT) as target:
        batches = {name: partial(fresh.apply, peak, (name, target.host)) for name in OWN_POOLS}
        kib = interleaved(batches, 3)
    return figures(f"memory per call, {IN_FLIGHT} in flight", kib, "KiB")
