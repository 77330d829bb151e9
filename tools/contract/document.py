"""The contract as the tools read it: parsed strictly, each part under its JSON pointer."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

import yaml

Node = dict[str, Any]

SCHEMAS = "#/components/schemas/"
NULL: Node = {"type": "null"}


class UnreadableError(Exception):
    """The text is no document; the message says what is wrong, and where."""


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key that stands twice in one mapping: YAML takes the last one, in silence."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> Node:
    found: set[str] = set()
    for key, _ in node.value:
        if key.value in found:
            raise UnreadableError(f"line {key.start_mark.line + 1}: {key.value} stands there twice")
        found.add(key.value)
    return cast(Node, loader.construct_mapping(node, deep=True))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str) -> Node:
    """Return the document that is written in ``text``.

    Raises:
        UnreadableError: It is no YAML, has a key twice, or is no mapping with an ``info.version``.
    """
    try:
        # The loader is a SafeLoader: it makes nothing but plain data.
        document = yaml.load(text, _StrictLoader)
    except yaml.YAMLError as error:
        raise UnreadableError(f"no YAML: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("info"), dict):
        raise UnreadableError("no OpenAPI document: it has no info")
    if not isinstance(document["info"].get("version"), str):
        raise UnreadableError("info.version is missing, or is no string")
    return document


def pointer(*parts: str | int) -> str:
    """Return the JSON pointer of these keys, as a fragment."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "#/" + "/".join(escaped)


def keys(fragment: str) -> list[str]:
    """Return the keys of a JSON pointer."""
    parts = fragment.removeprefix("#").removeprefix("/").split("/")
    return [part.replace("~1", "/").replace("~0", "~") for part in parts if part]


def at(document: Any, fragment: str) -> Any:
    """Return what stands at a JSON pointer.

    Raises:
        KeyError: Nothing does.
    """
    for key in keys(fragment):
        if isinstance(document, list) and key.isdigit() and int(key) < len(document):
            document = document[int(key)]
        elif isinstance(document, dict) and key in document:
            document = document[key]
        else:
            raise KeyError(fragment)
    return document


def resolved(document: Node, node: Node) -> Node:
    """Return what a node refers to, itself if it refers to nothing."""
    while "$ref" in node:
        node = at(document, node["$ref"])
    return node


def walk(node: Any, where: str = "#") -> Iterator[tuple[str, Any]]:
    """Yield every part of a document with its pointer, parents first; not what examples hold."""
    yield where, node
    for key, child in _children(node):
        if key not in ("example", "examples") or where.endswith("/properties"):
            yield from walk(child, where + pointer(key)[1:])


def _children(node: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(node, dict):
        return node.items()
    return enumerate(node) if isinstance(node, list) else ()


def schema_nodes(document: Node) -> Iterator[tuple[str, Any]]:
    """Yield every schema of a document with its pointer, wherever it stands."""
    for where, node in walk(document):
        if _is_schema(where):
            yield where, node


def schema_objects(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield every schema that is more than true or false, with its pointer."""
    for where, schema in schema_nodes(document):
        if isinstance(schema, dict):
            yield where, schema


def is_component(where: str) -> bool:
    """Return whether a pointer is that of a component of ``schemas``."""
    return where.startswith(SCHEMAS) and len(keys(where)) == 3


_NAMED = {"properties", "patternProperties", "schemas", "$defs", "dependentSchemas"}
_LISTED = {"anyOf", "oneOf", "allOf", "prefixItems"}
_ONE = {
    "schema",
    "items",
    "not",
    "if",
    "then",
    "else",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "contains",
}


def _is_schema(where: str) -> bool:
    parts = keys(where)
    if len(parts) < 2:
        return False
    if parts[-2] in _NAMED | _LISTED and not (len(parts) > 2 and parts[-3] in _NAMED):
        return True
    return parts[-1] in _ONE and parts[-2] not in _NAMED


def operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield path, method and operation of each operation."""
    for path, item in document.get("paths", {}).items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield path, method, operation


def body_schema(document: Node, response: Node) -> Node | None:
    """Return the schema of a response's JSON, None where it has none."""
    content = resolved(document, response).get("content", {})
    for media_type, each in content.items():
        if "json" in media_type:
            return cast("Node | None", each.get("schema"))
    return None
