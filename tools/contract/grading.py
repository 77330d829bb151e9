"""The graded changes between two states of the contract."""

from tools.contract import differ, names, rulings
from tools.contract.changes import Change
from tools.contract.document import Node


def changes(earlier: Node, later: Node) -> list[Change]:
    """Return every change from one document to the other, the worst first.

    Raises:
        DifferError: The differ gave up.
        MissingToolError: The differ is not set up.
    """
    found = list(names.changes(earlier, later))
    found += rulings.graded(differ.differences(earlier, later), earlier, later)
    found += names.unaccounted(earlier, later, found)
    return sorted(dict.fromkeys(found), key=lambda each: (-each.grade, each.where))
