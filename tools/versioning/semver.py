"""Parse versions, measure how far one moved, and compute the next one."""

import re

from tools.versioning.changes import Grade

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def parse_version(version: str) -> tuple[int, int, int]:
    """Return the three numbers of a version.

    Raises:
        ValueError: It is not of the form MAJOR.MINOR.PATCH.
    """
    found = _VERSION.fullmatch(version)
    if not found:
        raise ValueError(f"version must be MAJOR.MINOR.PATCH, such as 1.2.0; got {version!r}")
    return int(found[1]), int(found[2]), int(found[3])


def distance(earlier: str, later: str) -> Grade | None:
    """Return which part of the version was raised, or None if the version was lowered."""
    old, new = parse_version(earlier), parse_version(later)
    if old == new:
        return Grade.NONE
    if new < old:
        return None
    first = next(index for index in range(3) if old[index] != new[index])
    return (Grade.MAJOR, Grade.MINOR, Grade.PATCH)[first]


def next_version(version: str, grade: Grade) -> str:
    """Return the lowest version that a change of this grade may have."""
    major, minor, patch = parse_version(version)
    match grade:
        case Grade.MAJOR:
            return f"{major + 1}.0.0"
        case Grade.MINOR:
            return f"{major}.{minor + 1}.0"
        case Grade.PATCH:
            return f"{major}.{minor}.{patch + 1}"
    return version
