"""What a change is: where, what, and how much of it a client feels that reads or that sends."""

from enum import IntEnum
from itertools import pairwise
from typing import Any

from attrs import field, frozen

from tools.contract.document import SCHEMAS, Node, at, keys, resolved


class Grade(IntEnum):
    """How much of a change a client feels, and the part of the version that has to move for it."""

    NONE = 0
    """Nothing: no program notices."""
    PATCH = 1
    """Words, and what else no program notices; the document is another one all the same."""
    MINOR = 2
    """Something is added, or marked to go: a program of today goes on as it is."""
    MAJOR = 3
    """A program breaks: when it is built with code generated anew, or on the wire."""

    def __str__(self) -> str:
        return self.name.lower()


@frozen
class Change:
    """One change between two states of the contract."""

    where: str
    """Where it is, as people say it."""
    what: str
    reader: Grade = Grade.NONE
    sender: Grade = Grade.NONE
    pointers: tuple[str, ...] = field(default=(), eq=False)
    """The JSON pointers that it accounts for."""

    @property
    def grade(self) -> Grade:
        """How much the client feels that feels most; what nobody feels is a patch all the same."""
        return max(self.reader, self.sender, Grade.PATCH)

    def __str__(self) -> str:
        who = f" for {self.who}" if self.grade > Grade.PATCH else ""
        return f"{self.grade}{who}: {self.where}: {self.what}"

    @property
    def who(self) -> str:
        """Who feels the most of it."""
        feeling = [("read", self.reader), ("send", self.sender)]
        return "clients that " + " or ".join(word for word, g in feeling if g == self.grade)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, for other tools."""
        return {
            "where": self.where,
            "what": self.what,
            "grade": str(self.grade),
            "reader": str(self.reader),
            "sender": str(self.sender),
        }


def overall(changes: list[Change]) -> Grade:
    """Return the grade of all changes together."""
    return max((each.grade for each in changes), default=Grade.NONE)


def place(pointer: str, document: Node) -> str:
    """Return where a pointer points, as people say it: ``Conference.quality`` for a property."""
    parts = keys(pointer)
    if parts[:2] == keys(SCHEMAS):
        inner = pairwise(parts[3:])
        return ".".join([parts[2], *(name for key, name in inner if key == "properties")])
    if parts[:1] != ["paths"]:
        return " ".join(part for part in parts[:3] if part != "components")
    words = [*(part.upper() for part in parts[2:3]), *parts[1:2]]
    if parts[3:4] == ["responses"]:
        words += parts[4:5]
    if parts[3:4] == ["parameters"] and len(parts) > 4:
        words.append(resolved(document, at(document, "/".join(pointer.split("/")[:6])))["name"])
    return " ".join(words)
