"""The two plots, as SVG."""

from pathlib import Path

from benchmarks.figures import BASE, OURS, Figure
from benchmarks.measure_async import GROUP as ASYNC_GROUP
from benchmarks.measure_async import IN_FLIGHT
from benchmarks.measure_sync import GROUP as SYNC_GROUP
from benchmarks.results import Results
from benchmarks.svg import bar, document, dot, line, text

FOLDER = Path(__file__).parent
SHOWN_IN_FLIGHT = (BASE, "aiohttp", OURS)
"""Peers of the plot on calls in flight."""


def draw(results: Results) -> None:
    """Write both plots."""
    (FOLDER / "cpu-per-call.svg").write_text(cpu_per_call(results.group(SYNC_GROUP)))
    flights = {number: results.group(f"{ASYNC_GROUP}, {number} in flight") for number in IN_FLIGHT}
    (FOLDER / "cost-in-flight.svg").write_text(cost_in_flight(flights))


def cpu_per_call(figures: list[Figure]) -> str:
    """Return a bar for each figure, as long as its ratio."""
    left, right, top, step = 430, 720, 80, 30
    scale = (right - left) / max(figure.judged.upper for figure in figures)
    bottom = top + step * len(figures)
    parts = [line([(left + scale, top - 14), (left + scale, bottom - 16)], "grid")]
    cheapest_first = sorted(figures, key=lambda figure: figure.judged.median)
    for row, figure in enumerate(cheapest_first):
        y, ratio = top + step * row, figure.judged
        kind = "ours" if figure.subject == OURS else ""
        lower, upper = left + scale * ratio.lower, left + scale * ratio.upper
        parts += [
            text(20, y, figure.subject, kind),
            text(left - 10, y, figure.result, "quiet end"),
            bar(left, y, scale * ratio.median, f"mark {kind}"),
            line([(lower, y), (upper, y)], "spread"),
            text(upper + 8, y, f"{ratio.median:.2f}", kind),
        ]
    title = "CPU time of a sync call, plain httpx = 1.00"
    subtitle = "Less is better. The thin line spans the middle half of the rounds."
    return document(title, subtitle, bottom, parts)


def cost_in_flight(flights: dict[int, list[Figure]]) -> str:
    """Return a line for each peer shown: its CPU time per call against calls in flight."""
    left, right, top, bottom = 70, 540, 80, 340
    costs = {
        name: [_median(figures, name) for figures in flights.values()] for name in SHOWN_IN_FLIGHT
    }
    most = max(max(cost) for cost in costs.values())
    scale = (bottom - top) / most
    places = [
        left + 40 + (right - left - 60) * at / (len(flights) - 1) for at in range(len(flights))
    ]
    parts: list[str] = []
    for value in range(0, int(most) + 1, _step(most)):
        y = bottom - scale * value
        parts += [
            line([(left, y), (right, y)], "grid"),
            text(left - 10, y, f"{value:,}", "quiet end"),
        ]
    for x, number in zip(places, flights, strict=True):
        parts.append(text(x, bottom + 20, f"{number} in flight", "quiet middle"))
    for name, cost in costs.items():
        kind = "ours" if name == OURS else ""
        points = [(x, bottom - scale * each) for x, each in zip(places, cost, strict=True)]
        parts += [line(points, f"line {kind}"), *(dot(x, y, f"mark {kind}") for x, y in points)]
        x, y = points[-1]
        parts.append(text(x + 14, y, f"{name}: {cost[-1]:,.0f} µs", kind))
    title = "CPU time of an async call against calls in flight"
    subtitle = f"In µs; less is better. {OURS} returns a checked conference, the others a dict."
    return document(title, subtitle, bottom + 44, parts)


def _median(figures: list[Figure], subject: str) -> float:
    return next(figure.value.median for figure in figures if figure.subject == subject)


def _step(most: float) -> int:
    """Return a round number that goes three to seven times into the most."""
    steps = (digit * power for power in (10, 100, 1000, 10_000) for digit in (1, 2, 5))
    return next(step for step in steps if most / step <= 7)
