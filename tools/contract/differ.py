"""The changes between two documents, as Redocly finds them: what has changed, and where."""

import json
import tempfile
from pathlib import Path

import yaml
from attrs import frozen

from tools.contract import nodejs
from tools.contract.document import Node


class DifferError(Exception):
    """The differ gave up; the message has its words."""


@frozen
class Found:
    """One change as Redocly reports it."""

    kind: str
    """``added``, ``removed`` or ``modified``."""
    type: str
    """The kind of node: ``Schema``, ``Parameter`` say."""
    property: str | None
    """What of the node was modified; ``key`` is its name."""
    old: str | None
    """The pointer in the earlier document."""
    new: str | None
    """The pointer in the later document."""


def differences(earlier: Node, later: Node) -> list[Found]:
    """Return what Redocly finds between two documents.

    Raises:
        DifferError: It gave up.
        MissingToolError: It is not set up.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "earlier.yaml"), Path(folder, "later.yaml")
        for file, document in zip(files, (earlier, later), strict=True):
            file.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
        options = ("--format", "json", "--fail-on", "none")
        said = nodejs.run(nodejs.REDOCLY, "diff", *files, *options)
    try:
        report = json.loads(said.stdout[said.stdout.index("{") :])
    except ValueError:
        raise DifferError(f"Redocly gave up:\n{said.stdout}{said.stderr}") from None
    return [
        Found(
            kind=each["kind"],
            type=each["typeName"],
            property=each.get("property"),
            old=(each.get("base") or {}).get("pointer"),
            new=(each.get("revision") or {}).get("pointer"),
        )
        for each in report["changes"]
    ]
