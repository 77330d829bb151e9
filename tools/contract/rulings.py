"""The grade of each kind of change that the differ finds.

The differ's own verdicts are of the wire alone. Here a program counts as well that is built with
code generated anew, and an open enum may grow. What is not known to be harmless is major.
"""

import json
from collections.abc import Iterator
from typing import Any

from tools.contract.changes import Change, Grade, place
from tools.contract.differ import Found
from tools.contract.directions import BOTH, Directions
from tools.contract.document import NULL, Node, at, keys, pointer, resolved
from tools.contract.openness import is_open

WORDS = {"description", "summary", "example", "examples", "externalDocs", "termsOfService"}
_WORDY = {"Info", "Contact", "License", "ExternalDocs", "Example", "ExamplesMap", "ServerVariable"}
_ADDED_HARMLESSLY = {"Header", "PathItem", "Operation", "Server"}
_NOT_IN_USE = {"SecurityScheme", "Tag"}


def graded(found: list[Found], earlier: Node, later: Node) -> Iterator[Change]:
    """Yield changes with their grades."""
    directions = Directions(earlier, later)
    for each in found:
        where = each.old or each.new or "#"
        if each.type == "Info" and each.property == "version":
            continue
        grade, what = _grade(each, earlier, later)
        direction = directions.of(where)
        if each.kind == "removed" and each.type in ("PathItem", "Operation"):
            direction = BOTH
        yield Change(
            place(where, earlier if each.old else later),
            what,
            *direction.grades(grade),
            pointers=tuple(p for p in (each.old, each.new) if p is not None),
        )


def _grade(each: Found, earlier: Node, later: Node) -> tuple[Grade, str]:
    name = each.property or each.type
    if each.property in WORDS or each.type in _WORDY:
        return Grade.PATCH, f"{name} in other words"
    if each.kind == "added":
        return _of_addition(each, later)
    if each.kind == "removed":
        return Grade.MAJOR, _of_removal(each, earlier)
    old, new = _standing(earlier, each.old, name), _standing(later, each.new, name)
    if each.property == "enum" and old is not None and new is not None:
        return _of_enum(old, new, later, str(each.new))
    if each.property == "required" and each.type == "Schema":
        return _of_required(each, earlier, later)
    if each.property == "deprecated":
        grade = Grade.MINOR if new else Grade.PATCH
        return grade, "marked as to be removed" if new else "no longer marked as to be removed"
    if each.property == "key":
        return Grade.MAJOR, f"renamed from {keys(str(each.old))[-1]} to {keys(str(each.new))[-1]}"
    return Grade.MAJOR, f"{name} changed from {_short(old)} to {_short(new)}"


def _of_addition(each: Found, later: Node) -> tuple[Grade, str]:
    parts, added = keys(str(each.new)), f"{_noun(each)} added"
    if each.type in _NOT_IN_USE or parts[:2] == ["components", "headers"]:
        return Grade.PATCH, f"{added}, in use nowhere yet"
    if each.type == "SpecExtension" and parts[-1] == "x-enum-varnames":
        return Grade.PATCH, "constants got names"
    if each.type == "Parameter":
        required = at(later, str(each.new)).get("required", False)
        if required:
            return Grade.MAJOR, "a parameter that must be sent added: a request without it fails"
        return Grade.MINOR, f"{added}, which need not be sent"
    harmless = each.type in _ADDED_HARMLESSLY or (
        (each.type == "Schema" and parts[-2:-1] in (["properties"], ["schemas"]))
        or (each.type == "Response" and not parts[-1].startswith("2"))
    )
    return (Grade.MINOR, added) if harmless else (Grade.MAJOR, f"{added} where there was none")


def _of_removal(each: Found, earlier: Node) -> str:
    parts = keys(str(each.old))
    if parts[-2:-1] == ["anyOf"]:
        member = at(earlier, str(each.old))
        beside = at(earlier, pointer(*parts[:-1]))
        closed = any("enum" in resolved(earlier, other) for other in beside) and member != NULL
        if closed:
            return "open enum closed: a reader made anew refuses a value that the vendor adds"
        return f"it can no longer be {_short(member)}: its type changes in generated code"
    return f"{_noun(each)} removed: a program that uses it no longer works"


def _of_enum(old: list[Any], new: list[Any], later: Node, where: str) -> tuple[Grade, str]:
    gone = [value for value in old if value not in new]
    more = [value for value in new if value not in old]
    if gone:
        return Grade.MAJOR, f"{_short(gone)} removed: its constant is no longer there"
    if not more:
        return Grade.PATCH, "values in another order"
    if is_open(later, where.removesuffix("/enum")):
        return Grade.MINOR, f"{_short(more)} added; a reader of the open enum has kept it so far"
    return Grade.MAJOR, f"{_short(more)} added to a closed enum: a reader of today refuses it"


def _of_required(each: Found, earlier: Node, later: Node) -> tuple[Grade, str]:
    old, new = (
        at(document, str(where).removesuffix("/required"))
        for document, where in ((earlier, each.old), (later, each.new))
    )
    was, is_now = set(old.get("required", ())), set(new.get("required", ()))
    optional = sorted((was - is_now) & set(new.get("properties", ())))
    required = sorted((is_now - was) & set(old.get("properties", ())))
    if optional:
        return Grade.MAJOR, f"{', '.join(optional)} made optional: a reader relies on it"
    if required:
        names = ", ".join(required)
        return Grade.MAJOR, f"{names} made required: its type changes in generated code"
    return Grade.PATCH, "the list of required properties follows its properties"


def _standing(document: Node, where: str | None, name: str) -> Any:
    """Return what is modified; where it is missing, Redocly points at what it is missing from."""
    if where is None or (keys(where)[-1] != name and name != "key"):
        return None
    return at(document, where)


def _noun(each: Found) -> str:
    parts = keys(each.new or each.old or "")
    if each.type == "Schema" and parts[-2:-1] != ["schemas"]:
        return "property" if parts[-2] == "properties" else parts[-1]
    return {"PathItem": "operation", "SpecExtension": "extension"}.get(
        each.type, each.type[0].lower() + each.type[1:]
    )


def _short(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"
