"""Find and grade every change between two states of the contract."""

from itertools import pairwise

from tools.contract.document import SCHEMAS, Node, split_pointer
from tools.contract.grading import constants, rules
from tools.contract.grading.differences import differences
from tools.contract.grading.directions import Directions
from tools.versioning.grades import Change, Grade, ranked


def find_changes(earlier: Node, later: Node) -> list[Change]:
    """Return every change from one document to the other, the highest grade first."""
    directions = Directions(earlier, later)
    found = [
        (each.where, grade, what)
        for each in differences(earlier, later)
        for grade, what in rules.grades(each, earlier, later, directions.of(each.where))
    ]
    found += [(where, Grade.MAJOR, what) for where, what in constants.broken(earlier, later)]
    return ranked(
        [
            Change(_location(where), what, *directions.of(where).effects(grade))
            for where, grade, what in found
        ]
    )


def _location(pointer: str) -> str:
    """Return a location in words, such as ``Conference.quality`` for a property."""
    keys = split_pointer(pointer)
    if keys[:2] == split_pointer(SCHEMAS):
        inner = pairwise(keys[3:])
        return ".".join([keys[2], *(name for key, name in inner if key == "properties")])
    if keys[0] != "paths":
        return " ".join(key for key in keys[:3] if key != "components")
    words = [keys[2].upper(), keys[1]]
    return " ".join([*words, *keys[4:5]] if keys[3:4] in (["responses"], ["parameters"]) else words)
