"""Determine whether clients read a part of the contract, send it, or both."""

from enum import Flag, auto
from typing import Any

from tools.contract.document import Node, join_pointer, lookup, operations, split_pointer, walk
from tools.versioning.changes import Grade


class Direction(Flag):
    """Whether clients read a part of the contract, and whether they send it.

    A component that no operation uses has no direction.
    """

    READ = auto()
    SENT = auto()
    BOTH = READ | SENT

    def effects(self, grade: Grade) -> tuple[Grade, Grade]:
        """Return the effect on readers and on senders of a change of this grade."""
        effect = grade if grade > Grade.PATCH else Grade.NONE
        reader = effect if Direction.READ in self else Grade.NONE
        return reader, effect if Direction.SENT in self else Grade.NONE


class Directions:
    """Map the JSON pointers of documents to directions."""

    def __init__(self, *documents: Node) -> None:
        self._read: set[str] = set()
        self._sent: set[str] = set()
        for document in documents:
            for _, _, operation in operations(document):
                self._read |= _reachable(document, operation["responses"])
                self._sent |= _reachable(document, {**operation, "responses": {}})
                for each in operation.get("security") or document.get("security") or ():
                    self._sent |= {join_pointer("components", "securitySchemes", n) for n in each}

    def of(self, pointer: str) -> Direction:
        """Return the direction of the node at a pointer."""
        keys = split_pointer(pointer)
        if keys[0] == "components":
            component = join_pointer(*keys[:3])
            read = Direction.READ if component in self._read else Direction(0)
            return read | (Direction.SENT if component in self._sent else Direction(0))
        if "responses" in keys:
            return Direction.READ
        sent = keys[0] in ("paths", "servers", "security", "tags") and keys[-1] != "operationId"
        return Direction.SENT if sent else Direction.BOTH


def _reachable(document: Node, node: Any) -> set[str]:
    """Return the references to components that a node contains, directly or indirectly."""
    found: set[str] = set()
    pending = [node]
    while pending:
        for _, each in walk(pending.pop()):
            reference = each.get("$ref") if isinstance(each, dict) else None
            if isinstance(reference, str) and reference not in found:
                found.add(reference)
                pending.append(lookup(document, reference))
    return found
