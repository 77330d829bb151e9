"""Rewrite JSON that is legal but unusual into the form that the generated parsers read.

Examples are ``20.0`` for an integer, and a date-time that ``datetime.fromisoformat`` rejects. What
is not legal is an error that names the location, what the contract says and what kind of value
arrived.
"""

import math
import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from signalwire_rest._errors import Json

from .annotations import JSON_TYPES, Annotation, properties_of_model, typed_additional
from .formats import PATTERNS, normalise_text
from .reading import Path, ValidationError

_EXACT_MAX = 2**53
"""The largest integer that a JSON number with a fraction states exactly."""
_FLOAT_MAX = 10**308
"""A larger integer cannot become a float."""

# An object may have ids or tokens for names: those mix letters and digits.
_USUAL_NAME = re.compile(r"[A-Za-z_]{1,40}[0-9]{0,2}")
_NOTHING = Annotation(frozenset())

Report: TypeAlias = Callable[[str, Path, Annotation, str], None]
"""Is told of each place where a value differs from its annotation.

Its arguments are the kind of difference, the location, what is allowed there, and the kind of value
that arrived. The kind is ``missing``, ``null`` or ``type``; or, for what a client has to tolerate,
``enum`` (a value that no enum has) or ``unknown`` (a property).
"""


def _raise(kind: str, path: Path, expected: Annotation, actual: str) -> None:
    if kind == "missing":
        raise ValidationError(f"missing; expected {expected.description}", path)
    if kind in ("null", "type"):
        raise ValidationError(f"expected {expected.description}, got {actual}", path)


def normalise(
    annotation: Annotation, value: Json, path: Path = (), report: Report = _raise
) -> Json:
    """Return a JSON value in the form that the generated parsers read.

    Raises:
        ValidationError: The value is not of its annotated type, and ``report`` is the default.
    """
    exact, items = annotation.exact, annotation.items
    if annotation.anything:
        return value
    if isinstance(value, dict) and annotation.models:
        return _normalise_model(annotation.models[0], value, path, report)
    if isinstance(value, dict) and dict in exact and items:
        return {key: normalise(items, each, (*path, key), report) for key, each in value.items()}
    if isinstance(value, list) and list in exact and items:
        return [normalise(items, each, (*path, i), report) for i, each in enumerate(value)]
    if isinstance(value, str):
        for kind in PATTERNS.keys() & exact:
            if (text := normalise_text(kind, value)) is not None:
                return text
    actual = JSON_TYPES[type(value)]
    if isinstance(value, float):
        if float not in exact and value.is_integer() and abs(value) <= _EXACT_MAX:
            value = int(value)
        elif not math.isfinite(value):
            report("type", path, annotation, "a number out of range")
            return value
    members = (member.value for enum in annotation.enums for member in enum)
    is_known = any(type(value) is type(member) and value == member for member in members)
    if type(value) in exact or is_known:
        if annotation.enums and not is_known and value is not None:
            report("enum", path, annotation, actual)
        return value
    if type(value) is int and float in exact and abs(value) < _FLOAT_MAX:
        return float(value)
    report("null" if value is None else "type", path, annotation, actual)
    return value


def _normalise_model(
    model: type, value: dict[str, Json], path: Path, report: Report
) -> dict[str, Json]:
    properties, additional = properties_of_model(model), typed_additional(model)
    result = dict(value)
    if additional and additional.items:
        for key in value.keys() - properties.keys():
            result[key] = normalise(additional.items, value[key], (*path, key), report)
    elif properties and report is not _raise:
        # An object without properties, such as `meta`, has data for names.
        for key in value.keys() - properties.keys():
            report("unknown", (*path, key), _NOTHING, JSON_TYPES[type(value[key])])
    for key, (_, annotation) in properties.items():
        if key in value:
            result[key] = normalise(annotation, value[key], (*path, key), report)
        elif not annotation.optional:
            report("missing", (*path, key), annotation, "nothing")
    return result


class Difference(NamedTuple):
    """One difference. It holds no value, and of an unknown property only a usual name."""

    field: str
    """The location, such as ``data[].active_session.status``; empty for the whole value."""
    kind: str
    """``missing``, ``unknown`` (property), ``type``, ``enum`` (a value of none) or ``null``."""
    expected: str
    """What the contract says."""
    found: str
    """The JSON type that arrived."""


def differences(annotation: Annotation, value: Json) -> "Counter[Difference]":
    """Return the differences of a JSON value from its annotation, with how often each occurs."""
    found: Counter[Difference] = Counter()

    def collect(kind: str, path: Path, expected: Annotation, actual: str) -> None:
        allowed = expected.values if kind == "enum" else expected.description or "nothing"
        steps = ("[]" if isinstance(each, int) else f".{_name(each)}" for each in path)
        field = "".join(steps).removeprefix(".")
        found[Difference(field, kind, allowed, actual)] += 1

    normalise(annotation, value, report=collect)
    return found


def _name(name: str) -> str:
    return name if _USUAL_NAME.fullmatch(name) else "(unusual name)"
