"""Find the changes that affect generated code and that Redocly does not report.

These are the names of enum constants, the order of an ``anyOf`` (the first member that matches
wins), and the component that a reference names.
"""

from collections.abc import Iterator
from typing import Any

from tools.contract.document import Node, find, schema_objects, split_pointer, walk
from tools.contract.grading.directions import Directions
from tools.contract.grading.locations import describe
from tools.versioning.changes import Change, Grade


def changes(earlier: Node, later: Node) -> Iterator[Change]:
    """Yield the changes of names, orders and references between two documents."""
    directions = Directions(earlier, later)
    found = [*_constants(earlier, later), *_orders(earlier, later), *_references(earlier, later)]
    for where, what in found:
        effects = directions.of(where).effects(Grade.MAJOR)
        yield Change(describe(where, earlier), what, *effects, pointers=(where,))
    for where, node in walk(earlier):
        if where.endswith("/properties") and _reordered(node, find(later, where)):
            yield Change(describe(where, earlier), "properties reordered")


def _constants(earlier: Node, later: Node) -> Iterator[tuple[str, str]]:
    for where, schema in schema_objects(earlier):
        now = find(later, where)
        if "enum" not in schema or not isinstance(now, dict) or "enum" not in now:
            continue
        old, new = _values_by_constant(schema), _values_by_constant(now)
        for name, value in old.items():
            others = [other for other, each in new.items() if each == value]
            if new.get(name, value) != value:
                text = f"the value of the constant {name} changed from {value!r} to {new[name]!r}"
                yield f"{where}/x-enum-varnames", text
            elif name not in new and others:
                text = f"the constant {name} renamed to {others[0]}: programs that use it break"
                yield f"{where}/x-enum-varnames", text


def _values_by_constant(schema: Node) -> dict[str, Any]:
    values = schema["enum"]
    names = schema.get("x-enum-varnames") or [f"(generated) {value}" for value in values]
    return dict(zip(names, values, strict=False))


def _orders(earlier: Node, later: Node) -> Iterator[tuple[str, str]]:
    for where, schema in schema_objects(earlier):
        now = find(later, where)
        new = now.get("anyOf", []) if isinstance(now, dict) else []
        if _reordered(schema.get("anyOf", []), new):
            yield f"{where}/anyOf", "anyOf reordered: the first member that matches wins"


def _references(earlier: Node, later: Node) -> Iterator[tuple[str, str]]:
    for where, node in walk(earlier):
        if isinstance(node, dict) and "$ref" in node and "examples" not in split_pointer(where):
            now = find(later, where)
            if isinstance(now, dict) and now.get("$ref", node["$ref"]) != node["$ref"]:
                old, new = (each["$ref"].rpartition("/")[2] for each in (node, now))
                yield where, f"refers to {new} instead of {old}: another class"


def _reordered(old: Any, new: Any) -> bool:
    """Return whether the elements that both have are in a different order."""
    common = [
        [each for each in one if each in other]
        for one, other in ((old, new or ()), (new or (), old))
    ]
    return common[0] != common[1]
