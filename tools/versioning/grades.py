"""Changes, their grades, and the versions that they require."""

import re
from enum import IntEnum

from attrs import frozen


class Grade(IntEnum):
    """How much a change affects a client, and the part of the version that must be raised."""

    NONE = 0
    """No effect."""
    PATCH = 1
    """Wording, and anything else that no program notices."""
    MINOR = 2
    """An addition or a deprecation: existing programs keep working."""
    MAJOR = 3
    """A breaking change: programs fail to build with regenerated code, or fail on the wire."""

    def __str__(self) -> str:
        return self.name.lower()


@frozen
class Change:
    """One change between two states of an interface."""

    where: str
    """The location, in words."""
    what: str
    reader: Grade = Grade.NONE
    """The effect on clients that read responses."""
    sender: Grade = Grade.NONE
    """The effect on clients that send requests."""

    @property
    def grade(self) -> Grade:
        """The larger effect; a change without any effect is still a patch."""
        return max(self.reader, self.sender, Grade.PATCH)

    def __str__(self) -> str:
        effects = [("read", self.reader), ("send", self.sender)]
        verbs = " or ".join(verb for verb, effect in effects if effect == self.grade)
        audience = f" for clients that {verbs}" if self.grade > Grade.PATCH else ""
        return f"{self.grade}{audience}: {self.where}: {self.what}"

    def as_json(self) -> dict[str, str]:
        """Return plain data for other tools."""
        names = ("where", "what", "grade", "reader", "sender")
        return {name: str(getattr(self, name)) for name in names}


def overall(changes: list[Change], effect: str = "grade") -> Grade:
    """Return the highest grade of the changes, or the largest ``reader`` or ``sender`` effect."""
    return max((getattr(each, effect) for each in changes), default=Grade.NONE)


def ranked(changes: list[Change]) -> list[Change]:
    """Return the changes without duplicates, the highest grade first."""
    return sorted(dict.fromkeys(changes), key=lambda each: (-each.grade, each.where))


def parse_version(version: str) -> tuple[int, ...]:
    """Return the three numbers of a version.

    Raises:
        ValueError: It is not of the form MAJOR.MINOR.PATCH.
    """
    if not re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", version):
        raise ValueError(f"version must be MAJOR.MINOR.PATCH, such as 1.2.0; got {version!r}")
    return tuple(map(int, version.split(".")))


def next_version(version: str, grade: Grade) -> str:
    """Return the lowest version that a change of this grade may have."""
    if grade is Grade.NONE:
        return version
    numbers, raised = parse_version(version), Grade.MAJOR - grade
    return ".".join(map(str, [*numbers[:raised], numbers[raised] + 1, 0, 0][:3]))
