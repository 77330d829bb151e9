"""Make copies of a vector with one mistake each; a check that accepts one is too weak."""

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

_ABSENT = {"kind": "absent"}


def mutations(vector: Node) -> Iterator[tuple[str, Node]]:
    """Yield copies of a vector with one mistake each, each with a description of the mistake."""
    for part in ("name", "operation", "request", "expect"):
        for mistake, changed in _mutated(vector[part]):
            yield f"{part}{mistake}", {**vector, part: changed}
    yield "response.status", {**vector, "response": {**vector["response"], "status": 206}}
    for part in ("$schema", "description", "response"):
        yield f"no {part}", {key: each for key, each in vector.items() if key != part}


def _mutated(value: Any) -> Iterator[tuple[str, Any]]:
    if value == _ABSENT:
        yield " is null", {"kind": "null"}
        return
    if isinstance(value, dict):
        for key, child in value.items():
            # A vector may leave absent properties out.
            if child != _ABSENT:
                yield f" without {key}", {k: v for k, v in value.items() if k != key}
            yield from ((f".{key}{m}", {**value, key: c}) for m, c in _mutated(child))
    elif isinstance(value, list):
        yield " has an extra item", [*value, "extra"]
        for index, child in enumerate(value):
            for mistake, changed in _mutated(child):
                yield f"[{index}]{mistake}", [*value[:index], changed, *value[index + 1 :]]
    elif isinstance(value, bool):
        yield " is negated", not value
    elif isinstance(value, int | float):
        yield " is incremented", value + 1
    elif isinstance(value, str):
        yield " is another text", f"{value}x"
    yield " has another type", 7 if isinstance(value, str | None | dict | list) else "seven"
