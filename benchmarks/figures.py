"""Figures: medians of interleaved rounds, with their spread."""

import random
import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar

K = TypeVar("K")

BASE = "plain httpx"
"""The peer that ratios are taken against."""
OURS = "signalwire-rest"

CHECKED = "typed and checked"
TYPED = "typed"
DICT = "dict"


@dataclass(frozen=True)
class Spread:
    """The median of some rounds, and their first and third quartile."""

    median: float
    lower: float
    upper: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, lower, upper)


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    group: str
    """What is measured."""
    subject: str
    """Whose figure it is, and in which setting."""
    value: Spread
    """In ``unit``."""
    unit: str
    ratio: Spread | None = None
    """``value`` over the base's of the same round."""
    against: str = BASE
    """What the ratio is against."""
    result: str = ""
    """What the caller gets: typed and checked, or a dict."""
    at_most: float | None = None
    """The goal that the ratio is not to be above; without a ratio, the value."""
    at_least: float | None = None
    """The goal that the ratio is not to be below; without a ratio, the value."""

    @property
    def key(self) -> str:
        return f"{self.group} | {self.subject}"

    @property
    def judged(self) -> Spread:
        """What the goal is about."""
        return self.value if self.ratio is None else self.ratio

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.at_most is not None:
            return self.judged.median <= self.at_most
        return None if self.at_least is None else self.judged.median >= self.at_least

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """Read what :func:`dataclasses.asdict` has written."""
        ratio = raw["ratio"] and Spread(**raw["ratio"])
        return cls(**{**raw, "value": Spread(**raw["value"]), "ratio": ratio})


def interleaved(batches: Mapping[K, Callable[[], float]], rounds: int) -> dict[K, list[float]]:
    """Run each batch once a round, in another order each round; return the figures of each.

    Whatever else the machine does falls on all of them, and the ratio of two figures of one round
    is steadier than either of them.
    """
    order = list(batches)
    shuffle = random.Random(0).shuffle
    samples: dict[K, list[float]] = {key: [] for key in batches}
    for _ in range(rounds):
        shuffle(order)
        for key in order:
            samples[key].append(batches[key]())
    return samples


def scaled(values: Iterable[float], factor: float) -> Spread:
    """Return the spread of the values times ``factor``."""
    return Spread.of([value * factor for value in values])


def ratio(values: Iterable[float], base: Iterable[float]) -> Spread:
    """Return the spread of the ratios of each round."""
    return Spread.of([value / of for value, of in zip(values, base, strict=True)])
