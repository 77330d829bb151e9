"""Read JSON text, as RFC 8259 defines it."""

import json
from typing import NoReturn, TypeAlias, cast

from signalwire_rest._errors import Json

Path: TypeAlias = tuple[str | int, ...]
"""A location in JSON: names and indices."""


class ValidationError(Exception):
    """A JSON value does not match the contract. Its text never has the value itself."""

    def __init__(self, problem: str, path: Path = ()) -> None:
        steps = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)
        self.path = "".join(steps).removeprefix(".")
        """The location in the JSON, such as ``active_session.fps``."""
        self.problem = problem
        """What is wrong there."""
        super().__init__(f"{self.path or 'the response'}: {problem}")


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_decoder = json.JSONDecoder(parse_constant=_reject_constant)


def read_json(text: str | bytes) -> Json:
    """Return the value of a JSON text, in UTF-8 if it is bytes. Of duplicate keys, the last counts.

    Raises:
        ValueError: The text is not JSON, or has an integer of more digits than Python reads.
        RecursionError: The text is nested too deeply.
    """
    if isinstance(text, bytes):
        text = text.decode().removeprefix("\ufeff")
    text = text.strip(" \t\r\n")
    # `decode` does the same, but strips white space more slowly.
    value, end = _decoder.raw_decode(text)
    if end < len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return cast(Json, value)


def read_body(body: bytes) -> Json:
    """Return the body of a response as JSON.

    Raises:
        ValidationError: It is not JSON.
    """
    try:
        return read_json(body)
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"the body is not JSON: {error}") from None
