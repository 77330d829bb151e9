"""Find and grade every change between two states of the contract, for readers and for senders."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tools.contract.document import (
    SCHEMAS,
    Node,
    join_pointer,
    lookup,
    operations,
    split_pointer,
    walk,
)
from tools.contract.grading import constants, rules
from tools.contract.grading.differences import differences
from tools.versioning.grades import Change, Grade, ranked


def find_changes(earlier: Node, later: Node) -> list[Change]:
    """Return every change from one document to the other, the highest grade first."""
    uses = {*_uses(earlier), *_uses(later)}
    found = [
        (each.where, grade, what)
        for each in differences(earlier, later)
        for grade, what in rules.grades(each, earlier, later, "sender" in _sides(each.where, uses))
    ]
    found += [(where, Grade.MAJOR, what) for where, what in constants.broken(earlier, later)]
    changes = []
    for where, grade, what in found:
        effect = grade if grade > Grade.PATCH else Grade.NONE
        effects = dict.fromkeys(_sides(where, uses), effect)
        changes.append(Change(_location(where), what, **effects))
    return ranked(changes)


def _sides(pointer: str, uses: set[tuple[str, str]]) -> set[str]:
    """Return which clients a part of the contract is for; a component without a use is for none."""
    keys = split_pointer(pointer)
    if keys[0] == "components":
        component = join_pointer(*keys[:3])
        return {side for side in ("reader", "sender") if (side, component) in uses}
    if "responses" in keys:
        return {"reader"}
    sent = keys[0] in ("paths", "servers", "security", "tags") and keys[-1] != "operationId"
    return {"sender"} if sent else {"reader", "sender"}


def _uses(document: Node) -> Iterator[tuple[str, str]]:
    """Yield each component that readers or senders need, with the side that needs it."""
    for _, _, operation in operations(document):
        for component in _reachable(document, operation["responses"]):
            yield "reader", component
        for component in _reachable(document, {**operation, "responses": {}}):
            yield "sender", component
        for each in operation.get("security") or document.get("security") or ():
            for name in each:
                yield "sender", join_pointer("components", "securitySchemes", name)


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


def _location(pointer: str) -> str:
    """Return a location in words, such as ``Conference.quality`` for a property."""
    keys = split_pointer(pointer)
    if keys[:2] == split_pointer(SCHEMAS):
        inner = pairwise(keys[3:])
        return ".".join([keys[2], *(name for key, name in inner if key == "properties")])
    if keys[0] != "paths":
        return " ".join(key for key in keys[:3] if key != "components")
    words = [keys[2].upper(), keys[1]]
    return " ".join([*words, *keys[4:5]] if keys[3:4] in (["responses"], ["parameters"]) else words)
