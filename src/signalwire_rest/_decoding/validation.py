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
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from signalwire_rest._decoding.annotations import (
    ADDITIONAL_PROPERTIES,
    Annotation,
    annotations_of_model,
    properties_of_model,
)
from signalwire_rest._decoding.formats import PATTERNS
from signalwire_rest._errors import Json

_Texts: TypeAlias = Callable[[Any], Iterable[str]]
_Nested: TypeAlias = list[tuple[int, str | None, Annotation]]


def is_valid(value: Any, annotation: Annotation, json: Any) -> bool:
    """Return whether a value is of its annotated type, nested values too.

    A date-time without a time zone is not valid; the normalisation adds UTC.

    Args:
        value: The value.
        annotation: What is allowed.
        json: The JSON that the value was parsed from.

    Raises:
        KeyError, TypeError: The JSON is not what the value was parsed from.
    """
    kind = value.__class__
    if kind in annotation.models:
        return json.__class__ is dict and _model_is_valid(value, kind, json)
    if annotation.anything:
        return True
    if kind not in annotation.exact:
        return False
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


def _model_is_valid(value: Any, model: type, json: dict[str, Json]) -> bool:
    get_values = _values_of(model)
    if get_values is None:
        return True
    values = get_values(value)
    left = _left_to_check(model, (*map(type, values),))
    if left is None:
        return False
    get_texts, has_formats, nested = left
    if not has_formats("\n".join(get_texts(json))):
        return False
    for index, key, annotation in nested:
        if not is_valid(values[index], annotation, json if key is None else json[key]):
            return False
    return True


@functools.cache
def _values_of(model: type) -> Callable[[Any], tuple[Any, ...]] | None:
    names = [name for _, name, _ in _checks(model)]
    # With one name alone, the getter would return no tuple.
    return operator.attrgetter(*names, "__class__") if names else None


# The server chooses the types, so their combinations are bounded.
@functools.lru_cache(1024)
def _left_to_check(
    model: type, kinds: tuple[type, ...]
) -> tuple[_Texts, Callable[[str], object], _Nested] | None:
    """Return what to check of every model whose attributes have these types.

    That is the texts that must have a format, the check of their lines, and the attributes to look
    into: index, property, annotation. ``None`` if a type is wrong.
    """
    formats: dict[str, str] = {}
    nested: _Nested = []
    for index, (key, _, annotation) in enumerate(_checks(model)):
        kind = kinds[index]
        if kind not in annotation.exact:
            return None
        if key and kind in PATTERNS:
            formats[key] = PATTERNS[kind].pattern
        elif annotation.is_nested(kind):
            nested.append((index, key, annotation))
    several = operator.itemgetter(*formats) if len(formats) > 1 else None
    # No format allows a line break, so each line is one text.
    has_formats = re.compile("\n".join(formats.values())).fullmatch
    return several or (lambda json: [json[key] for key in formats]), has_formats, nested


@functools.cache
def _checks(model: type) -> list[tuple[str | None, str, Annotation]]:
    """Return the attributes to check, each with its property; the additional ones have none."""
    checks: list[tuple[str | None, str, Annotation]] = [
        (key, name, each)
        for key, (name, each) in properties_of_model(model).items()
        if not each.anything
    ]
    additional = annotations_of_model(model).get(ADDITIONAL_PROPERTIES)
    if additional and additional.is_nested(dict):
        checks.append((None, ADDITIONAL_PROPERTIES, additional))
    return checks
