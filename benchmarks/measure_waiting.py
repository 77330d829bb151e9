"""Calls per second against a server that takes its time, and how long the slowest call waits."""

import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial

from benchmarks.async_peers import CONNECTIONS, AsyncPeer
from benchmarks.figures import BASE, DICT, Figure, Spread, interleaved, ratio
from benchmarks.target import Target

DELAY = 0.1
"""Seconds that the server takes for a response."""
SETTINGS = ((64, CONNECTIONS), (256, CONNECTIONS), (256, 256))
"""Calls in flight, and connections at most."""
TURNS = 4
"""Calls of a batch, for each in flight."""
FAIR_CALLS = 2000
FAIR_IN_FLIGHT = 256
FAIR_GOAL = 5.0


def throughput_figures(peers: Mapping[str, AsyncPeer], target: Target, rounds: int) -> list[Figure]:
    """Measure calls per second of each peer, against a server that responds after ``DELAY``."""
    batches = {
        (name, setting): partial(_calls_per_second, peer, target, *setting)
        for setting in SETTINGS
        for name, peer in peers.items()
    }
    rates = interleaved(batches, rounds)
    return [
        Figure(
            group=f"{in_flight} in flight, responses after 100 ms, {connections} connections",
            subject=name,
            value=Spread.of(rates[name, (in_flight, connections)]),
            unit="calls/s",
            ratio=ratio(
                rates[name, (in_flight, connections)], rates[BASE, (in_flight, connections)]
            ),
            result=peers[name].result,
            at_least=None if peers[name].result == DICT else 1.0,
        )
        for name, (in_flight, connections) in batches
    ]


def fairness_figures(peers: Mapping[str, AsyncPeer], target: Target, rounds: int) -> list[Figure]:
    """Measure the slowest of many calls of a fresh client against the median one."""
    batches: dict[str, Callable[[], float]] = {
        name: partial(_slowest, peer, target) for name, peer in peers.items()
    }
    slowest = interleaved(batches, rounds)
    return [
        Figure(
            group=f"slowest of {FAIR_CALLS:,} calls, {FAIR_IN_FLIGHT} in flight",
            subject=name,
            value=Spread.of(slowest[name]),
            unit="times the median",
            result=peer.result,
            at_most=None if peer.result == DICT else FAIR_GOAL,
        )
        for name, peer in peers.items()
    ]


def _calls_per_second(peer: AsyncPeer, target: Target, in_flight: int, connections: int) -> float:
    calls = TURNS * in_flight

    async def main() -> float:
        async with peer.opened(target, connections) as call:
            await peer.keep_in_flight(in_flight, in_flight, call)
            begin = time.perf_counter()
            await peer.keep_in_flight(in_flight, calls, call)
            return calls / (time.perf_counter() - begin)

    return peer.run(main)


def _slowest(peer: AsyncPeer, target: Target) -> float:
    waits: list[float] = []

    async def main() -> None:
        async with peer.opened(target, CONNECTIONS) as call:

            async def timed() -> None:
                begin = time.perf_counter()
                await call()
                waits.append(time.perf_counter() - begin)

            await peer.keep_in_flight(FAIR_IN_FLIGHT, FAIR_CALLS, timed)

    peer.run(main)
    return max(waits) / statistics.median(waits)
