"""Rewrite JSON that is legal but unusual into the form that the generated parsers read.

Examples are ``20.0`` for an integer, and a date-time that ``datetime.fromisoformat`` rejects. What
is not legal is an error that names the location, what the contract says and what kind of value
arrived.
"""

import datetime
import re
from enum import Enum
from uuid import UUID

from signalwire_rest._decoding.annotations import (
    ADDITIONAL_PROPERTIES,
    JSON_TYPES,
    Annotation,
    annotations_of_model,
)
from signalwire_rest._decoding.validation import with_time_zone
from signalwire_rest._errors import Json

_RFC3339 = r"(?ai)(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d:)(\d\d)((?:\.\d+)?(?:z|[+-]\d\d:\d\d)?)"
_FLOAT_MAX = 10**308
"""A larger integer cannot become a float."""


class ValidationError(Exception):
    """A JSON value does not match the contract.

    Args:
        message: What is wrong: the kind of value that arrived, and never the value itself.
        path: The location in the JSON, such as ``active_session.fps``; empty for the whole value.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(f"{path or 'the response'}: {message}")
        self.path = path


def normalise(annotation: Annotation, value: Json, path: str = "") -> Json:
    """Return a JSON value in the form that the generated parsers read.

    Raises:
        ValidationError: The value is not of its annotated type.
    """
    exact, items = annotation.exact, annotation.items
    if isinstance(value, dict) and annotation.models:
        return _normalise_model(annotation.models[0], value, path)
    if isinstance(value, dict) and dict in exact and items:
        return {key: normalise(items, each, _join(path, key)) for key, each in value.items()}
    if isinstance(value, list) and list in exact and items:
        return [normalise(items, each, f"{path}[{i}]") for i, each in enumerate(value)]
    if isinstance(value, str):
        for kind, read in _FORMATS.items():
            if kind in exact and (text := read(value)) is not None:
                return text
    if isinstance(value, float) and float not in exact and value.is_integer():
        value = int(value)
    if annotation.anything or type(value) in exact or _is_member(value, annotation.enums):
        return value
    if type(value) is int and float in exact and abs(value) < _FLOAT_MAX:
        return float(value)
    raise _mismatch(path, annotation, JSON_TYPES[type(value)])


def _normalise_model(model: type, value: dict[str, Json], path: str) -> dict[str, Json]:
    annotations = dict(annotations_of_model(model))
    additional = annotations.pop(ADDITIONAL_PROPERTIES, None)
    # A property is matched by its exact name first, and by its letters and digits otherwise.
    missing = {_letters(name): name for name in annotations if name not in value}
    result: dict[str, Json] = {}
    for key, each in value.items():
        name = key if key in annotations else missing.pop(_letters(key), None)
        annotation = annotations[name] if name else additional and additional.items
        result[key] = normalise(annotation, each, _join(path, key)) if annotation else each
    for name in missing.values():
        if not annotations[name].optional:
            expected = annotations[name].description
            raise ValidationError(f"missing; expected {expected}", _join(path, name))
    return result


def _mismatch(path: str, expected: Annotation, actual: str) -> ValidationError:
    return ValidationError(f"expected {expected.description}, got {actual}", path)


def _is_member(value: Json, enums: tuple[type[Enum], ...]) -> bool:
    members = (member.value for enum in enums for member in enum)
    return any(type(value) is type(member) and value == member for member in members)


def _read_uuid(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None


def _read_date_time(text: str) -> str | None:
    """Return a date-time in the form of ``isoformat``, with a time zone; ``None`` if invalid.

    A leap second is the first instant of the next minute, as in POSIX time.
    """
    found = re.fullmatch(_RFC3339, text)
    leap = found is not None and found[3] == "60"
    try:
        if found is None:
            instant = datetime.datetime.fromisoformat(text)
        else:
            from dateutil.parser import isoparse  # takes as long to import as this whole package

            seconds = "59" if leap else found[3]
            instant = isoparse(f"{found[1]}T{found[2]}{seconds}{found[4].upper()}")
        return (with_time_zone(instant) + datetime.timedelta(seconds=leap)).isoformat()
    except (ValueError, OverflowError):
        return None


def _read_date(text: str) -> str | None:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return None


_FORMATS = {UUID: _read_uuid, datetime.datetime: _read_date_time, datetime.date: _read_date}


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _letters(name: str) -> str:
    """Return what the name of a property and that of its attribute have in common.

    The generator writes ``displayName`` as ``display_name`` and ``from`` as ``from_``.
    """
    return re.sub(r"[^a-z0-9]", "", name.lower())
