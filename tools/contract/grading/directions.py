"""Determine whether clients read a part of the contract, send it, or both."""

from collections import defaultdict
from enum import Flag, auto
from typing import Any

from tools.contract.document import Node, join_pointer, lookup, operations, split_pointer, walk
from tools.versioning.grades import Grade


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
        self._components: defaultdict[str, Direction] = defaultdict(lambda: Direction(0))
        for document in documents:
            for _, _, operation in operations(document):
                security = operation.get("security") or document.get("security") or ()
                schemes = [name for each in security for name in each]
                sent = _reachable(document, {**operation, "responses": {}})
                sent |= {join_pointer("components", "securitySchemes", name) for name in schemes}
                read = _reachable(document, operation["responses"])
                for direction, found in ((Direction.READ, read), (Direction.SENT, sent)):
                    for component in found:
                        self._components[component] |= direction

    def of(self, pointer: str) -> Direction:
        """Return the direction of the node at a pointer."""
        keys = split_pointer(pointer)
        if keys[0] == "components":
            return self._components[join_pointer(*keys[:3])]
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
