"""Find and grade every change between two states of the contract."""

from tools.contract.document import Node
from tools.contract.grading import codegen_changes, redocly_diff, severities, unexplained
from tools.versioning.changes import Change, ranked


def find_changes(earlier: Node, later: Node) -> list[Change]:
    """Return every change from one document to the other, the highest grade first."""
    found = list(codegen_changes.changes(earlier, later))
    found += severities.graded(redocly_diff.differences(earlier, later), earlier, later)
    found += unexplained.changes(earlier, later, found)
    return ranked(found)
