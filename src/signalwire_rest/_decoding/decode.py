"""Decode JSON values to checked models."""

from collections.abc import Callable
from typing import Any

from signalwire_rest._errors import Json

from .annotations import annotation_of
from .normalisation import normalise
from .reading import ValidationError
from .validation import is_valid

_PARSER_ERRORS = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What a generated parser raises on JSON that does not match the contract."""


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
