"""Whether an enum is open: whether a reader of it keeps a value that the enum does not have."""

from tools.contract.document import Node, at, keys, pointer, walk


def is_open(document: Node, enum: str) -> bool:
    """Return whether each reference to the enum stands in an anyOf beside its plain type."""
    plain = {"type": at(document, enum).get("type")}
    for where, node in walk(document):
        if isinstance(node, dict) and node.get("$ref") == enum:
            parts = keys(where)
            if parts[-2:-1] != ["anyOf"] or plain not in at(document, pointer(*parts[:-1])):
                return False
    return True
