"""Check that a value is of its annotated type, nested values too.

The generated parsers let some values through unchecked, read others that the contract does not
allow, and raise bare errors on the rest, so every parsed model is checked against its own
annotations and its JSON. No field is named here.
"""

import functools
import itertools
import math
import operator
import re
from collections.abc import Callable
from typing import Any, TypeAlias

import attrs

from signalwire_rest._decoding.annotations import (
    ADDITIONAL_PROPERTIES,
    Annotation,
    annotations_of_model,
    properties_of_model,
)
from signalwire_rest._decoding.formats import PATTERNS
from signalwire_rest._errors import Json

_SHAPES_MAX = 1024
"""Combinations of types to remember. The server chooses them, so they are bounded."""

_Shape: TypeAlias = tuple[list[str], re.Pattern[str], list[tuple[int, str | None, Annotation]]]


def is_valid(value: Any, annotation: Annotation, json: Json) -> bool:
    """Return whether a value is of its annotated type, nested values too.

    A date-time without a time zone is not: it is left to the normalisation.

    Args:
        value: The value.
        annotation: What is allowed.
        json: The JSON that the value was parsed from.

    Raises:
        KeyError, TypeError: The JSON is not what the value was parsed from.
    """
    if annotation.anything:
        return True
    kind = value.__class__
    if kind not in annotation.exact:
        return False
    if kind in annotation.models:
        return json.__class__ is dict and _model_is_valid(value, json)
    if kind in PATTERNS:
        return PATTERNS[kind].fullmatch(json) is not None
    # The parsers take any iterable for a list, such as `{}` or `""`.
    if annotation.items is not None and kind in (list, dict):
        if json.__class__ is not kind:
            return False
        items, parts = value, json
        if kind is dict:
            items, parts = value.values(), [json[key] for key in value]
        checks = map(is_valid, items, itertools.repeat(annotation.items), parts)
        return len(items) == len(parts) and all(checks)
    return kind is not float or math.isfinite(value)


def _model_is_valid(model: Any, json: dict[str, Json]) -> bool:
    values = _values_of(model.__class__)(model)
    shape = _shape(model.__class__, tuple(map(type, values)))
    if shape is None:
        return False
    keys, pattern, nested = shape
    if keys and not pattern.fullmatch("\n".join([json[key] for key in keys])):
        return False
    for index, key, annotation in nested:
        if key is None:
            part: Any = json
        elif key in json:
            part = json[key]
        else:
            continue  # The value is the contract's default.
        if not is_valid(values[index], annotation, part):
            return False
    return True


@functools.cache
def _values_of(model: type) -> Callable[[Any], tuple[Any, ...]]:
    # With fewer than two names, the getter would return no tuple.
    return operator.attrgetter(*(name for _, name, _ in _checks(model)), "__class__", "__class__")


@functools.lru_cache(_SHAPES_MAX)
def _shape(model: type, kinds: tuple[type, ...]) -> _Shape | None:
    """Return what is left to check of a model whose attributes have certain types.

    These are the properties whose text has a format, the pattern of their lines, and the properties
    to look into, each with its attribute's index. ``None`` if a type is wrong.
    """
    fields = attrs.fields_dict(model)
    formats: dict[str, str] = {}
    nested: list[tuple[int, str | None, Annotation]] = []
    for index, (key, name, annotation) in enumerate(_checks(model)):
        kind = kinds[index]
        if kind not in annotation.exact:
            return None
        if key and kind in PATTERNS and not isinstance(fields[name].default, kind):
            formats[key] = PATTERNS[kind].pattern
        elif annotation.is_nested(kind):
            nested.append((index, key, annotation))
    # No format allows a line break.
    return list(formats), re.compile("\n".join(formats.values())), nested


@functools.cache
def _checks(model: type) -> list[tuple[str | None, str, Annotation]]:
    """Return the attributes to check, each with its property; the additional ones have none."""
    checks: list[tuple[str | None, str, Annotation]] = [
        (key, name, each)
        for key, (name, each) in properties_of_model(model).items()
        if not each.anything
    ]
    if additional := annotations_of_model(model).get(ADDITIONAL_PROPERTIES):
        checks.append((None, ADDITIONAL_PROPERTIES, additional))
    return checks
