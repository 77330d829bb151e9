"""CPU time per call in sync code, against every peer."""

import gc
from collections.abc import Mapping
from functools import partial

from benchmarks.figures import BASE, OURS, Figure, interleaved, ratio, scaled
from benchmarks.target import Peer

GROUP = "sync call"
CALLS = 100
"""Calls of one batch. Short batches: what disturbs one disturbs its neighbours too."""
GOALS = {OURS: 0.95}


def sync_figures(peers: Mapping[str, Peer], rounds: int) -> list[Figure]:
    """Measure the CPU time of a call of each peer."""
    for peer in peers.values():
        peer.spend(CALLS)
    # What was imported is no part of a call, whichever peer's turn the collector comes in.
    gc.collect()
    gc.freeze()
    batches = {name: partial(peer.spend, CALLS) for name, peer in peers.items()}
    spent = interleaved(batches, rounds)
    gc.unfreeze()
    return [
        Figure(
            group=GROUP,
            subject=name,
            value=scaled(spent[name], 1e6 / CALLS),
            unit="µs of CPU",
            ratio=ratio(spent[name], spent[BASE]),
            result=peer.result,
            at_most=GOALS.get(name),
        )
        for name, peer in peers.items()
    ]
