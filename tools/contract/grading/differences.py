"""Find every difference between two documents, so that none is overlooked.

Operations are matched by their id, parameters and tags by name, and servers by URL.
"""

from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from tools.contract.document import Node, join_pointer, operations, resolve, split_pointer

ABSENT: Final[Any] = object()
"""The value of a node that a document does not have."""
_KEYED = {"parameters": "name", "servers": "url", "tags": "name"}
"""The lists of objects with a name, which stands in pointers for the position."""


@frozen
class Difference:
    """One difference; the deepest node that has it."""

    where: str
    """The JSON pointer."""
    old: Any
    new: Any

    @property
    def keys(self) -> list[str]:
        """The keys of the pointer."""
        return split_pointer(self.where)


def differences(earlier: Node, later: Node) -> Iterator[Difference]:
    """Yield every difference but that of the versions."""
    for key in {**earlier, **later}:
        if key != "paths":
            values = earlier.get(key, ABSENT), later.get(key, ABSENT)
            yield from between(earlier, later, *values, join_pointer(key))
    old, new = _operations(earlier), _operations(later)
    for name in {**old, **new}:
        path, method, operation = old[name] if name in old else new[name]
        where = join_pointer("paths", path, method)
        if name not in new:
            yield Difference(f"{where}/operationId", name, ABSENT)
        elif name not in old:
            yield Difference(where, ABSENT, operation)
        else:
            yield from between(earlier, later, old[name][:2], new[name][:2], f"{where}/path")
            yield from between(earlier, later, operation, new[name][2], where)


def between(earlier: Node, later: Node, old: Any, new: Any, where: str) -> Iterator[Difference]:
    """Yield the differences between two nodes."""
    key = split_pointer(where)[-1]
    if key in _KEYED:
        old, new = _keyed(earlier, old, _KEYED[key]), _keyed(later, new, _KEYED[key])
        first = [next(iter(each), ABSENT) for each in (old, new)]
        if key == "servers" and first[0] != first[1]:
            yield Difference(where, *first)
    if isinstance(old, dict) and isinstance(new, dict):
        common = [[each for each in old if each in new], [each for each in new if each in old]]
        if common[0] != common[1] and key in ("properties", "parameters"):
            yield Difference(where, *common)
        for each in {**old, **new}:
            inner = where + join_pointer(each)[1:]
            yield from between(earlier, later, old.get(each, ABSENT), new.get(each, ABSENT), inner)
    elif where != "#/info/version" and (old != new or type(old) is not type(new)):
        yield Difference(where, old, new)


def _operations(document: Node) -> dict[str, tuple[str, str, Node]]:
    found = operations(document)
    return {each[2].get("operationId", " ".join(each[:2])): each for each in found}


def _keyed(document: Node, value: Any, key: str) -> Any:
    """Return a list of objects as a mapping; return anything else unchanged."""
    if value is ABSENT:
        return {}
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return {resolve(document, each)[key]: each for each in value}
    return value
