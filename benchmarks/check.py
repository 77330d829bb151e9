"""The main ratios, measured again and compared with the recorded ones."""

from benchmarks import async_calls, decode, imports, sync_calls, threads
from benchmarks.harness import OURS, Figure
from benchmarks.machine import machine
from benchmarks.record import Record

MAIN_FAMILIES = (sync_calls, async_calls, threads, imports, decode)
MARGIN, MARGIN_ELSEWHERE = 0.10, 0.25
"""How much worse a ratio may be, beyond its spread; the second with another machine or Python."""


def excess(now: Figure, recorded: Figure, margin: float) -> float:
    """Return by how much a ratio is worse than the margin and the larger spread allow."""
    sign = -1 if now.higher_is_better else 1
    _, was, worst = sorted(sign * each for each in recorded.ratio)
    best, found, _ = sorted(sign * each for each in now.ratio)
    return found - was - margin * abs(was) - max(worst - was, found - best)


def check() -> bool:
    """Measure, compare and print; return whether no ratio is worse than recorded.

    A family with a worse ratio is measured twice, and the better ratio counts.
    """
    record = Record.load()
    recorded = {each.group: each for each in record.figures if each.subject == OURS}
    # Growth is a ratio of two others: cheaper calls with few in flight make nothing worse.
    del recorded[async_calls.GROWTH]
    margin = MARGIN if machine() == record.machine else MARGIN_ELSEWHERE
    print(f"Recorded with {record.machine}.\n\n{'recorded':>72}{'now':>24}")
    failures: list[str] = []
    for family in MAIN_FAMILIES:
        found: dict[str, list[tuple[float, Figure]]] = {}
        for _ in range(2):
            for now in family.measure(short=True):
                if now.subject == OURS and now.group in recorded:
                    beyond = excess(now, recorded[now.group], margin)
                    found.setdefault(now.group, []).append((beyond, now))
            if all(min(each)[0] <= 0 for each in found.values()):
                break
        for group, each in found.items():
            beyond, now = min(each)
            line = f"{group:48}{recorded[group].ratio!s:>24}{now.ratio!s:>24}"
            print(line, "  worse" * (beyond > 0), flush=True)
            failures += [group] * (beyond > 0)
    print(f"\nWorse than recorded by more than {margin:.0%} and the spread, in two measurements:")
    print(", ".join(failures) or "nothing")
    return not failures
