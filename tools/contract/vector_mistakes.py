"""Copies of a vector with one mistake each: a check that takes one of them checks nothing."""

from collections.abc import Iterator
from typing import Any

from tools.contract.document import Node


def mutants(vector: Node) -> Iterator[tuple[str, Node]]:
    """Yield copies of a vector with one mistake each, and what the mistake is."""
    for part in ("name", "operation", "request", "expect"):
        for mistake, changed in _changed(vector[part]):
            yield f"{part}{mistake}", {**vector, part: changed}
    yield "response.status", {**vector, "response": {**vector["response"], "status": 206}}
    for part in ("$schema", "description", "response"):
        yield f"no {part}", {key: each for key, each in vector.items() if key != part}


def _changed(value: Any) -> Iterator[tuple[str, Any]]:
    if value == {"kind": "absent"}:
        yield " is null", {"kind": "null"}
        return
    if isinstance(value, dict):
        for key, each in value.items():
            # Whether an absence is written down is a choice.
            if each != {"kind": "absent"}:
                yield f" without {key}", {k: v for k, v in value.items() if k != key}
            yield from ((f".{key}{m}", {**value, key: c}) for m, c in _changed(each))
    elif isinstance(value, list):
        yield " with one more", [*value, "one more"]
        for index, each in enumerate(value):
            for mistake, c in _changed(each):
                yield f"[{index}]{mistake}", [*value[:index], c, *value[index + 1 :]]
    elif isinstance(value, bool):
        yield " is the other", not value
    elif isinstance(value, int | float):
        yield " is one more", value + 1
    elif isinstance(value, str):
        yield " is another text", f"{value}x"
    yield " is of another kind", 7 if isinstance(value, str | None | dict | list) else "seven"
