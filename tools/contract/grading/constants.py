"""Find the changes of enums that rename constants in generated code."""

from collections.abc import Iterator

from tools.contract.document import Node, schema_objects


def broken(earlier: Node, later: Node) -> Iterator[tuple[str, str]]:
    """Yield each enum whose constants are renamed, get another value or lose their name."""
    olds, news = _enums(earlier), _enums(later)
    for where, old in olds.items():
        if where in news:
            yield from ((where, what) for what in _renamed(old, news[where]))
    for name, where in _names(olds):
        others = {each for other, each in _names(news) if other == name}
        taken = others - {each for other, each in _names(olds) if other == name}
        if where in others and taken:
            enum = min(taken).rpartition("/")[2]
            yield where, f"{enum} has a constant {name} too: generators may rename it"


def _renamed(old: Node, new: Node) -> Iterator[str]:
    for name, value in old.items():
        others = [other for other, each in new.items() if each == value]
        if new.get(name, value) != value:
            yield f"the value of the constant {name} changed from {value!r} to {new[name]!r}"
        elif name not in new and others:
            yield f"the constant {name} renamed to {others[0]}: programs that use it break"


def _enums(document: Node) -> dict[str, Node]:
    """Return the values of each enum by the names of their constants."""
    found = {}
    for where, schema in schema_objects(document):
        if "enum" in schema:
            names = schema.get("x-enum-varnames") or [f"(generated) {e}" for e in schema["enum"]]
            found[where] = dict(zip(names, schema["enum"], strict=False))
    return found


def _names(enums: dict[str, Node]) -> list[tuple[str, str]]:
    """Return each constant, as generators that drop underscores write it, with its enum."""
    return [(name.replace("_", ""), where) for where, enum in enums.items() for name in enum]
