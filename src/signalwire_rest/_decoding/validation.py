"""Check that a value is of its annotated type, nested values too.

The generated parsers let some values through unchecked, read others that the contract does not
allow, and raise bare errors on the rest, so every parsed model is checked against its own
annotations and its JSON. No field is named here.
"""

import datetime
import functools
import math
from typing import Any

from signalwire_rest._decoding.annotations import (
    ADDITIONAL_PROPERTIES,
    Annotation,
    annotations_of_model,
    properties_of_model,
)
from signalwire_rest._decoding.formats import PATTERNS, with_time_zone
from signalwire_rest._errors import Json


def is_valid(value: Any, annotation: Annotation, json: Json) -> bool:
    """Return whether a value is of its annotated type, nested values too.

    Sets UTC, in place, on the date-times of models that have no time zone.

    Args:
        value: The value.
        annotation: What is allowed.
        json: The JSON that the value was parsed from.
    """
    if annotation.anything:
        return True
    kind = value.__class__
    return kind in annotation.exact and _nested_is_valid(value, kind, annotation, json)


def _model_is_valid(model: Any, json: dict[str, Json]) -> bool:
    for key, name, annotation, nested in _checks(model.__class__):
        value = getattr(model, name)
        kind = value.__class__
        if kind not in annotation.exact:
            return False
        if not nested or key not in json:
            continue
        if kind is datetime.datetime and value.tzinfo is None:
            value = with_time_zone(value)
            setattr(model, name, value)
        if not _nested_is_valid(value, kind, annotation, json[key]):
            return False
    additional = annotations_of_model(model.__class__).get(ADDITIONAL_PROPERTIES)
    if additional is not None and additional.nested:
        return _nested_is_valid(model.additional_properties, dict, additional, json)
    return True


def _nested_is_valid(value: Any, kind: type, annotation: Annotation, json: Any) -> bool:
    if kind in PATTERNS:
        # A date-time without a time zone inside a list is left to the normalisation.
        is_naive = kind is datetime.datetime and value.tzinfo is None
        return not is_naive and PATTERNS[kind].fullmatch(json) is not None
    if kind in annotation.models:
        return json.__class__ is dict and _model_is_valid(value, json)
    # The parsers take any iterable for a list, such as `{}` or `""`.
    if annotation.items is not None and kind in (list, dict):
        if json.__class__ is not kind:
            return False
        keys = value if kind is dict else range(len(value))
        return all(is_valid(value[key], annotation.items, json[key]) for key in keys)
    return kind is not float or math.isfinite(value)


@functools.cache
def _checks(model: type) -> list[tuple[str, str, Annotation, bool]]:
    """Return the properties of a model to check, each with whether to look into its value."""
    properties = properties_of_model(model).items()
    return [(key, name, each, each.nested) for key, (name, each) in properties if not each.anything]
