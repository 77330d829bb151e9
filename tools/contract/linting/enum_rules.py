"""The rules of ``openapi/README.md`` on enums.

Each public function is a rule, and its docstring says what generators do without it.
"""

from collections.abc import Iterator

from tools.contract.document import (
    NULL,
    SCHEMAS,
    Node,
    is_component,
    lookup,
    schema_objects,
    walk,
)
from tools.contract.violations import Matches


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
