"""The short form: the main ratios anew, beside the recorded ones."""

from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from benchmarks.async_peers import MAIN_PEERS
from benchmarks.figures import BASE, OURS, Figure
from benchmarks.machine import machine
from benchmarks.measure_async import GROWTH_GROUP, async_figures
from benchmarks.measure_decode import decode_figures
from benchmarks.measure_import import STATEMENTS, import_figures
from benchmarks.measure_sync import sync_figures
from benchmarks.peers import main_peers
from benchmarks.report import with_quartiles
from benchmarks.results import Results
from benchmarks.target import Target, serving

MARGIN = 0.10
"""How much worse a ratio may be, beyond the spread of its rounds, before it counts."""
MARGIN_ELSEWHERE = 0.25
"""The same on another machine, or with another Python, than the recorded one's."""


def _sync(target: Target) -> list[Figure]:
    with main_peers(target) as peers:
        return sync_figures(peers, rounds=30)


def _async(target: Target) -> list[Figure]:
    return async_figures(MAIN_PEERS, target, rounds=5)


def _import(target: Target) -> list[Figure]:
    return import_figures(12, {name: STATEMENTS[name] for name in (BASE, OURS)})


def _decode(target: Target) -> list[Figure]:
    return decode_figures(rounds=40)


KINDS: tuple[Callable[[Target], list[Figure]], ...] = (_sync, _async, _import, _decode)


def limit(recorded: Figure, now: Figure, margin: float) -> float:
    """Return the ratio above which a figure counts as worse than it was."""
    was, here = recorded.judged, now.judged
    spread = max(was.upper - was.median, here.median - here.lower)
    return was.median * (1 + margin) + spread


def check(console: Console) -> bool:
    """Measure, compare and print; return whether nothing has become worse.

    What seems worse is measured once more: only what is worse both times counts.
    """
    results = Results.recorded()
    recorded = {figure.key: figure for figure in results.figures}
    differences = _differences(results)
    margin = MARGIN_ELSEWHERE if differences else MARGIN

    def worse(now: Figure) -> bool:
        before = recorded.get(now.key)
        return before is not None and now.judged.median > limit(before, now, margin)

    table = Table("", "recorded", "now", "limit", "", box=None)
    failures: list[str] = []
    with serving() as target:
        for measure in KINDS:
            figures = _ours(measure(target))
            if any(map(worse, figures.values())):
                again = _ours(measure(target))
                figures = {key: min(figures[key], again[key], key=_median) for key in figures}
            for key, now in figures.items():
                before = recorded.get(key)
                was, most = "none", ""
                if before is not None:
                    was, most = with_quartiles(before.judged), f"{limit(before, now, margin):.2f}"
                table.add_row(
                    now.group, was, with_quartiles(now.judged), most, "worse" * worse(now)
                )
                if worse(now):
                    failures.append(
                        f"{now.group}: recorded {was}, now {with_quartiles(now.judged)}"
                    )
    console.print(table)
    console.print(f"The limit is the recorded ratio, {margin:.0%} of it, and the larger spread.")
    for line in (*differences, *(f"Worse than recorded: {each}." for each in failures)):
        console.print(line, highlight=False, soft_wrap=True)
    return not failures


def _differences(results: Results) -> list[str]:
    return [
        f"Another machine than the recorded one: {name} is {here}, not {results.machine.get(name)}."
        for name, here in machine().items()
        if here != results.machine.get(name)
    ]


def _ours(figures: list[Figure]) -> dict[str, Figure]:
    # Growth is a ratio of two of these: a cheaper call with few in flight is no loss.
    ours = [figure for figure in figures if figure.subject == OURS and figure.group != GROWTH_GROUP]
    return {figure.key: figure for figure in ours}


def _median(figure: Figure) -> float:
    return figure.judged.median
