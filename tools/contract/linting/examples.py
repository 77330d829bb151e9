"""Check the examples against their schemas, and prove that the schemas reject wrong values."""

import copy
from collections.abc import Iterator
from typing import Any

from tools.contract.document import Node, resolve
from tools.contract.validation import errors, examples, is_valid
from tools.contract.violations import Violation


def violations(document: Node, expected_unknown: dict[str, set[str]]) -> Iterator[Violation]:
    """Yield what is wrong with the examples.

    Args:
        document: The contract.
        expected_unknown: By example, the paths of properties that are undocumented on purpose.
    """
    ids: dict[Any, str] = {}
    for name, schema, value in examples(document):
        where = f"#/components/examples/{name}"
        for error in errors(document, schema, value):
            text = f"{error.json_path}: {error.message[:200]}"
            yield Violation("examples-match-their-schema", where, text)
        for path in undocumented(document, schema, value):
            if path not in expected_unknown.get(name, ()):
                text = f"{path} is undocumented: document it, or expect it in the vector {name}"
                yield Violation("examples-are-documented", where, text)
        for mistake, changed in mutations(document, schema, value):
            if is_valid(document, schema, changed):
                text = f"the schema accepts a wrong value as well: {mistake}"
                yield Violation("schemas-reject-mutated-examples", where, text)
        own_id = value.get("id") if isinstance(value, dict) else None
        if own_id is not None and (other := ids.setdefault(own_id, name)) != name:
            yield Violation("example-ids-are-unique", where, f"{other} has the same id")


def undocumented(document: Node, schema: Node, value: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of properties that no schema documents."""
    for name, child, inner in _children(document, schema, value):
        where = f"{path}.{name}".lstrip(".")
        if inner is None:
            yield where
        else:
            yield from undocumented(document, inner, child, where)


def mutations(document: Node, schema: Node, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield copies of a value with one mistake each, each with a description of the mistake."""
    schema = _structure(document, schema, value)
    yield "another type", "not a list" if isinstance(value, list) else ["a list"]
    for name in schema.get("required", ()) if isinstance(value, dict) else ():
        yield f"no {name}", {key: each for key, each in value.items() if key != name}
    for name, child, inner in _children(document, schema, value):
        for mistake, changed in mutations(document, inner, child) if inner is not None else ():
            copied = copy.copy(value)
            copied[name] = changed
            yield f"{name}: {mistake}", copied


def _children(document: Node, schema: Node, value: Any) -> Iterator[tuple[Any, Any, Node | None]]:
    """Yield key, value and schema (None if there is none) of each part of a value."""
    schema = _structure(document, schema, value)
    if isinstance(value, list):
        yield from ((index, child, schema.get("items")) for index, child in enumerate(value))
    elif isinstance(value, dict) and "properties" in schema:
        for name, child in value.items():
            yield name, child, schema["properties"].get(name)


def _structure(document: Node, schema: Node, value: Any) -> Node:
    """Resolve a schema; for an object or array, pick the member of anyOf that describes one."""
    schema = resolve(document, schema)
    if isinstance(value, dict | list):
        for member in schema.get("anyOf", ()):
            found = resolve(document, member)
            if "properties" in found or "items" in found or "additionalProperties" in found:
                return found
    return schema
