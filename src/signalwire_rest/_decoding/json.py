"""JSON as RFC 8259 defines it: without NaN and Infinity."""

import json
from typing import NoReturn, cast

from signalwire_rest._errors import Json


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
