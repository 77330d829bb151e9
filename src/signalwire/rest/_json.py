"""JSON as the standard has it: no NaN, no Infinity."""

import json
from typing import Any, NoReturn, TypeAlias

Json: TypeAlias = "dict[str, Any] | list[Any] | str | int | float | bool | None"


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_decode = json.JSONDecoder(parse_constant=_refuse).decode


def read_json(text: str) -> Json:
    """Return the value of a JSON text. Of a key that comes twice, the last value counts.

    Raises:
        ValueError: It is no JSON, or has an integer of more digits than Python reads.
        RecursionError: It is nested too deeply.
    """
    value: Json = _decode(text)
    return value
