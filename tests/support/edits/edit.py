"""Define edits of the contract, and the functions that they share."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

Document = dict[str, Any]

PATH = "/api/video/conferences/{id}"


@frozen
class Edit:
    """One edit, its grade, and its effect on each kind of client."""

    name: str
    apply: Callable[[Document], None]
    grade: str
    """none, patch, minor or major."""
    reader: str
    """none, minor or major."""
    sender: str

    def __str__(self) -> str:
        return self.name


EDITS: list[Edit] = []


def edit(
    *, reader: str = "none", sender: str = "none", grade: str = "patch"
) -> Callable[[Callable[[Document], None]], None]:
    """Add a function to ``EDITS``, with its name in words.

    The grade is the larger effect; ``grade`` is for edits without an effect on any client.
    """
    order = ("none", "patch", "minor", "major")
    worst = max(reader, sender, grade, key=order.index) if grade != "none" else "none"

    def add(apply: Callable[[Document], None]) -> None:
        EDITS.append(Edit(apply.__name__.replace("_", " "), apply, worst, reader, sender))

    return add


def schema(document: Document, name: str) -> Document:
    found: Document = document["components"]["schemas"][name]
    return found


def properties(document: Document, name: str = "Conference") -> Document:
    found: Document = schema(document, name)["properties"]
    return found


def operation(document: Document) -> Document:
    found: Document = document["paths"][PATH]["get"]
    return found


def parameter(document: Document, index: int) -> Document:
    """Return the component of one of the operation's parameters."""
    name = operation(document)["parameters"][index]["$ref"].rpartition("/")[2]
    found: Document = document["components"]["parameters"][name]
    return found


def rename_key(mapping: Document, old: str, new: str) -> None:
    """Rename a key and keep its position."""
    items = [(new if key == old else key, value) for key, value in mapping.items()]
    mapping.clear()
    mapping.update(items)


def rename_schema(document: Document, old: str, new: str) -> None:
    """Rename a schema, and every reference to it."""

    def follow(node: Any) -> None:
        if isinstance(node, dict) and node.get("$ref") == f"#/components/schemas/{old}":
            node["$ref"] = f"#/components/schemas/{new}"
        for child in node.values() if isinstance(node, dict) else node:
            if isinstance(child, dict | list):
                follow(child)

    rename_key(document["components"]["schemas"], old, new)
    follow(document)
