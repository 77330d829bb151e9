"""Describe the location of a JSON pointer in words."""

from itertools import pairwise

from tools.contract.document import SCHEMAS, split_pointer


def describe(pointer: str) -> str:
    """Return a location in words, such as ``Conference.quality`` for a property."""
    keys = split_pointer(pointer)
    if keys[:2] == split_pointer(SCHEMAS):
        inner = pairwise(keys[3:])
        return ".".join([keys[2], *(name for key, name in inner if key == "properties")])
    if keys[0] != "paths":
        return " ".join(key for key in keys[:3] if key != "components")
    words = [keys[2].upper(), keys[1]]
    return " ".join([*words, *keys[4:5]] if keys[3:4] in (["responses"], ["parameters"]) else words)
