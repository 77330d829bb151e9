"""Grade the differences that Redocly finds.

Redocly judges the wire format alone. Here the effect on programs that are built with regenerated
code counts as well, and open enums may grow. Anything not known to be harmless is major.
"""

import json
from collections.abc import Iterator
from typing import Any

from tools.contract.document import NULL, Node, lookup, resolve, split_pointer, walk
from tools.contract.grading.directions import Direction, Directions
from tools.contract.grading.locations import describe
from tools.contract.grading.redocly_diff import Difference
from tools.versioning.changes import Change, Grade

WORDING = {"description", "summary", "example", "examples", "externalDocs", "termsOfService"}
_WORDING_NODES = {"Info", "Contact", "License", "ExternalDocs", "ServerVariable"}
_WORDING_NODES |= {"Example", "ExamplesMap"}
_HARMLESS_ADDITIONS = {"Header", "PathItem", "Operation", "Server"}
_UNUSED_ADDITIONS = {"SecurityScheme", "Tag"}
_UNUSED_COMPONENTS = {"headers", "parameters", "requestBodies"}


def graded(differences: list[Difference], earlier: Node, later: Node) -> Iterator[Change]:
    """Yield the differences as graded changes."""
    directions = Directions(earlier, later)
    for each in differences:
        where = each.old or each.new or "#"
        if each.type == "Info" and each.property == "version":
            continue
        direction = directions.of(where)
        grade, what = _grade(each, earlier, later, direction)
        if each.kind == "removed" and each.type in ("PathItem", "Operation"):
            direction = Direction.BOTH
        yield Change(
            describe(where, earlier if each.old else later),
            what,
            *direction.effects(grade),
            pointers=tuple(p for p in (each.old, each.new) if p is not None),
        )


def _grade(each: Difference, earlier: Node, later: Node, direction: Direction) -> tuple[Grade, str]:
    name = each.property or each.type
    if each.property in WORDING or each.type in _WORDING_NODES:
        return Grade.PATCH, f"{name} reworded"
    if each.kind == "added":
        return _addition(each, later, direction)
    if each.kind == "removed":
        return Grade.MAJOR, _removal(each, earlier)
    old, new = _value(earlier, each.old, name), _value(later, each.new, name)
    if each.property == "enum" and old is not None and new is not None:
        return _enum(old, new, later, str(each.new))
    if each.property == "required" and each.type == "Schema":
        return _required(each, earlier, later)
    if each.property == "deprecated":
        return (Grade.MINOR, "deprecated") if new else (Grade.PATCH, "no longer deprecated")
    if each.property == "key":
        old, new = (split_pointer(str(pointer))[-1] for pointer in (each.old, each.new))
        return Grade.MAJOR, f"renamed from {old} to {new}"
    return Grade.MAJOR, f"{name} changed from {_short(old)} to {_short(new)}"


def _addition(each: Difference, later: Node, direction: Direction) -> tuple[Grade, str]:
    keys, added = split_pointer(str(each.new)), f"{_noun(each)} added"
    unused = keys[0] == "components" and len(keys) == 3 and keys[1] in _UNUSED_COMPONENTS
    if each.type in _UNUSED_ADDITIONS or unused:
        return Grade.PATCH, f"{added}, not used yet"
    if each.type == "SpecExtension" and keys[-1] == "x-enum-varnames":
        return Grade.PATCH, "constants named"
    if each.type == "Parameter":
        if resolve(later, lookup(later, str(each.new))).get("required", False):
            return Grade.MAJOR, "required parameter added: requests without it fail"
        return Grade.MINOR, f"optional {added}"
    if keys[-2:-1] == ["properties"] and Direction.SENT in direction:
        owner = lookup(later, str(each.new).rpartition("/properties/")[0])
        if keys[-1] in owner.get("required", ()):
            return Grade.MAJOR, "required property added: requests without it fail"
    harmless = each.type in _HARMLESS_ADDITIONS or (
        (each.type == "Schema" and keys[-2:-1] in (["properties"], ["schemas"]))
        or (each.type == "Response" and not keys[-1].startswith("2"))
    )
    return (Grade.MINOR, added) if harmless else (Grade.MAJOR, f"{added} where there was none")


def _removal(each: Difference, earlier: Node) -> str:
    keys = split_pointer(str(each.old))
    if keys[-2:-1] == ["anyOf"]:
        member = lookup(earlier, str(each.old))
        members = lookup(earlier, str(each.old).rpartition("/")[0])
        if any("enum" in resolve(earlier, other) for other in members) and member != NULL:
            return "open enum closed: regenerated readers reject new values"
        return f"it can no longer be {_short(member)}: its type changes in generated code"
    return f"{_noun(each)} removed: programs that use it stop working"


def _enum(old: list[Any], new: list[Any], later: Node, pointer: str) -> tuple[Grade, str]:
    removed = [value for value in old if value not in new]
    added = [value for value in new if value not in old]
    if removed:
        return Grade.MAJOR, f"{_short(removed)} removed: the constant no longer exists"
    if not added:
        return Grade.PATCH, "values reordered"
    if _is_open(later, pointer.removesuffix("/enum")):
        return Grade.MINOR, f"{_short(added)} added to an open enum"
    return Grade.MAJOR, f"{_short(added)} added to a closed enum: existing readers reject it"


def _is_open(document: Node, enum: str) -> bool:
    """Return whether every reference to an enum is in an anyOf together with its plain type."""
    plain = {"type": lookup(document, enum).get("type")}
    for where, node in walk(document):
        if isinstance(node, dict) and node.get("$ref") == enum:
            list_pointer = where.rpartition("/")[0]
            if not list_pointer.endswith("/anyOf") or plain not in lookup(document, list_pointer):
                return False
    return True


def _required(each: Difference, earlier: Node, later: Node) -> tuple[Grade, str]:
    old, new = (
        lookup(document, str(where).removesuffix("/required"))
        for document, where in ((earlier, each.old), (later, each.new))
    )
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    optional = sorted((before - after) & set(new.get("properties", ())))
    required = sorted((after - before) & set(old.get("properties", ())))
    if optional:
        return Grade.MAJOR, f"{', '.join(optional)} made optional: programs rely on it"
    if required:
        names = ", ".join(required)
        return Grade.MAJOR, f"{names} made required: its type changes in generated code"
    return Grade.PATCH, "the list of required properties follows the properties"


def _value(document: Node, pointer: str | None, name: str) -> Any:
    """Return the modified value; for a missing value, Redocly points at its parent."""
    if pointer is None or (split_pointer(pointer)[-1] != name and name != "key"):
        return None
    return lookup(document, pointer)


def _noun(each: Difference) -> str:
    keys = split_pointer(each.new or each.old or "")
    if each.type == "Schema" and keys[-2:-1] != ["schemas"]:
        return "property" if keys[-2] == "properties" else keys[-1]
    return {"PathItem": "operation", "SpecExtension": "extension"}.get(
        each.type, each.type[0].lower() + each.type[1:]
    )


def _short(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"
