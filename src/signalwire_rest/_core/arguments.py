"""Check the arguments of an operation before any I/O, against the generated code's annotations."""

import functools
import math
import re
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from signalwire_rest._decoding.annotations import Annotation, annotation_of, annotations_of_model
from signalwire_rest._decoding.formats import PATTERNS
from signalwire_rest._options import shown

_INT_MAX = 10**308 - 1
"""A much larger integer becomes no float, and Python may refuse to print it."""
_has_surrogate = re.compile("[\ud800-\udfff]").search


def check_arguments(
    get_kwargs: Any,
    path: Mapping[str, object],
    others: Mapping[str, object],
    redact: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Return the arguments for the ``_get_kwargs`` of a generated operation.

    Args:
        path: The path arguments in the order of the URL, by the names that callers know.
        others: The query arguments and the body, by the names of the contract.
        redact: Redacts a path argument for a message: a token may be passed for its id.

    Raises:
        ValueError: An argument is malformed.
        TypeError: An argument has the wrong type, is missing or is unknown.
    """
    parameters, positional = _parameters(get_kwargs)
    if len(path) != len(positional) or not others.keys() <= parameters.keys():
        raise TypeError(f"the operation takes {', '.join(parameters)}; got {[*path, *others]}")
    checked = {
        parameter: _check_path_argument(name, value, parameters[parameter], redact)
        for (name, value), parameter in zip(path.items(), positional, strict=True)
    }
    for name, value in others.items():
        if value is not None or not parameters[name].optional:
            checked[name] = check_argument(name, value, parameters[name])
    return checked


def check_argument(name: str, value: Any, annotation: Annotation) -> Any:
    """Return the value that the generated code expects for one argument.

    Raises:
        ValueError: The value is malformed; the message names the argument.
        TypeError: The value has the wrong type; the message names the argument.
    """
    # A subclass may print something other than its value, so only plain values are sent; and an
    # object may claim another `__class__`, as mocks do.
    kind = cast(Any, type(value))
    if issubclass(kind, UUID):
        value = UUID(int=value.int)
    elif issubclass(kind, datetime):
        value = datetime.combine(value, value.timetz())
    elif annotation.items and kind is list:
        items = annotation.items
        value = [check_argument(f"{name}[{i}]", each, items) for i, each in enumerate(value)]
    elif kind is int and float in annotation.exact and int not in annotation.exact:
        value = float(value) if abs(value) <= _INT_MAX else value
    elif issubclass(kind, str) and kind not in annotation.exact:
        value = _from_text(name, str.__str__(value), annotation)
    _require(name, value, annotation)
    return value


def _require(name: str, value: Any, annotation: Annotation) -> None:
    """Raise an error for the first value that is not of its annotated type, nested values too."""
    kind = cast(Any, type(value))
    is_huge = kind is int and abs(value) > _INT_MAX
    if is_huge and (annotation.anything or annotation.exact & {int, float}):
        raise ValueError(f"{name} must be a number of at most 308 digits")
    if annotation.anything:
        return
    if kind not in annotation.exact:
        raise TypeError(f"{name} must be of type {_expected(annotation)}; got {kind.__name__}")
    if kind is datetime:
        _require_instant(name, value)
    if kind is float and not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, such as 2.5; got {value!r}")
    if kind is str and _has_surrogate(value):
        # Not shown: it can be a secret.
        raise ValueError(f"{name} must be Unicode text without surrogates")
    if kind in annotation.models:
        for attribute, each in annotations_of_model(kind).items():
            _require(f"{name}.{attribute}", getattr(value, attribute), each)
    if annotation.items and kind in (list, dict):
        places: Any = value.items() if kind is dict else enumerate(value)
        for place, each in places:
            _require(f"{name}[{shown(place)}]", each, annotation.items)


def _require_instant(name: str, value: datetime) -> None:
    if value.utcoffset() is None:
        raise ValueError(f"{name} must have a time zone, such as datetime.now(UTC); got {value!r}")
    try:
        value.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{name} must be in the years 1 to 9999 in UTC; got {value!r}") from None


def _check_path_argument(
    name: str, value: object, annotation: Annotation, redact: Callable[[str], str]
) -> Any:
    try:
        return _check_segment(name, value, annotation)
    except ValueError:
        redacted = redact(str.__str__(value)) if isinstance(value, str) else value
    # Outside of the handler: the error has no context, whose message would show the value.
    return _check_segment(name, redacted, annotation)


def _check_segment(name: str, value: object, annotation: Annotation) -> Any:
    checked = check_argument(name, value, annotation)
    if isinstance(checked, str) and checked in ("", ".", ".."):
        # httpx would resolve it, and another path would be requested.
        raise ValueError(f"{name} must be a path segment; got {checked!r}")
    return checked


def _from_text(name: str, text: str, annotation: Annotation) -> object:
    if UUID in annotation.exact:
        if not PATTERNS[UUID].fullmatch(text):
            raise ValueError(
                f"{name} must be a UUID such as c22d24f6-5a47-4597-9a23-c7d01e696b92; "
                f"got {text[:100]!r}"
            )
        return UUID(text)
    for enum in annotation.enums:
        if text in {member.value for member in enum}:
            return enum(text)
    if annotation.enums and str not in annotation.exact:
        raise ValueError(f"{name} must be {annotation.values}; got {text[:100]!r}")
    return text


def _expected(annotation: Annotation) -> str:
    names = {"None" if kind.__name__ == "Unset" else kind.__name__ for kind in annotation.exact}
    names |= {"str"} if UUID in annotation.exact else set()
    return " or ".join(sorted(names - {"NoneType"}, key=lambda name: (name == "None", name)))


@functools.cache
def _parameters(get_kwargs: Any) -> tuple[dict[str, Annotation], list[str]]:
    """Return the parameters of a generated operation, and the names of those of its path."""
    hints = typing.get_type_hints(get_kwargs)
    found = {name: annotation_of(hint) for name, hint in hints.items() if name != "return"}
    # Only the path parameters are positional. The contract calls nearly all of them `id`.
    return found, list(found)[: get_kwargs.__code__.co_argcount]
