"""The rules of ``openapi/README.md`` that can be checked automatically, except those on enums.

Each public function is a rule, and its docstring says what generators do without it.
"""

import re

from tools.contract.document import (
    NULL,
    SCHEMAS,
    Node,
    bodies,
    find,
    is_component,
    operations,
    resolve,
    responses,
    schema_nodes,
    schema_objects,
    split_pointer,
    walk,
)
from tools.contract.linting.rules import Matches


def openapi_3_1(document: Node) -> Matches:
    """Nullable types need 3.1, and some generators cannot read later versions."""
    if not re.fullmatch(r"3\.1\.\d+", str(document.get("openapi"))):
        yield "#/openapi", f"openapi must be 3.1, such as 3.1.1; got {document.get('openapi')}"


def local_references(document: Node) -> Matches:
    """Schemas in other files and in ``$defs`` vanish, or the run fails."""
    for where, node in walk(document):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            target = node["$ref"]
            if not target.startswith("#/components/") or not find(document, target):
                yield where, f"$ref must lead to a component of this file; got {target}"
        if split_pointer(where)[-1:] == ["$defs"] and not where.endswith("/properties/$defs"):
            yield where, "move the schemas in $defs to components/schemas"


def no_boolean_schemas(document: Node) -> Matches:
    """The run fails on boolean schemas other than ``additionalProperties: true``."""
    for where, schema in schema_nodes(document):
        if isinstance(schema, bool) and split_pointer(where)[-1] != "additionalProperties":
            yield where, "replace true or false by a schema object"


def operation_ids_are_snake_case(document: Node) -> Matches:
    """The generator renames any other id, and `make generate` cannot find the operation."""
    for path, method, operation in operations(document):
        if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", str(operation.get("operationId"))):
            yield f"{method.upper()} {path}", "operationId must be in snake_case"


def statuses_are_explicit(document: Node) -> Matches:
    """Some generators silently drop a range or a default."""
    for where, status, _ in responses(document):
        if not re.fullmatch(r"[1-5]\d\d", status):
            yield where, "list each status code separately"


def nullable_types_are_consistent(document: Node) -> Matches:
    """``type: [T, "null"]`` for a scalar, ``{type: "null"}`` in anyOf for anything else."""
    for where, schema in schema_objects(document):
        types = schema.get("type")
        if "nullable" in schema:
            yield where, 'nullable is OpenAPI 3.0: write the type as [T, "null"]'
        if isinstance(types, list) and (
            len(types) != 2 or types[1] != "null" or types[0] in ("object", "array")
        ):
            yield where, 'a nullable scalar is [T, "null"]; objects and arrays need an anyOf'
        members = schema.get("anyOf", [])
        if NULL in members[:-1]:
            yield where, "null must be the last member of anyOf"
        if NULL in members and not any("$ref" in each for each in members):
            yield where, 'replace an anyOf without a $ref by the type [T, "null"]'


def no_nullable_prefix(document: Node) -> Matches:
    """Go generates a wrapper type with this prefix, and the code does not compile."""
    for name in document.get("components", {}).get("schemas", {}):
        if name.startswith("Nullable"):
            yield f"{SCHEMAS}{name}", "the name of a schema must not begin with Nullable"


def no_schema_titles(document: Node) -> Matches:
    """Some generators prefer the title to the component's name."""
    for where, schema in schema_objects(document):
        if "title" in schema:
            yield f"{where}/title", "remove the title: the component's name is enough"


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


def no_constants(document: Node) -> Matches:
    """Clients reject any other value than a const."""
    for where, schema in schema_objects(document):
        if "const" in schema:
            yield f"{where}/const", "replace const by the plain type"


def bodies_have_examples(document: Node) -> Matches:
    """The mock server, Prism and the published page show the examples."""
    for where, body in bodies(document):
        for content in resolve(document, body).get("content", {}).values():
            if not content.get("examples"):
                yield where, "add an example to the body"


def schemas_have_no_default(document: Node) -> Matches:
    """Python clients would send the default of a parameter or a field with every request."""
    for where, schema in schema_objects(document):
        if "default" in schema:
            yield f"{where}/default", "move the default to the description"


def references_have_no_siblings(document: Node) -> Matches:
    """Generators silently ignore the siblings of ``$ref``."""
    for where, node in walk(document):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str) and len(node) > 1:
            siblings = ", ".join(sorted(set(node) - {"$ref"}))
            yield where, f"{siblings} beside $ref is ignored: put the $ref in an anyOf"


def schemas_have_descriptions(document: Node) -> Matches:
    """Generated code shows the description where a program reads the field."""
    for where, schema in schema_objects(document):
        if (is_component(where) or split_pointer(where)[-2] == "properties") and (
            not str(schema.get("description", "")).strip() and "$ref" not in schema
        ):
            yield where, "add a description"


def property_names_are_distinct(document: Node) -> Matches:
    """Attribute names drop case and punctuation, so two properties would become one."""
    for where, schema in schema_objects(document):
        seen: dict[str, str] = {}
        for name in schema.get("properties", {}):
            other = seen.setdefault(re.sub(r"[^a-z0-9]", "", name.lower()), name)
            if other != name:
                yield where, f"{name} and {other} have the same name in some languages"
