"""CPU time of an async call with few and many in flight, and calls per second of a slow server."""

import time
from functools import partial

from benchmarks.async_peers import OWN_POOLS, PEERS, AsyncPeer
from benchmarks.harness import BASE, OURS, Figure, figures, growth, interleaved, main_peers
from benchmarks.target import Target, serving

GROUP = "async call, {} in flight"
GOALS = {8: 0.30, 64: 0.17, 256: 0.15}
GROWTH = "async call, growth from 8 to 256 in flight"


def measure(short: bool = False) -> list[Figure]:
    """Measure all three; in a short run, not the slow server."""
    return [*in_flight(short), *many_connections(short), *([] if short else slow_server())]


def in_flight(short: bool) -> list[Figure]:
    """Measure every peer with every number of calls in flight, on at most 100 connections."""
    peers = main_peers(PEERS, short)
    with serving() as target:
        batches = {
            (number, name): partial(peer.spend, target, number)
            for number in GOALS
            for name, peer in peers.items()
        }
        spent = interleaved(batches, 4 if short else 8)
    found: list[Figure] = []
    for number, goal in GOALS.items():
        cost = {name: spent[number, name] for name in peers}
        found += figures(GROUP.format(number), cost, "µs of CPU", goal)
    few, many = ({name: spent[number, name] for name in peers} for number in (8, 256))
    return found + growth(GROWTH, many, few, "itself with 8", 1.3)


def many_connections(short: bool) -> list[Figure]:
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


def slow_server() -> list[Figure]:
    """Measure every peer that has a pool of its own, with a connection for each call in flight."""

    def rate(peer: AsyncPeer, target: Target, size: int) -> float:
        return 1e6 / peer.spend(target, size, size, time.perf_counter)

    found: list[Figure] = []
    with serving(delay=0.1) as target:
        for size in (64, 256):
            batches = {name: partial(rate, peer, target, size) for name, peer in OWN_POOLS.items()}
            rates = interleaved(batches, 5)
            found += figures(f"{size} in flight, responses after 100 ms", rates, "calls/s")
    return found
