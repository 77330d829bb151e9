"""Validate values, such as response bodies and examples, against schemas of the contract."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema

from tools.contract.document import Node, body_schema, operations, resolve, responses

_VALIDATOR = jsonschema.Draft202012Validator


def is_valid(document: Node, schema: Node, value: Any) -> bool:
    """Return whether a value matches a schema of the document, including formats."""
    return next(_errors(document, schema, value), None) is None


def _errors(document: Node, schema: Node, value: Any) -> Iterator[jsonschema.ValidationError]:
    """Yield each mismatch between a value and a schema of the document."""
    whole = {**schema, "components": document["components"]}
    yield from _VALIDATOR(whole, format_checker=_format_checker()).iter_errors(value)


@cache
def _format_checker() -> jsonschema.FormatChecker:
    checker: jsonschema.FormatChecker = _VALIDATOR.FORMAT_CHECKER
    # Without the package for a format, jsonschema silently accepts any text.
    if checker.conforms("soon", "date-time") or checker.conforms("seven", "uuid"):
        raise RuntimeError("jsonschema cannot check formats. Run: make install")
    return checker


def examples(document: Node) -> Iterator[tuple[str, Node, Any]]:
    """Yield name, schema and value of each example of a request or response body."""
    bodies = [each["requestBody"] for _, _, each in operations(document) if "requestBody" in each]
    for body in (*bodies, *(response for _, _, response in responses(document))):
        schema = body_schema(document, body)
        for content in resolve(document, body).get("content", {}).values():
            for name, example in content.get("examples", {}).items():
                if schema is not None:
                    yield name, schema, resolve(document, example).get("value")
