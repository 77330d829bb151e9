"""The rules of ``openapi/README.md`` that a machine can check, one function each; less the enums.

Each says why in its docstring: what a generator makes of a document that breaks it.
"""

import re

from tools.contract.document import (
    NULL,
    SCHEMAS,
    Node,
    at,
    is_component,
    keys,
    operations,
    resolved,
    schema_nodes,
    schema_objects,
    walk,
)
from tools.contract.problems import Found, Rule, named


def openapi_3_1(document: Node) -> Found:
    """Types with "null" are of 3.1; what came after is not read by every generator."""
    if not re.fullmatch(r"3\.1\.\d+", str(document.get("openapi"))):
        yield "#/openapi", "write the document in OpenAPI 3.1"


def one_file(document: Node) -> Found:
    """Schemas of other files and of ``$defs`` vanish, or the run fails."""
    for where, node in walk(document):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            try:
                inside = node["$ref"].startswith("#/components/") and at(document, node["$ref"])
            except KeyError:
                inside = False
            if not inside:
                yield where, f"{node['$ref']} is no component of this file"
        if keys(where)[-1:] == ["$defs"] and keys(where)[-2:-1] != ["properties"]:
            yield where, "make a component of what stands in $defs"


def no_boolean_schema(document: Node) -> Found:
    """A schema that is true or false fails the run; ``additionalProperties: true`` does not."""
    for where, schema in schema_nodes(document):
        if isinstance(schema, bool) and keys(where)[-1] != "additionalProperties":
            yield where, "write a schema in the place of true or false"


def names_of_operations_are_in_snake_case(document: Node) -> Found:
    """The generator renames any other, and `make generate` no longer finds what it made."""
    for path, method, operation in operations(document):
        if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", str(operation.get("operationId"))):
            yield f"{method.upper()} {path}", "give it an operationId in snake_case"


def every_status_stands_for_itself(document: Node) -> Found:
    """A range or a default is dropped by some generators, in silence."""
    for path, method, operation in operations(document):
        for status in operation["responses"]:
            if not re.fullmatch(r"[1-5]\d\d", str(status)):
                yield f"{method.upper()} {path}, {status}", "write each status out"


def nulls_are_marked_alike(document: Node) -> Found:
    """``type: [T, "null"]`` for a scalar, ``{type: "null"}`` in anyOf for the rest."""
    for where, schema in schema_objects(document):
        types = schema.get("type")
        if "nullable" in schema:
            yield where, "nullable is of OpenAPI 3.0: write [T, null] as the type"
        if isinstance(types, list) and (
            len(types) != 2 or types[1] != "null" or types[0] in ("object", "array")
        ):
            yield where, 'a nullable scalar is [T, "null"]; of objects and lists make an anyOf'
        members = schema.get("anyOf", [])
        if NULL in members[:-1]:
            yield where, "null goes last in anyOf"
        if NULL in members and not any("$ref" in each for each in members):
            yield where, 'without a component in anyOf, write [T, "null"] as the type'


def no_schema_called_nullable(document: Node) -> Found:
    """Go writes a wrapper of that name, and does not compile."""
    for name in document.get("components", {}).get("schemas", {}):
        if name.startswith("Nullable"):
            yield f"{SCHEMAS}{name}", "find a name that does not begin with Nullable"


def schemas_have_no_title(document: Node) -> Found:
    """A title goes before the name of the component, in some generators."""
    for where, schema in schema_objects(document):
        if "title" in schema:
            yield f"{where}/title", "a schema is called by the name of its component alone"


def objects_are_components(document: Node) -> Found:
    """TypeScript makes Record<string, never> of an inline one, others a name by its place."""
    for where, schema in schema_objects(document):
        is_object = schema.get("type") == "object" or "properties" in schema
        if is_object and not is_component(where):
            yield where, "make a component of the object, and refer to it"
        free = not schema.get("properties") and schema.get("additionalProperties") is not True
        if is_object and is_component(where) and free:
            yield where, "an object without properties has additionalProperties: true"


def objects_are_open(document: Node) -> Found:
    """A property that the vendor adds breaks readers of a sealed object."""
    for where, schema in schema_objects(document):
        for key in ("additionalProperties", "unevaluatedProperties"):
            if key in schema and schema[key] is not True:
                yield f"{where}/{key}", "no object is sealed or narrowed"


def errors_are_shared(document: Node) -> Found:
    """Error responses that are components are one class in every language."""
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            if not str(status).startswith("2") and set(response) != {"$ref"}:
                where = f"{method.upper()} {path}, {status}"
                yield where, "make a component of the error, and refer to it"


def errors_take_any_text(document: Node) -> Found:
    """A const or an enum refuses any other text of an error."""
    for where, schema in schema_objects(document):
        if "const" in schema:
            yield f"{where}/const", "write the plain type: a const raises on any other value"


def responses_have_examples(document: Node) -> Found:
    """The mock server, Prism and the page have nothing to show without one."""
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            for content in resolved(document, response).get("content", {}).values():
                if not content.get("examples"):
                    yield f"{method.upper()} {path}, {status}", "give the response an example"


def parameters_have_no_default(document: Node) -> Found:
    """Python clients would then always send it."""
    for path, method, operation in operations(document):
        for parameter in operation.get("parameters", []):
            found = resolved(document, parameter)
            if "default" in resolved(document, found.get("schema", {})):
                where = f"{method.upper()} {path}, {found['name']}"
                yield where, "leave the default out, and say it in the description"


def references_stand_alone(document: Node) -> Found:
    """What stands beside a bare ``$ref`` is dropped, without a warning."""
    for where, node in walk(document):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str) and len(node) > 1:
            beside = ", ".join(sorted(set(node) - {"$ref"}))
            yield where, f"{beside} beside $ref is dropped: put it beside an anyOf"


def properties_are_described(document: Node) -> Found:
    """A description is what a program shows where it reads the field."""
    for where, schema in schema_objects(document):
        if (is_component(where) or keys(where)[-2] == "properties") and (
            not str(schema.get("description", "")).strip() and "$ref" not in schema
        ):
            yield where, "say in a description what it is"


def names_are_told_apart(document: Node) -> Found:
    """Attributes drop case and punctuation: two properties would become one."""
    for where, schema in schema_objects(document):
        seen: dict[str, str] = {}
        for name in schema.get("properties", {}):
            bare = re.sub(r"[^a-z0-9]", "", name.lower())
            if other := seen.get(bare):
                yield where, f"{name} and {other} get the same name in some languages"
            seen[bare] = name


RULES: dict[str, Rule] = named(
    openapi_3_1,
    one_file,
    no_boolean_schema,
    names_of_operations_are_in_snake_case,
    every_status_stands_for_itself,
    nulls_are_marked_alike,
    no_schema_called_nullable,
    schemas_have_no_title,
    objects_are_components,
    objects_are_open,
    errors_are_shared,
    errors_take_any_text,
    responses_have_examples,
    parameters_have_no_default,
    references_stand_alone,
    properties_are_described,
    names_are_told_apart,
)
