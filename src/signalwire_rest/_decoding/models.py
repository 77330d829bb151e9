"""Models to JSON text, and JSON text to checked models."""

import json
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar, cast, get_args, get_origin

from signalwire_rest._errors import Json

from .decode import decode
from .reading import ValidationError, read_json

M = TypeVar("M")


class Model(Protocol):
    """A generated model, such as ``Conference``."""

    def to_dict(self) -> dict[str, Any]:
        """Return the model as its JSON object, with fields that the contract does not name."""
        ...


def to_json(model: Model | Sequence[Model], *, indent: int | None = None) -> str:
    """Return a model, or a list of models, as JSON text, as the API would send it.

    Date-times are in UTC with a ``Z``, fields that the contract does not name are kept, and
    ``UNSET`` is left out. The text holds every value, also those that a ``repr`` hides: the
    ``token`` of a conference token and the ``url`` of a stream.

    Args:
        model: The model, or a list of models.
        indent: How many spaces to indent each level by; ``None`` for a single line.

    Raises:
        TypeError: ``model`` is not a model, or holds a value that JSON has no type for.
        ValueError: The model holds NaN or an infinite number.
    """
    if not isinstance(model, (list, tuple)) and not hasattr(model, "to_dict"):
        raise TypeError(f"model must be a model or a list of models; got {type(model).__name__}")
    return json.dumps(model, default=_to_dict, allow_nan=False, indent=indent)


def _to_dict(value: Any) -> dict[str, Any]:
    if not hasattr(value, "to_dict"):
        raise TypeError(f"a value of type {type(value).__name__} is not JSON")
    return cast("dict[str, Any]", value.to_dict())


def from_json(model: type[M], text: str | bytes) -> M:
    """Return the model of a JSON text, checked as a response of the API is.

    Args:
        model: The class of the model, such as ``Conference``, or ``list[Conference]``.
        text: The JSON text, in UTF-8 if it is bytes.

    Raises:
        ValueError: The text is not JSON, or not such a model; the message has the location, such
            as ``active_session.fps``, and what was expected there.
        TypeError: ``model`` is not the class of a model, or ``text`` is neither str nor bytes.
    """
    if not isinstance(cast(object, text), (str, bytes)):
        raise TypeError(f"text must be of type str or bytes; got {type(text).__name__}")
    try:
        value = read_json(text)
    except RecursionError:
        raise ValueError("the text is nested too deeply") from None
    return decode_model(model, value)


def decode_model(model: type[M], value: Json) -> M:
    """Return the model of a JSON value.

    Raises:
        ValueError: The value is not such a model.
        TypeError: ``model`` is neither the class of a model nor a list of one.
    """
    is_list = get_origin(model) is list
    item: Any = get_args(model)[0] if is_list else model
    if not hasattr(item, "from_dict"):
        raise TypeError(f"model must be the class of a model, such as Conference; got {model!r}")

    def parse(value: Any) -> Any:
        return [item.from_dict(each) for each in value] if is_list else item.from_dict(value)

    try:
        return cast(M, decode(model, parse, value))
    except ValidationError as mismatch:
        raise ValueError(f"{mismatch.path or 'the JSON'}: {mismatch.problem}") from None
