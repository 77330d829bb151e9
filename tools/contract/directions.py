"""Who meets a part of the contract: clients that read answers, clients that send requests."""

from typing import Any

from attrs import frozen

from tools.contract.changes import Grade
from tools.contract.document import SCHEMAS, Node, at, keys, operations, walk


@frozen
class Direction:
    """Whether a part is read, and whether it is sent."""

    read: bool
    sent: bool

    def grades(self, grade: Grade) -> tuple[Grade, Grade]:
        """Return what readers and senders feel of a change of this grade here."""
        felt = grade if grade > Grade.PATCH else Grade.NONE
        return felt if self.read else Grade.NONE, felt if self.sent else Grade.NONE


READ = Direction(read=True, sent=False)
SENT = Direction(read=False, sent=True)
BOTH = Direction(read=True, sent=True)

_SENT_COMPONENTS = {"parameters", "requestBodies", "securitySchemes"}


class Directions:
    """Knows for each pointer of two states of a contract who meets what is there."""

    def __init__(self, *documents: Node) -> None:
        self._read: set[str] = set()
        self._sent: set[str] = set()
        for document in documents:
            for _, _, operation in operations(document):
                asked = [operation.get("parameters", []), operation.get("requestBody", {})]
                self._sent |= _reached(document, asked)
                self._read |= _reached(document, operation["responses"])

    def of(self, pointer: str) -> Direction:
        """Return who meets what stands at a pointer."""
        parts = keys(pointer)
        if parts[:2] == keys(SCHEMAS) and len(parts) > 2:
            sent = parts[2] in self._sent
            # What no operation uses is still a class that a program can have read.
            return Direction(read=parts[2] in self._read or not sent, sent=sent)
        if parts[:1] == ["components"]:
            return SENT if parts[1] in _SENT_COMPONENTS else READ
        if parts[:1] == ["paths"]:
            if "responses" in parts:
                return READ
            return BOTH if parts[-1] == "operationId" else SENT
        return SENT if parts[:1] in (["servers"], ["security"], ["tags"]) else BOTH


def _reached(document: Node, node: Any) -> set[str]:
    """Return the names of the schemas that a part of a document leads to."""
    found: set[str] = set()
    pending, seen = [node], set()
    while pending:
        for _, each in walk(pending.pop()):
            reference = each.get("$ref") if isinstance(each, dict) else None
            if isinstance(reference, str) and reference not in seen:
                seen.add(reference)
                pending.append(at(document, reference))
                if reference.startswith(SCHEMAS):
                    found.add(reference.removeprefix(SCHEMAS))
    return found
