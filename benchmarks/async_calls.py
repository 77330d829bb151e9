"""CPU time of an async call with 8, 64 and 256 calls in flight, and its growth."""

from functools import partial

from benchmarks.async_peers import PEERS
from benchmarks.harness import Figure, figures, growth, interleaved, main_peers
from benchmarks.target import serving

GROUP = "async call, {} in flight"
GOALS = {8: 0.30, 64: 0.17, 256: 0.15}
GROWTH = "async call, growth from 8 to 256 in flight"


def measure(short: bool = False) -> list[Figure]:
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
