"""Check that a value is of its annotated type, nested values too.

The generated parsers let some values through unchecked and raise bare errors on others, so every
parsed model is checked against its own annotations. No field is named here.
"""

import datetime
import functools
from typing import Any

from signalwire_rest._decoding.annotations import Annotation, annotations_of_model


def is_valid(value: Any, annotation: Annotation, *, normalised: bool = False) -> bool:
    """Return whether a value is of its annotated type, nested values too.

    Sets UTC, in place, on the date-times of models that have no time zone.

    Args:
        value: The value.
        annotation: What is allowed.
        normalised: Whether the JSON was normalised first. If not, an empty list of models may have
            been parsed from ``{}`` or ``""``, so it is not taken for valid.
    """
    if annotation.anything:
        return True
    kind = value.__class__
    return kind in annotation.exact and _nested_is_valid(value, kind, annotation, normalised)


def with_time_zone(instant: datetime.datetime) -> datetime.datetime:
    """Return a date-time in its own time zone, or in UTC if it has none."""
    return instant if instant.tzinfo else instant.replace(tzinfo=datetime.UTC)


def _model_is_valid(model: Any, normalised: bool) -> bool:
    for name, annotation, nested in _checks(model.__class__):
        value = getattr(model, name)
        kind = value.__class__
        if kind not in annotation.exact:
            return False
        if not nested:
            continue
        if kind is datetime.datetime and value.tzinfo is None:
            setattr(model, name, with_time_zone(value))
        elif not _nested_is_valid(value, kind, annotation, normalised):
            return False
    return True


def _nested_is_valid(value: Any, kind: type, annotation: Annotation, normalised: bool) -> bool:
    if kind in annotation.models:
        return _model_is_valid(value, normalised)
    if annotation.items is not None and kind in (list, dict):
        if not (normalised or value) and annotation.items.nested:
            return False
        items = value if kind is list else value.values()
        return all(is_valid(item, annotation.items, normalised=normalised) for item in items)
    # A date-time without a time zone inside a list is left to the normalisation.
    return kind is not datetime.datetime or value.tzinfo is not None


@functools.cache
def _checks(model: type) -> list[tuple[str, Annotation, bool]]:
    """Return the attributes of a model to check, each with whether to look into its value."""
    annotations = annotations_of_model(model).items()
    return [(name, each, each.nested) for name, each in annotations if not each.anything]
