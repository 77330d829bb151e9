"""Edits of the contract, each with the grade that it must get, for readers and for senders.

An edit changes a parsed document in place. The tests set the version and write the change log.
"""

# Each of these adds to EDITS.
from support.edits import for_readers, for_senders, from_change_logs, harmless
from support.edits.edit import (
    EDITS,
    Document,
    Edit,
    operation,
    parameter,
    properties,
    rename_schema,
    schema,
)

__all__ = [
    "EDITS",
    "Document",
    "Edit",
    "for_readers",
    "for_senders",
    "from_change_logs",
    "harmless",
    "operation",
    "parameter",
    "properties",
    "rename_schema",
    "schema",
]
