"""Changes that generated code feels and Redocly does not see.

The names of enum constants, the order of an ``anyOf`` (the first member that fits is taken), and
the component that a reference names. And a safeguard: what no one accounts for is major.
"""

from collections.abc import Iterator
from typing import Any

from tools.contract.changes import Change, Grade, place
from tools.contract.directions import BOTH, Directions
from tools.contract.document import Node, at, keys, pointer, schema_objects, walk
from tools.contract.rulings import WORDS

_SETS = {"required", "enum", "tags", "x-enum-varnames"}
_BESIDE_THE_POINT = WORDS | {"contact", "license"}


def changes(earlier: Node, later: Node) -> Iterator[Change]:
    """Yield what generated code feels of the names in two documents."""
    directions = Directions(earlier, later)
    found = [*_constants(earlier, later), *_orders(earlier, later), *_references(earlier, later)]
    for where, what in found:
        grades = directions.of(where).grades(Grade.MAJOR)
        yield Change(place(where, earlier), what, *grades, pointers=(where,))
    for where, node in walk(earlier):
        if keys(where)[-1:] == ["properties"] and _in_another_order(node, _standing(later, where)):
            yield Change(place(where, earlier), "properties in another order")


def unaccounted(earlier: Node, later: Node, known: list[Change]) -> Iterator[Change]:
    """Yield what differs between two documents and no known change accounts for.

    Words are a patch; anything else is major, since nobody knows what it does.
    """
    accounted = [p for each in known for p in each.pointers]
    words = _differing(earlier, later, words=True)
    rest = set(_differing(earlier, later, words=False))
    for where in words:
        if any(where == p or _within(where, p) or _within(p, where) for p in accounted):
            continue
        # Compared by _constants, value for value.
        if where.endswith("/x-enum-varnames"):
            continue
        if where in rest or any(_within(p, where) for p in rest):
            what = f"changed at {where}, and no rule knows what that does: taken for the worst"
            yield Change(_place(where, earlier, later), what, *BOTH.grades(Grade.MAJOR))
        else:
            yield Change(_place(where, earlier, later), "other words")


def _constants(earlier: Node, later: Node) -> Iterator[tuple[str, str]]:
    for where, schema in schema_objects(earlier):
        now = _standing(later, where)
        if "enum" not in schema or not isinstance(now, dict) or "enum" not in now:
            continue
        old, new = _named(schema), _named(now)
        for name, value in old.items():
            same = [other for other, each in new.items() if each == value]
            if new.get(name, value) != value:
                text = f"the constant {name} stands for {new[name]!r} and no longer for {value!r}"
                yield f"{where}/x-enum-varnames", text
            elif name not in new and same:
                text = f"the constant {name} renamed to {same[0]}: a program that uses it breaks"
                yield f"{where}/x-enum-varnames", text


def _named(schema: Node) -> dict[str, Any]:
    values = schema["enum"]
    names = schema.get("x-enum-varnames") or [f"(by generator) {value}" for value in values]
    return dict(zip(names, values, strict=False))


def _orders(earlier: Node, later: Node) -> Iterator[tuple[str, str]]:
    for where, schema in schema_objects(earlier):
        now = _standing(later, where)
        new = now.get("anyOf", []) if isinstance(now, dict) else []
        if _in_another_order(schema.get("anyOf", []), new):
            yield f"{where}/anyOf", "anyOf in another order: the first member that fits is taken"


def _references(earlier: Node, later: Node) -> Iterator[tuple[str, str]]:
    for where, node in walk(earlier):
        if isinstance(node, dict) and "$ref" in node and "examples" not in keys(where):
            now = _standing(later, where)
            if isinstance(now, dict) and now.get("$ref", node["$ref"]) != node["$ref"]:
                old, new = (each["$ref"].rpartition("/")[2] for each in (node, now))
                yield where, f"refers to {new} and no longer to {old}: another class"


def _differing(old: Any, new: Any, words: bool, where: str = "#") -> Iterator[str]:
    """Yield the pointers at which two documents differ; ``words`` says whether words count."""
    if where == "#/info/version":
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in (*old, *(each for each in new if each not in old)):
            is_name = where.endswith("/properties")
            in_words = key in _BESIDE_THE_POINT or (where, key) == ("#/info", "title")
            if words or is_name or not in_words:
                inner = where + pointer(key)[1:]
                if key in old and key in new:
                    yield from _differing(old[key], new[key], words, inner)
                else:
                    yield inner
    elif isinstance(old, list) and isinstance(new, list) and keys(where)[-1] in _SETS:
        if old != new and (words or sorted(map(repr, old)) != sorted(map(repr, new))):
            yield where
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differing(one, other, words, where + pointer(index)[1:])
    elif old != new or type(old) is not type(new):
        yield where


def _in_another_order(old: Any, new: Any) -> bool:
    """Return whether what both have stands in another order."""
    both = [
        [each for each in one if each in other]
        for one, other in ((old, new or ()), (new or (), old))
    ]
    return both[0] != both[1]


def _standing(document: Node, where: str) -> Any:
    try:
        return at(document, where)
    except KeyError:
        return None


def _place(where: str, earlier: Node, later: Node) -> str:
    return place(where, earlier if _standing(earlier, where) is not None else later)


def _within(inner: str, outer: str) -> bool:
    return inner.startswith(f"{outer}/")
