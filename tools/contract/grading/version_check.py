"""Check that the version of the contract was raised as much as its changes require."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tools.contract.document import CONTRACT, parse, version_of
from tools.contract.grading.changes import find_changes
from tools.versioning.grades import Change, Grade, next_version, overall, parse_version
from tools.versioning.history import History, State

CHANGELOG = "openapi/CHANGELOG.md"


def check_version(root: Path, base: str | None = None) -> tuple[dict[str, Any], list[str]]:
    """Check the version of the contract in a checkout.

    Args:
        root: The checkout.
        base: A revision to compare with, instead of those that the version determines.

    Returns:
        The result as plain data, and as lines for people.

    Raises:
        UnknownHistoryError: There is not enough history to compare with.
        UnreadableError: The contract is not a document.
        ValueError: Its version is not of the form MAJOR.MINOR.PATCH.
    """
    text = (root / CONTRACT).read_text("utf-8")
    now = State("", version_of(text), text)
    changes: list[Change] = []
    comparisons: list[dict[str, Any]] = []
    lines: list[str] = []
    problems: list[str] = []
    for earlier, later in History(root, CONTRACT, version_of).pairs(now, base):
        same = earlier.text == later.text
        found = [] if same else find_changes(parse(earlier.text), parse(later.text))
        changes += found
        comparisons.append(
            {
                "from": {"version": earlier.version, "revision": earlier.revision},
                "to": {"version": later.version, "revision": later.revision or None},
                "grade": str(overall(found)),
                "reader": str(overall(found, "reader")),
                "sender": str(overall(found, "sender")),
                "changes": [each.as_json() for each in found],
            }
        )
        shown = [str(each) for each in found] or ["no changes"]
        lines += [f"from {earlier} to {later}:", *(f"  {each}" for each in shown)]
        problems += _problems(earlier, later, overall(found))
    if not comparisons:
        lines.append(f"{now.version} is the first version: there is nothing to compare with")
    log = (root / CHANGELOG).read_text("utf-8") if (root / CHANGELOG).is_file() else ""
    problems += (f"{CHANGELOG}: {each}" for each in log_mistakes(log, now.version))
    result = {
        "version": now.version,
        "grade": str(overall(changes)),
        "passed": not problems,
        "problems": problems,
        "comparisons": comparisons,
    }
    return result, [*lines, *(f"\n{each}" for each in problems)]


def _problems(earlier: State, later: State, grade: Grade) -> Iterator[str]:
    """Yield why the version is too low, with the commands and edits that fix it."""
    old, new, least = earlier.version, later.version, next_version(earlier.version, grade)
    if parse_version(new) < parse_version(old):
        yield f"info.version was lowered from {old} to {new}: a version is released only once"
    elif parse_version(new) < parse_version(least):
        yield (
            f"from {earlier} to {later}: {grade} changes, so the version {new} is too low.\n"
            f"  To keep them: set info.version to {least} in {CONTRACT},\n"
            f"  and begin {CHANGELOG} with an entry that lists them:\n"
            f"    ## {least} - {date.today().isoformat()}\n"
            "  Then run: make generate check-contract-change"
        )


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
