"""The rules of ``openapi/README.md`` on enums, one function each.

Each says why in its docstring: what a generator makes of a document that breaks it.
"""

import re
from collections.abc import Iterator

from tools.contract.document import (
    NULL,
    Node,
    at,
    is_component,
    keys,
    pointer,
    schema_objects,
    walk,
)
from tools.contract.problems import Found, Rule, named

_TYPES: dict[str, type] = {"string": str, "integer": int}


def enums_are_components(document: Node) -> Found:
    """An inline enum gets a name by its place, and an inline integer enum is lost in Go."""
    for where, schema in schema_objects(document):
        if "enum" in schema and not is_component(where):
            yield where, "make a component of the enum, and refer to it"


def enums_have_names(document: Node) -> Found:
    """``720p`` becomes VALUE_0, and two values that normalise to one name lose a member."""
    for where, schema in enums(document):
        names, values = schema.get("x-enum-varnames"), schema["enum"]
        if not isinstance(names, list) or len(names) != len(values):
            yield where, f"give x-enum-varnames {len(values)} names, one for each value"
        elif len(set(names)) != len(names):
            yield where, "each of x-enum-varnames has to be another one"
        elif bad := [n for n in names if not re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", str(n))]:
            yield where, f"{bad[0]!r} of x-enum-varnames is no NAME_IN_CAPITALS"


def enums_hold_plain_values(document: Node) -> Found:
    """A null inside an enum gives three classes of the same thing; mixed types give none."""
    for where, schema in enums(document):
        kind = _TYPES.get(str(schema.get("type")))
        if kind is None:
            yield where, "the type of an enum is string or integer; null goes beside it, in anyOf"
        elif any(not isinstance(v, kind) or isinstance(v, bool) for v in schema["enum"]):
            yield where, f"each value has to be of the type {schema['type']}"
        elif len(set(schema["enum"])) != len(schema["enum"]):
            yield where, "each value stands there once"


def enums_are_open(document: Node) -> Found:
    """A value that the vendor adds breaks readers, and a strict validator refuses the answer."""
    names = {where for where, _ in enums(document)}
    for where, node in walk(document):
        if not isinstance(node, dict) or node.get("$ref") not in names:
            continue
        plain = {"type": at(document, node["$ref"]).get("type")}
        parts = keys(where)
        beside = at(document, pointer(*parts[:-1]))
        if parts[-2:] != ["anyOf", "0"] or beside[1:] not in ([plain], [plain, NULL]):
            yield where, f"open the enum: anyOf with it first, then {plain}, then null if it can be"


RULES: dict[str, Rule] = named(
    enums_are_components, enums_have_names, enums_hold_plain_values, enums_are_open
)


def enums(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield every enum that is a component, with its pointer."""
    for where, schema in schema_objects(document):
        if isinstance(schema.get("enum"), list) and is_component(where):
            yield where, schema
