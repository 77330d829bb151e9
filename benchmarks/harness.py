"""Figures: medians of interleaved rounds, with quartiles."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

K = TypeVar("K")
Samples = Mapping[str, Sequence[float]]  # by peer, one for each round

BASE = "plain httpx"
OURS = "signalwire-rest"
OURS_ON_TRIO = f"{OURS} on trio"


class Spread(NamedTuple):
    """The median of some rounds, with the first and third quartile."""

    lower: float
    median: float
    upper: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.lower:.2f} to {self.upper:.2f})"


@dataclass(frozen=True)
class Figure:
    """What was measured of one peer."""

    group: str
    subject: str
    value: Spread
    unit: str
    ratio: Spread
    """The value relative to that of ``against``, computed within each round."""
    against: str
    goal: float | None
    """The largest ratio aimed at; the smallest if higher is better."""

    @property
    def higher_is_better(self) -> bool:
        return self.unit == "calls/s"

    @property
    def measured(self) -> str:
        median = self.value.median
        return f"{median:{',.0f' if median >= 100 else '.3g'}} {self.unit}"

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        bound, sign = ("at least", -1) if self.higher_is_better else ("at most", 1)
        met = sign * self.ratio.median <= sign * self.goal
        return f"{bound} {self.goal:.2f}: {'met' if met else 'missed'}"

    def __str__(self) -> str:
        return f"  {self.subject:36}{self.measured:>18}{self.ratio!s:>24}  {self.verdict}"


def interleaved(batches: Mapping[K, Callable[[], float]], rounds: int) -> dict[K, list[float]]:
    """Run every batch once per round, in order; return what each batch returned in each round.

    A disturbance that outlasts a batch affects its neighbours too, and hardly the ratio of the two.
    """
    samples: dict[K, list[float]] = {key: [] for key in batches}
    # Keep imported modules out of the garbage collections that happen during a batch.
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for key, run in batches.items():
            gc.collect()
            samples[key].append(run())
    gc.unfreeze()
    return samples


def figures(
    group: str, samples: Samples, unit: str, goal: float | None = None, against: str = BASE
) -> list[Figure]:
    """Return the figure of each peer. The goal is for this client, not for its variants."""
    found = []
    for name, values in samples.items():
        ratios = [value / base for value, base in zip(values, samples[against], strict=True)]
        own_goal = goal if name in (OURS, OURS_ON_TRIO) else None
        value, ratio = _spread(values), _spread(ratios)
        found.append(Figure(group, name, value, unit, ratio, against, own_goal))
    return found


def growth(group: str, many: Samples, few: Samples, few_name: str, goal: float) -> list[Figure]:
    """Return each peer's figure for ``many``, relative to its own for ``few``."""
    pairs = [{name: many[name], few_name: few[name]} for name in many]
    return [figures(group, each, "µs of CPU", goal, few_name)[0] for each in pairs]


def cpu_time(call: Callable[[], Any], calls: int) -> float:
    """Return the CPU time of a call in µs, user and system, over a batch."""
    begin = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - begin) / calls * 1e6


def main_peers(peers: Mapping[str, K], short: bool) -> dict[str, K]:
    """Return all peers; in a short run, only plain httpx and this client."""
    return {name: peer for name, peer in peers.items() if not short or name in (BASE, OURS)}


def _spread(values: Sequence[float]) -> Spread:
    quartiles = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(*(float(f"{each:.4g}") for each in quartiles))
