"""The rules of ``openapi/README.md`` that Redocly cannot check.

Each public function is a rule, and its docstring says what generators do without it.
"""

import re
from collections.abc import Iterator

from tools.contract.document import (
    NULL,
    SCHEMAS,
    Node,
    find,
    is_component,
    lookup,
    responses,
    schema_nodes,
    schema_objects,
    split_pointer,
    walk,
)

Matches = Iterator[tuple[str, str]]
"""The locations that break a rule, each with a message that says how to fix it."""


def local_references(document: Node) -> Matches:
    """Schemas in other files vanish, or the run fails."""
    for where, node in walk(document):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            target = node["$ref"]
            if not target.startswith("#/components/") or not find(document, target):
                yield where, f"$ref must lead to a component of this file; got {target}"


def no_boolean_schemas(document: Node) -> Matches:
    """The run fails on boolean schemas other than ``additionalProperties: true``."""
    for where, schema in schema_nodes(document):
        if isinstance(schema, bool) and split_pointer(where)[-1] != "additionalProperties":
            yield where, "replace true or false by a schema object"


def nullable_types_are_consistent(document: Node) -> Matches:
    """``type: [T, "null"]`` for a scalar, ``{type: "null"}`` in anyOf for anything else."""
    for where, schema in schema_objects(document):
        types = schema.get("type")
        if isinstance(types, list) and (
            len(types) != 2 or types[1] != "null" or types[0] in ("object", "array")
        ):
            yield where, 'a nullable scalar is [T, "null"]; objects and arrays need an anyOf'
        members = schema.get("anyOf", [])
        if NULL in members[:-1]:
            yield where, "null must be the last member of anyOf"
        if NULL in members and not any("$ref" in each for each in members):
            yield where, 'replace an anyOf without a $ref by the type [T, "null"]'


def objects_are_components(document: Node) -> Matches:
    """TypeScript turns an inline object into Record<string, never>; others name it by position."""
    for where, schema in schema_objects(document):
        if schema.get("type") != "object" and "properties" not in schema:
            continue
        if not is_component(where):
            yield where, "move the object to components/schemas and refer to it"
        elif not schema.get("properties") and schema.get("additionalProperties") is not True:
            yield where, "an object without properties needs additionalProperties: true"


def objects_are_open(document: Node) -> Matches:
    """A new property breaks readers of a closed object."""
    for where, schema in schema_objects(document):
        for key in ("additionalProperties", "unevaluatedProperties"):
            if key in schema and schema[key] is not True:
                yield f"{where}/{key}", f"{key} must be true or absent"


def errors_are_components(document: Node) -> Matches:
    """An error response that is a component becomes one class in every language."""
    for where, status, response in responses(document):
        if not status.startswith("2") and set(response) != {"$ref"}:
            yield where, "move the error to components/responses and refer to it"


def references_have_no_siblings(document: Node) -> Matches:
    """Generators silently ignore the siblings of ``$ref``."""
    for where, node in walk(document):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str) and len(node) > 1:
            siblings = ", ".join(sorted(set(node) - {"$ref"}))
            yield where, f"{siblings} beside $ref is ignored: put the $ref in an anyOf"


def property_names_are_distinct(document: Node) -> Matches:
    """Attribute names drop case and punctuation, so two properties would become one."""
    for where, schema in schema_objects(document):
        seen: dict[str, str] = {}
        for name in schema.get("properties", {}):
            other = seen.setdefault(re.sub(r"[^a-z0-9]", "", name.lower()), name)
            if other != name:
                yield where, f"{name} and {other} have the same name in some languages"


def enums_are_components(document: Node) -> Matches:
    """An inline enum is named after its position, and Go loses an inline integer enum."""
    for where, schema in schema_objects(document):
        if "enum" in schema and not is_component(where):
            yield where, "move the enum to components/schemas and refer to it"


def enums_have_constant_names(document: Node) -> Matches:
    """``720p`` becomes VALUE_0, and of two values that normalise to one name, one is lost."""
    for where, schema in _enums(document):
        names, values = schema.get("x-enum-varnames"), schema["enum"]
        if not isinstance(names, list) or len(names) != len(values):
            yield where, f"x-enum-varnames must list {len(values)} names, one for each value"
        elif len(set(names)) != len(names):
            yield where, "x-enum-varnames must not repeat a name"


def enum_names_are_not_derived(document: Node) -> Matches:
    """openapi-generator derives such a name for the property, and loses the constants."""
    enums = {where.removeprefix(SCHEMAS).lower(): where for where, _ in _enums(document)}
    for where, schema in schema_objects(document):
        for name in schema.get("properties", ()):
            derived = f"{where.removeprefix(SCHEMAS)}{name}".replace("_", "").lower()
            if derived in enums:
                yield enums[derived], f"choose a name that is not that of {where} and {name}"


def enum_values_share_one_type(document: Node) -> Matches:
    """A null in an enum gives three classes for one type, and mixed types give none."""
    for where, schema in _enums(document):
        if schema.get("type") not in ("string", "integer"):
            yield where, "the type must be string or integer; for null, add it to the anyOf"


def enums_are_open(document: Node) -> Matches:
    """A new value breaks readers of a closed enum, and strict validators reject the response."""
    names = {where for where, _ in _enums(document)}
    for where, node in walk(document):
        if not isinstance(node, dict) or node.get("$ref") not in names:
            continue
        plain = {"type": lookup(document, node["$ref"]).get("type")}
        members = lookup(document, where.rpartition("/")[0])
        if not where.endswith("/anyOf/0") or members[1:] not in ([plain], [plain, NULL]):
            yield where, f"an open enum must be anyOf: [the enum, {plain}, null if it is nullable]"


def _enums(document: Node) -> Iterator[tuple[str, Node]]:
    for where, schema in schema_objects(document):
        if isinstance(schema.get("enum"), list) and is_component(where):
            yield where, schema
