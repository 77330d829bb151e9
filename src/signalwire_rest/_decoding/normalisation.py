"""Rewrite JSON that is legal but unusual into the form that the generated parsers read.

Examples are ``20.0`` for an integer, and a date-time that ``datetime.fromisoformat`` rejects. What
is not legal is an error that names the location, what the contract says and what kind of value
arrived.
"""

import math
from enum import Enum

from signalwire_rest._decoding.annotations import (
    ADDITIONAL_PROPERTIES,
    JSON_TYPES,
    Annotation,
    annotations_of_model,
    properties_of_model,
)
from signalwire_rest._decoding.formats import PATTERNS, normalise_text
from signalwire_rest._errors import Json

_EXACT_MAX = 2**53
"""The largest integer that a JSON number with a fraction states exactly."""
_FLOAT_MAX = 10**308
"""A larger integer cannot become a float."""

Path = tuple[str | int, ...]


class ValidationError(Exception):
    """A JSON value does not match the contract.

    Args:
        message: What is wrong: the kind of value that arrived, and never the value itself.
        path: The keys and indices of the location; empty for the whole value.
    """

    def __init__(self, message: str, path: Path = ()) -> None:
        steps = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)
        self.path = "".join(steps).removeprefix(".")
        """The location in the JSON, such as ``active_session.fps``."""
        self.problem = message
        """What is wrong there."""
        super().__init__(f"{self.path or 'the response'}: {message}")


def normalise(annotation: Annotation, value: Json, path: Path = ()) -> Json:
    """Return a JSON value in the form that the generated parsers read.

    Raises:
        ValidationError: The value is not of its annotated type.
    """
    exact, items = annotation.exact, annotation.items
    if annotation.anything:
        return value
    if isinstance(value, dict) and annotation.models:
        return _normalise_model(annotation.models[0], value, path)
    if isinstance(value, dict) and dict in exact and items:
        return {key: normalise(items, each, (*path, key)) for key, each in value.items()}
    if isinstance(value, list) and list in exact and items:
        return [normalise(items, each, (*path, i)) for i, each in enumerate(value)]
    if isinstance(value, str):
        for kind in PATTERNS.keys() & exact:
            if (text := normalise_text(kind, value)) is not None:
                return text
    if isinstance(value, float):
        if float not in exact and value.is_integer() and abs(value) <= _EXACT_MAX:
            value = int(value)
        elif not math.isfinite(value):
            raise _mismatch(path, annotation, "a number out of range")
    if type(value) in exact or is_member(value, annotation.enums):
        return value
    if type(value) is int and float in exact and abs(value) < _FLOAT_MAX:
        return float(value)
    raise _mismatch(path, annotation, JSON_TYPES[type(value)])


def _normalise_model(model: type, value: dict[str, Json], path: Path) -> dict[str, Json]:
    properties = properties_of_model(model)
    additional = annotations_of_model(model).get(ADDITIONAL_PROPERTIES)
    result = dict(value)
    if additional and additional.items and not additional.items.anything:
        for key in value.keys() - properties.keys():
            result[key] = normalise(additional.items, value[key], (*path, key))
    for key, (_, annotation) in properties.items():
        if key in value:
            result[key] = normalise(annotation, value[key], (*path, key))
        elif not annotation.optional:
            raise ValidationError(f"missing; expected {annotation.description}", (*path, key))
    return result


def _mismatch(path: Path, expected: Annotation, actual: str) -> ValidationError:
    return ValidationError(f"expected {expected.description}, got {actual}", path)


def is_member(value: Json, enums: tuple[type[Enum], ...]) -> bool:
    """Return whether a value is one of an enum's."""
    members = (member.value for enum in enums for member in enum)
    return any(type(value) is type(member) and value == member for member in members)
