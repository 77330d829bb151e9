"""Describe the location of a JSON pointer in words."""

from itertools import pairwise

from tools.contract.document import SCHEMAS, Node, lookup, resolve, split_pointer


def describe(pointer: str, document: Node) -> str:
    """Return a location in words, such as ``Conference.quality`` for a property."""
    keys = split_pointer(pointer)
    if keys[:2] == split_pointer(SCHEMAS):
        inner = pairwise(keys[3:])
        return ".".join([keys[2], *(name for key, name in inner if key == "properties")])
    if keys[:1] != ["paths"]:
        return " ".join(key for key in keys[:3] if key != "components")
    words = [*(key.upper() for key in keys[2:3]), *keys[1:2]]
    if keys[3:4] == ["responses"]:
        words += keys[4:5]
    if keys[3:4] == ["parameters"] and len(keys) > 4:
        parameter = lookup(document, "/".join(pointer.split("/")[:6]))
        words.append(resolve(document, parameter)["name"])
    return " ".join(words)
