"""Decode JSON text, as RFC 8259 defines it, and JSON values to checked models."""

import json
from collections.abc import Callable
from typing import Any, NoReturn, cast

from signalwire_rest._errors import Json

from .annotations import annotation_of
from .normalisation import ValidationError, normalise
from .validation import is_valid

_PARSER_ERRORS = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What a generated parser raises on JSON that does not match the contract."""


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_decoder = json.JSONDecoder(parse_constant=_reject_constant)


def read_json(text: str | bytes) -> Json:
    """Return the value of a JSON text, in UTF-8 if it is bytes. Of duplicate keys, the last counts.

    Raises:
        ValueError: The text is not JSON, or has an integer of more digits than Python reads.
        RecursionError: The text is nested too deeply.
    """
    if isinstance(text, bytes):
        text = text.decode().removeprefix("\ufeff")
    text = text.strip(" \t\r\n")
    # `decode` does the same, but strips white space more slowly.
    value, end = _decoder.raw_decode(text)
    if end < len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return cast(Json, value)


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

    Raises:
        ValidationError: The value does not match the contract.
    """
    annotation, problem = annotation_of(response_type), ""
    for is_normalised in (False, True):
        try:
            if is_normalised:  # Off the common path: parse once more, or find out what is wrong.
                value = normalise(annotation, value)
            parsed = parse(value)
            if is_valid(annotation, parsed, value):
                return parsed
            problem = "does not match the contract"
        except _PARSER_ERRORS as error:
            problem = f"cannot be parsed: {type(error).__name__}"
    raise ValidationError(problem)
