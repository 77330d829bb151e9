"""Read the contract: strict YAML parsing, JSON pointers, references, schemas and operations."""

from collections.abc import Iterator
from typing import Any, cast

import yaml

from tools.versioning.grades import parse_version

CONTRACT = "openapi/openapi.yaml"
Node = dict[str, Any]

SCHEMAS = "#/components/schemas/"
NULL: Node = {"type": "null"}


class UnreadableError(ValueError):
    """The text is not an OpenAPI document; the message says where and why."""


class _StrictLoader(yaml.SafeLoader):
    """Reject duplicate keys, of which YAML silently keeps the last."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> Node:
    found: set[str] = set()
    for key, _ in node.value:
        if key.value in found:
            raise UnreadableError(f"line {key.start_mark.line + 1}: duplicate key {key.value}")
        found.add(key.value)
    return cast(Node, loader.construct_mapping(node, deep=True))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str) -> Node:
    """Parse a document.

    Raises:
        UnreadableError: The text is not YAML, has a duplicate key, or has no ``info.version``.
    """
    try:
        # _StrictLoader is a SafeLoader, so it builds nothing but plain data.
        document = yaml.load(text, _StrictLoader)
    except yaml.YAMLError as error:
        raise UnreadableError(f"not valid YAML: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("info"), dict):
        raise UnreadableError("not an OpenAPI document: info is missing")
    if not isinstance(document["info"].get("version"), str):
        raise UnreadableError("info.version must be a string, such as '1.2.0'")
    return document


def version_of(text: str) -> str:
    """Return the version of a contract.

    Raises:
        UnreadableError: The text is not a document.
        ValueError: Its version is not of the form MAJOR.MINOR.PATCH.
    """
    version: str = parse(text)["info"]["version"]
    parse_version(version)
    return version


def join_pointer(*keys: str | int) -> str:
    """Return the JSON pointer with these keys, as a URI fragment."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in keys)
    return "#/" + "/".join(escaped)


def split_pointer(pointer: str) -> list[str]:
    """Return the keys of a JSON pointer."""
    keys = pointer.removeprefix("#").removeprefix("/").split("/")
    return [key.replace("~1", "/").replace("~0", "~") for key in keys if key]


def lookup(document: Any, pointer: str) -> Any:
    """Return the node at a JSON pointer, which must exist."""
    for key in split_pointer(pointer):
        document = document[int(key) if isinstance(document, list) else key]
    return document


def find(document: Node, pointer: str) -> Any:
    """Return the node at a JSON pointer, or None if the document has no such node."""
    try:
        return lookup(document, pointer)
    except (LookupError, TypeError, ValueError):
        return None


def resolve(document: Node, node: Node) -> Node:
    """Follow the references of a node; return it unchanged if it has none."""
    while "$ref" in node:
        node = lookup(document, node["$ref"])
    return node


def walk(node: Any, pointer: str = "#") -> Iterator[tuple[str, Any]]:
    """Yield every node with its pointer, parents first; skip the contents of examples."""
    yield pointer, node
    named = node.items() if isinstance(node, dict) else ()
    for key, child in enumerate(node) if isinstance(node, list) else named:
        if key not in ("example", "examples") or pointer.endswith("/properties"):
            yield from walk(child, pointer + join_pointer(key)[1:])


def schema_nodes(document: Node) -> Iterator[tuple[str, Any]]:
    """Yield every schema with its pointer, wherever it is in the document."""
    return ((pointer, node) for pointer, node in walk(document) if _is_schema(pointer))


def schema_objects(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield every schema that is not a boolean, with its pointer."""
    return ((pointer, node) for pointer, node in schema_nodes(document) if isinstance(node, dict))


def is_component(pointer: str) -> bool:
    """Return whether a pointer leads to a component schema."""
    return pointer.startswith(SCHEMAS) and len(split_pointer(pointer)) == 3


_NAMED = {"properties", "patternProperties", "schemas", "$defs", "dependentSchemas"}
_LISTED = {"anyOf", "oneOf", "allOf", "prefixItems"}
_SINGLE = {"schema", "items", "not", "if", "then", "else", "propertyNames", "contains"}
_SINGLE |= {"additionalProperties", "unevaluatedProperties"}


def _is_schema(pointer: str) -> bool:
    before, group, key = ["", "", "", *split_pointer(pointer)][-3:]
    if group in _NAMED | _LISTED and before not in _NAMED:
        return True
    return key in _SINGLE and group not in _NAMED


def operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield path, method and operation object of each operation, with what its path says."""
    for path, item in document.get("paths", {}).items():
        methods = [key for key in item if isinstance(item[key], dict) and "responses" in item[key]]
        shared = {key: each for key, each in item.items() if key not in methods}
        for method in methods:
            parameters = [*item.get("parameters", ()), *item[method].get("parameters", ())]
            yield path, method, {**shared, **item[method], "parameters": parameters}


def responses(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield location (``GET /path, 404``), status and unresolved node of each response."""
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            yield f"{method.upper()} {path}, {status}", str(status), response


def body_schema(document: Node, body: Node) -> Node | None:
    """Return the schema of a JSON request or response body, or None if there is no JSON body."""
    content: Node = resolve(document, body).get("content", {})
    return next((each.get("schema") for name, each in content.items() if "json" in name), None)
