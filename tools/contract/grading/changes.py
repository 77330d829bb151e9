"""Find and grade every change between two states of the contract."""

from tools.contract.document import Node
from tools.contract.grading import constants, rules
from tools.contract.grading.differences import differences
from tools.contract.grading.directions import Directions
from tools.contract.grading.locations import describe
from tools.versioning.changes import Change, Grade, ranked


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
            Change(describe(where), what, *directions.of(where).effects(grade))
            for where, grade, what in found
        ]
    )
