"""Build a request body from keyword arguments, checked against its generated model."""

from collections.abc import Mapping
from inspect import currentframe
from typing import Any, TypeVar, cast

from signalwire_rest._decoding.annotations import ADDITIONAL_PROPERTIES, annotations_of_model

from .arguments import check_argument
from .redaction import cut_traceback

M = TypeVar("M")


def make_body(model: type[M], fields: Mapping[str, object], extras: object) -> M:
    """Return the body of a request.

    Args:
        model: The generated model of the body.
        fields: Its fields, as collected by ``**fields``; ``None`` is not sent. It is emptied: a
            traceback would show it, and a field can be a secret.
        extras: A mapping of further fields, which are sent unchecked; or ``None``.

    Raises:
        ValueError: A field is malformed, or is passed in ``extras`` as well.
        TypeError: A field is missing or unknown, or has the wrong type.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    cast("dict[str, object]", fields).clear()
    try:
        return _make_body(model, given, extras)
    except (TypeError, ValueError) as error:
        cut_traceback(error, currentframe())
        raise


def _make_body(model: type[M], given: dict[str, object], extras: object) -> M:
    annotations = dict(annotations_of_model(cast(Any, model)))
    additional = {} if extras is None else _check_extras(extras, given)
    annotations.pop(ADDITIONAL_PROPERTIES)
    if unknown := given.keys() - annotations.keys():
        raise TypeError(f"{min(unknown)} is not documented; pass undocumented fields in extras")
    for name, annotation in annotations.items():
        if name in given:
            given[name] = check_argument(name, given[name], annotation)
        elif not annotation.optional:
            raise TypeError(f"{name} is required")
    body: Any = model(**given)
    body.additional_properties.update(additional)
    return cast(M, body)


def _check_extras(extras: object, given: Mapping[str, object]) -> dict[str, object]:
    if not isinstance(extras, Mapping):
        raise TypeError(f"extras must be a mapping; got {type(extras).__name__}")
    found = cast("Mapping[object, object]", extras)
    for name in found:
        if not isinstance(name, str):
            raise TypeError(f"the keys of extras must be of type str; got {type(name).__name__}")
        if name in given:
            raise ValueError(f"{name} must not be in extras as well as an argument")
    return cast("dict[str, object]", dict(found))
