"""Report the differences that no other change explains, so that none is overlooked.

Wording is a patch; anything else is major, because its effect is unknown.
"""

from collections.abc import Iterator
from typing import Any

from tools.contract.document import Node, find, join_pointer, split_pointer
from tools.contract.grading.directions import Direction
from tools.contract.grading.locations import describe
from tools.contract.grading.severities import WORDING
from tools.versioning.changes import Change, Grade

_UNORDERED = {"required", "enum", "tags", "x-enum-varnames"}
_NO_EFFECT = WORDING | {"contact", "license"}


def changes(earlier: Node, later: Node, known: list[Change]) -> Iterator[Change]:
    """Yield the differences between two documents that no known change explains."""
    explained = [pointer for each in known for pointer in each.pointers]
    effective = set(_differences(earlier, later, wording=False))
    for where in _differences(earlier, later, wording=True):
        if any(where == p or _within(where, p) or _within(p, where) for p in explained):
            continue
        # codegen_changes compares these with the values.
        if where.endswith("/x-enum-varnames"):
            continue
        place = describe(where, earlier if find(earlier, where) is not None else later)
        if where in effective or any(_within(p, where) for p in effective):
            what = f"changed at {where} in a way that no rule covers, so it counts as major"
            yield Change(place, what, *Direction.BOTH.effects(Grade.MAJOR))
        else:
            yield Change(place, "reworded")


def _differences(old: Any, new: Any, wording: bool, where: str = "#") -> Iterator[str]:
    """Yield the pointers at which two documents differ, with or without changes of wording."""
    if where == "#/info/version":
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in (*old, *(each for each in new if each not in old)):
            is_name = where.endswith("/properties")
            is_wording = key in _NO_EFFECT or (where, key) == ("#/info", "title")
            if wording or is_name or not is_wording:
                inner = where + join_pointer(key)[1:]
                if key in old and key in new:
                    yield from _differences(old[key], new[key], wording, inner)
                else:
                    yield inner
    elif isinstance(old, list) and isinstance(new, list) and split_pointer(where)[-1] in _UNORDERED:
        if old != new and (wording or sorted(map(repr, old)) != sorted(map(repr, new))):
            yield where
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, wording, where + join_pointer(index)[1:])
    elif old != new or type(old) is not type(new):
        yield where


def _within(inner: str, outer: str) -> bool:
    return inner.startswith(f"{outer}/")
