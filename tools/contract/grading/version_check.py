"""Check that the version of the contract was raised as much as its changes require."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen

from tools.contract.document import CONTRACT, parse, version_of
from tools.contract.grading.changes import find_changes
from tools.versioning.grades import Change, next_version, overall, parse_version
from tools.versioning.history import History, State

CHANGELOG = "openapi/CHANGELOG.md"


@frozen
class Comparison:
    """The changes from an earlier state to a later one."""

    earlier: State
    later: State
    changes: list[Change] = field(init=False)

    @changes.default
    def _find_changes(self) -> list[Change]:
        if self.earlier.text == self.later.text:
            return []
        return find_changes(parse(self.earlier.text), parse(self.later.text))

    def __str__(self) -> str:
        return f"from {self.earlier} to {self.later}"

    def problems(self) -> Iterator[str]:
        """Yield why the version is too low, with the commands and edits that fix it."""
        grade, old, new = overall(self.changes), self.earlier.version, self.later.version
        least = next_version(old, grade)
        if parse_version(new) < parse_version(old):
            yield f"info.version was lowered from {old} to {new}: a version is released only once"
        elif parse_version(new) < parse_version(least):
            yield (
                f"{self}: {grade} changes, so the version {new} is too low.\n"
                f"  To keep them: set info.version to {least} in {CONTRACT},\n"
                f"  and begin {CHANGELOG} with an entry that lists them:\n"
                f"    ## {least} - {date.today().isoformat()}\n"
                "  Then run: make generate check-contract-change"
            )

    def as_json(self) -> dict[str, Any]:
        """Return plain data for other tools."""
        return {
            "from": {"version": self.earlier.version, "revision": self.earlier.revision},
            "to": {"version": self.later.version, "revision": self.later.revision or None},
            "grade": str(overall(self.changes)),
            "reader": str(overall(self.changes, "reader")),
            "sender": str(overall(self.changes, "sender")),
            "changes": [each.as_json() for each in self.changes],
        }


@frozen
class VersionCheck:
    """The result of checking the version of a checkout."""

    version: str
    comparisons: list[Comparison]
    problems: list[str]

    def as_json(self) -> dict[str, Any]:
        """Return plain data for other tools."""
        found = [change for each in self.comparisons for change in each.changes]
        return {
            "version": self.version,
            "grade": str(overall(found)),
            "passed": not self.problems,
            "problems": self.problems,
            "comparisons": [each.as_json() for each in self.comparisons],
        }

    def lines(self) -> Iterator[str]:
        """Yield the lines of a report for people."""
        for comparison in self.comparisons:
            yield f"{comparison}:"
            yield from (f"  {each}" for each in comparison.changes)
            if not comparison.changes:
                yield "  no changes"
        if not self.comparisons:
            yield f"{self.version} is the first version: there is nothing to compare with"
        yield from (f"\n{each}" for each in self.problems)


def check_version(root: Path, base: str | None = None) -> VersionCheck:
    """Check the version of the contract in a checkout.

    Args:
        root: The checkout.
        base: A revision to compare with, instead of those that the version determines.

    Raises:
        UnknownHistoryError: There is not enough history to compare with.
        UnreadableError: The contract is not a document.
        ValueError: Its version is not of the form MAJOR.MINOR.PATCH.
    """
    text = (root / CONTRACT).read_text("utf-8")
    now = State("", version_of(text), text)
    pairs = History(root, CONTRACT, version_of).pairs(now, base)
    comparisons = [Comparison(*pair) for pair in pairs]
    problems = [problem for each in comparisons for problem in each.problems()]
    log = (root / CHANGELOG).read_text("utf-8") if (root / CHANGELOG).is_file() else ""
    problems += [f"{CHANGELOG}: {each}" for each in log_mistakes(log, now.version)]
    return VersionCheck(now.version, comparisons, problems)


def log_mistakes(log: str, version: str) -> Iterator[str]:
    """Yield what is wrong with the entry of a version, which must be the first of a change log."""
    first = [*re.split(r"^## ", log, flags=re.MULTILINE)[1:], ""][0]
    heading, _, entry = first.partition("\n")
    wanted = f"## {version} - {date.today().isoformat()}"
    if not heading.startswith(f"{version} "):
        yield f"the first entry must be that of {version}, such as: {wanted}"
        return
    try:
        date.fromisoformat(heading.removeprefix(f"{version} - "))
    except ValueError:
        yield f"the heading of {version} must have a date, such as: {wanted}"
    if not re.search(r"^[-*] \S", entry, re.MULTILINE):
        yield f"the entry of {version} is empty: list each change on a line with '- '"
