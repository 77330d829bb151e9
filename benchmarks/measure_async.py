"""CPU time per call in async code, with calls in flight, against every peer."""

import gc
import time
from collections.abc import Mapping
from functools import partial

from benchmarks.async_peers import CONNECTIONS, OURS_ON_TRIO, AsyncPeer
from benchmarks.figures import BASE, OURS, Figure, interleaved, ratio, scaled
from benchmarks.target import Target, check_result

GROUP = "async call"
GROWTH_GROUP = "async call, growth"
IN_FLIGHT = (8, 64, 256)
CALLS = 256
"""Calls of one batch, at least; and each place in flight has two of them."""
GOALS = {8: 0.55, 64: 0.30, 256: 0.30}
GROWTH_GOAL = 1.3
WITH_GOALS = (OURS, OURS_ON_TRIO)


def spend(peer: AsyncPeer, target: Target, in_flight: int) -> float:
    """Return the CPU seconds per call of a batch, over connections that are open already."""
    calls = max(CALLS, 2 * in_flight)

    async def main() -> float:
        async with peer.opened(target, CONNECTIONS) as call:
            await peer.keep_in_flight(in_flight, in_flight, call)
            gc.collect()
            begin = time.process_time()
            await peer.keep_in_flight(in_flight, calls, call)
            return (time.process_time() - begin) / calls

    return peer.run(main)


def check_async(peers: Mapping[str, AsyncPeer], target: Target) -> None:
    """Have every peer prove that it does the same work."""
    for name, peer in peers.items():

        async def main(name: str = name, peer: AsyncPeer = peer) -> None:
            async with peer.opened(target, 1) as call:
                check_result(name, await call())

        peer.run(main)


def async_figures(peers: Mapping[str, AsyncPeer], target: Target, rounds: int) -> list[Figure]:
    """Measure the CPU time of a call of each peer, with more and more of them in flight."""
    check_async(peers, target)
    gc.collect()
    gc.freeze()
    batches = {
        (name, number): partial(spend, peer, target, number)
        for number in IN_FLIGHT
        for name, peer in peers.items()
    }
    spent = interleaved(batches, rounds)
    gc.unfreeze()
    figures = [
        Figure(
            group=f"{GROUP}, {number} in flight",
            subject=name,
            value=scaled(spent[name, number], 1e6),
            unit="µs of CPU",
            ratio=ratio(spent[name, number], spent[BASE, number]),
            result=peers[name].result,
            at_most=GOALS[number] if name in WITH_GOALS else None,
        )
        for name, number in batches
    ]
    fewest, most = IN_FLIGHT[0], IN_FLIGHT[-1]
    return figures + [
        Figure(
            group=GROWTH_GROUP,
            subject=name,
            value=scaled(spent[name, most], 1e6),
            unit="µs of CPU",
            ratio=ratio(spent[name, most], spent[name, fewest]),
            against=f"itself at {fewest}",
            result=peer.result,
            at_most=GROWTH_GOAL if name in WITH_GOALS else None,
        )
        for name, peer in peers.items()
    ]
