"""Whether the version of the contract moved by as much as readers and senders feel."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from tools.contract import grading
from tools.contract.changes import Change, Grade, overall
from tools.contract.document import UnreadableError, parse
from tools.contract.history import Bases, History, State
from tools.contract.versions import entry_problems, moved, next_version, numbers

CONTRACT = "openapi/openapi.yaml"
LOG = "openapi/CHANGELOG.md"


@frozen
class Comparison:
    """One earlier state against a later one."""

    title: str
    earlier: State
    later: State
    changes: tuple[Change, ...]

    def problems(self) -> Iterator[str]:
        """Yield why the version did not move by enough, with what to type."""
        grade, old, new = overall(list(self.changes)), self.earlier.version, self.later.version
        distance = moved(old, new)
        if distance is None:
            yield f"info.version goes back from {old} to {new}: a version is given once"
        elif distance < grade:
            least = next_version(old, grade)
            yield (
                f"{self.title}: a {grade} change, so {new} is too little.\n"
                f"  To keep the change: set info.version to {least} in {CONTRACT},\n"
                f"  and put on top of {LOG}, with a line for each change:\n"
                f"    ## {least} - {date.today().isoformat()}\n"
                "  Then type: make generate check-contract-change"
            )

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, for other tools."""
        return {
            "from": {"version": self.earlier.version, "revision": self.earlier.revision},
            "to": {"version": self.later.version, "revision": self.later.revision or None},
            "grade": str(overall(list(self.changes))),
            "reader": str(max((each.reader for each in self.changes), default=Grade.NONE)),
            "sender": str(max((each.sender for each in self.changes), default=Grade.NONE)),
            "changes": [each.as_json() for each in self.changes],
        }


@frozen
class Verdict:
    """What there is to say of the present state of the contract."""

    version: str
    comparisons: tuple[Comparison, ...]
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, for other tools."""
        changes = [change for each in self.comparisons for change in each.changes]
        return {
            "version": self.version,
            "grade": str(overall(changes)),
            "passed": not self.problems,
            "problems": list(self.problems),
            "comparisons": [each.as_json() for each in self.comparisons],
        }

    def lines(self) -> Iterator[str]:
        """Yield what a person reads."""
        for comparison in self.comparisons:
            yield f"{comparison.title}:"
            yield from (f"  {each}" for each in comparison.changes or ["nothing has changed"])
        if not self.comparisons:
            yield f"{self.version} is the first version: there is nothing to compare with"
        yield from (f"\n{each}" for each in self.problems)


def judge(root: Path, base: str | None = None) -> Verdict:
    """Return the verdict on the contract of a checkout.

    Args:
        root: The checkout.
        base: A revision to compare with, in the place of those that the version says.

    Raises:
        UnknownHistoryError: There is no history to compare with, or too little.
        UnreadableError: The contract is no document.
        ValueError: Its version is none.
        DifferError, MissingToolError: The differ does not work.
    """
    text = (root / CONTRACT).read_text("utf-8")
    now = State("", parse(text)["info"]["version"], text)
    numbers(now.version)
    history = History(root, CONTRACT, version_in)
    if base is not None:
        pairs = [(history.at(base), now)]
    else:
        pairs = list(_pairs(history.bases(now.version), now))
    comparisons = tuple(_compared(earlier, later) for earlier, later in pairs)
    problems = [problem for each in comparisons for problem in each.problems()]
    log = (root / LOG).read_text("utf-8") if (root / LOG).is_file() else ""
    problems += [f"{LOG}: {each}" for each in entry_problems(log, now.version)]
    return Verdict(now.version, comparisons, tuple(problems))


def _pairs(bases: Bases, now: State) -> Iterator[tuple[State, State]]:
    first = bases.first or now
    if bases.before is not None:
        yield bases.before, first
    if bases.first is not None:
        yield bases.first, now


def _compared(earlier: State, later: State) -> Comparison:
    title = f"from {earlier.version} ({earlier.revision[:9]}) to {later.version}"
    if later.revision:
        title += f" ({later.revision[:9]})"
    same = earlier.text == later.text
    found = [] if same else grading.changes(parse(earlier.text), parse(later.text))
    return Comparison(title, earlier, later, tuple(found))


def version_in(text: str) -> str | None:
    """Return the version that a text of the contract carries, None where it is no contract."""
    try:
        version = str(parse(text)["info"]["version"])
        numbers(version)
    except (UnreadableError, ValueError):
        return None
    return version
