"""Versions: how far one moved, and where it has to move to; and their entries in a change log."""

import re
from collections.abc import Iterator
from datetime import date

from tools.contract.changes import Grade

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)


def numbers(version: str) -> tuple[int, int, int]:
    """Return the three numbers of a version.

    Raises:
        ValueError: It is no MAJOR.MINOR.PATCH.
    """
    found = _VERSION.fullmatch(version)
    if not found:
        raise ValueError(f"{version!r} is no version: write MAJOR.MINOR.PATCH, 1.2.0 say")
    return int(found[1]), int(found[2]), int(found[3])


def moved(earlier: str, later: str) -> Grade | None:
    """Return by how much a version moved, None where it moved back."""
    old, new = numbers(earlier), numbers(later)
    if old == new:
        return Grade.NONE
    if new < old:
        return None
    first = next(index for index in range(3) if old[index] != new[index])
    return (Grade.MAJOR, Grade.MINOR, Grade.PATCH)[first]


def next_version(version: str, grade: Grade) -> str:
    """Return the least version that a change of this grade may have."""
    major, minor, patch = numbers(version)
    match grade:
        case Grade.MAJOR:
            return f"{major + 1}.0.0"
        case Grade.MINOR:
            return f"{major}.{minor + 1}.0"
        case Grade.PATCH:
            return f"{major}.{minor}.{patch + 1}"
    return version


def entry_problems(log: str, version: str) -> Iterator[str]:
    """Yield what is wrong with the entry of a version, which has to be the first of the log."""
    headings = list(_HEADING.finditer(log))
    wanted = f"## {version} - {date.today().isoformat()}"
    if not headings or not headings[0][1].startswith(f"{version} "):
        yield f"it has no entry of {version} on top. Put there: {wanted}"
        return
    try:
        date.fromisoformat(headings[0][1].removeprefix(f"{version} - "))
    except ValueError:
        yield f"write the heading of {version} like this: {wanted}"
    end = headings[1].start() if len(headings) > 1 else len(log)
    if not re.search(r"^[-*] \S", log[headings[0].end() : end], re.MULTILINE):
        yield f"the entry of {version} says nothing: list what has changed, a line each, with '- '"
