"""Parse versions, and compute the lowest that a change may have."""

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


def is_lower(version: str, other: str) -> bool:
    """Return whether a version is lower than another."""
    return parse_version(version) < parse_version(other)
