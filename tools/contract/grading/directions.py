"""Determine whether clients read a part of the contract, send it, or both."""

from enum import Flag, auto
from typing import Any

from tools.contract.document import SCHEMAS, Node, lookup, operations, split_pointer, walk
from tools.versioning.changes import Grade


class Direction(Flag):
    """Whether clients read a part of the contract, and whether they send it."""

    READ = auto()
    SENT = auto()
    BOTH = READ | SENT

    def effects(self, grade: Grade) -> tuple[Grade, Grade]:
        """Return the effect on readers and on senders of a change of this grade."""
        effect = grade if grade > Grade.PATCH else Grade.NONE
        reader = effect if Direction.READ in self else Grade.NONE
        return reader, effect if Direction.SENT in self else Grade.NONE


_SENT_COMPONENTS = {"parameters", "requestBodies", "securitySchemes"}


class Directions:
    """Map the JSON pointers of documents to directions."""

    def __init__(self, *documents: Node) -> None:
        self._read: set[str] = set()
        self._sent: set[str] = set()
        for document in documents:
            for _, _, operation in operations(document):
                request = [operation.get("parameters", []), operation.get("requestBody", {})]
                self._sent |= _reachable_schemas(document, request)
                self._read |= _reachable_schemas(document, operation["responses"])

    def of(self, pointer: str) -> Direction:
        """Return the direction of the node at a pointer."""
        keys = split_pointer(pointer)
        if keys[:2] == split_pointer(SCHEMAS) and len(keys) > 2:
            # Programs can import the class of a schema that no operation uses.
            if keys[2] not in self._sent:
                return Direction.READ
            return Direction.BOTH if keys[2] in self._read else Direction.SENT
        if keys[:1] == ["components"]:
            return Direction.SENT if keys[1] in _SENT_COMPONENTS else Direction.READ
        if keys[:1] == ["paths"]:
            if "responses" in keys:
                return Direction.READ
            return Direction.BOTH if keys[-1] == "operationId" else Direction.SENT
        sent = keys[:1] in (["servers"], ["security"], ["tags"])
        return Direction.SENT if sent else Direction.BOTH


def _reachable_schemas(document: Node, node: Any) -> set[str]:
    """Return the names of the schemas that a node refers to, directly or indirectly."""
    found: set[str] = set()
    pending, seen = [node], set()
    while pending:
        for _, each in walk(pending.pop()):
            reference = each.get("$ref") if isinstance(each, dict) else None
            if isinstance(reference, str) and reference not in seen:
                seen.add(reference)
                pending.append(lookup(document, reference))
                if reference.startswith(SCHEMAS):
                    found.add(reference.removeprefix(SCHEMAS))
    return found
