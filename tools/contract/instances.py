"""Examples and answers against their schemas, and copies with one mistake that must be refused."""

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema

from tools.contract.document import Node, body_schema, operations, resolved
from tools.contract.problems import Problem

_VALIDATOR = jsonschema.Draft202012Validator
_RULE = "examples-are-what-they-show"


def is_valid(document: Node, schema: Node, value: Any) -> bool:
    """Return whether a value is what a schema of the document says, formats too."""
    return next(_errors(document, schema, value), None) is None


def _errors(document: Node, schema: Node, value: Any) -> Iterator[jsonschema.ValidationError]:
    whole = {**schema, "components": document["components"]}
    yield from _VALIDATOR(whole, format_checker=_format_checker()).iter_errors(value)


@cache
def _format_checker() -> jsonschema.FormatChecker:
    checker: jsonschema.FormatChecker = _VALIDATOR.FORMAT_CHECKER
    # Without the package that checks it, jsonschema takes any text for a date-time, in silence.
    if checker.conforms("soon", "date-time") or checker.conforms("seven", "uuid"):
        raise RuntimeError("formats are not checked here: type make install")
    return checker


def undescribed(document: Node, schema: Node, value: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of what no schema describes: it is taken for an addition of the vendor's."""
    for name, each, inner in _children(document, schema, value):
        where = f"{path}.{name}".lstrip(".")
        if inner is None:
            yield where
        else:
            yield from undescribed(document, inner, each, where)


def mutants(document: Node, schema: Node, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield copies of a value with one mistake each, and what the mistake is."""
    schema = _described(document, schema, value)
    yield "another kind of thing", _another_kind(value)
    for name in schema.get("required", ()) if isinstance(value, dict) else ():
        yield f"no {name}", {key: each for key, each in value.items() if key != name}
    for name, each, inner in _children(document, schema, value):
        for mistake, changed in mutants(document, inner, each) if inner is not None else ():
            copied = copy.copy(value)
            copied[name] = changed
            yield f"{name}: {mistake}", copied


def examples(document: Node) -> Iterator[tuple[str, Node, Any]]:
    """Yield name, schema and value of each example of a response."""
    for _, _, operation in operations(document):
        for response in operation["responses"].values():
            schema = body_schema(document, response)
            for content in resolved(document, response).get("content", {}).values():
                for name, example in content.get("examples", {}).items():
                    if schema is not None:
                        yield name, schema, resolved(document, example).get("value")


def problems(document: Node, kept: dict[str, set[str]]) -> Iterator[Problem]:
    """Yield what is wrong with the examples; ``kept`` has the paths that are unknown on purpose."""
    ids: dict[Any, str] = {}
    for name, schema, value in examples(document):
        where = f"#/components/examples/{name}"
        for error in _errors(document, schema, value):
            yield Problem(_RULE, where, f"{error.json_path}: {error.message[:200]}")
        for path in undescribed(document, schema, value):
            if path not in kept.get(name, ()):
                text = (
                    f"{path} is described nowhere: describe it, or expect it in the vector {name}"
                )
                yield Problem("examples-hold-what-is-described", where, text)
        for mistake, changed in mutants(document, schema, value):
            if is_valid(document, schema, changed):
                text = f"the schema takes it with a mistake, too: {mistake}"
                yield Problem("examples-are-valid-by-no-accident", where, text)
        own = value.get("id") if isinstance(value, dict) else None
        if own is not None and (other := ids.setdefault(own, name)) != name:
            yield Problem("examples-have-ids-of-their-own", where, f"{other} has its id, too")


def _children(document: Node, schema: Node, value: Any) -> Iterator[tuple[Any, Any, Node | None]]:
    """Yield the parts of a value, each with its schema; None where there is none."""
    schema = _described(document, schema, value)
    if isinstance(value, list):
        yield from ((index, each, schema.get("items")) for index, each in enumerate(value))
    elif isinstance(value, dict) and "properties" in schema:
        for name, each in value.items():
            yield name, each, schema["properties"].get(name)


def _described(document: Node, schema: Node, value: Any) -> Node:
    """Return the schema that describes a value: of an anyOf, that of its objects and lists."""
    schema = resolved(document, schema)
    if isinstance(value, dict | list):
        for member in schema.get("anyOf", ()):
            found = resolved(document, member)
            if "properties" in found or "items" in found or "additionalProperties" in found:
                return found
    return schema


def _another_kind(value: Any) -> Any:
    return "no list" if isinstance(value, list) else ["no list"]
