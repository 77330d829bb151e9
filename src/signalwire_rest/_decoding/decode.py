"""Decode a JSON value to a checked model."""

from collections.abc import Callable
from typing import Any

from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._decoding.json import read_json
from signalwire_rest._decoding.normalisation import ValidationError, normalise
from signalwire_rest._decoding.validation import is_valid
from signalwire_rest._errors import Json

_PARSER_ERRORS = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What a generated parser raises on JSON that does not match the contract."""


def read_body(body: bytes) -> Json:
    """Return the body of a response as JSON.

    Raises:
        ValidationError: It is not JSON.
    """
    try:
        return read_json(body)
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"the body is not JSON: {error}") from None


def decode(response_type: Any, parse: Callable[[Json], Any], value: Json) -> Any:
    """Return the model of a JSON value, with each attribute of its annotated type.

    Args:
        response_type: The expected type, such as a generated model or a list of them.
        parse: The generated parser.
        value: The JSON value.

    Raises:
        ValidationError: The value does not match the contract.
    """
    annotation = annotation_of(response_type)
    try:
        parsed = parse(value)
        if is_valid(annotation, parsed, value):
            return parsed
    except _PARSER_ERRORS:
        pass
    # Off the common path: normalise the JSON and parse it once more, or find out what is wrong.
    try:
        value = normalise(annotation, value)
        parsed = parse(value)
        if is_valid(annotation, parsed, value):
            return parsed
    except _PARSER_ERRORS as error:
        raise ValidationError(f"cannot be parsed: {type(error).__name__}") from None
    raise ValidationError("does not match the contract")
