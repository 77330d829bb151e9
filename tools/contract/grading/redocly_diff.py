"""Let Redocly find the differences between two documents."""

import tempfile
from pathlib import Path

import yaml
from attrs import frozen

from tools.contract import redocly
from tools.contract.document import Node


@frozen
class Difference:
    """One difference as Redocly reports it."""

    kind: str
    """``added``, ``removed`` or ``modified``."""
    type: str
    """The type of the node, such as ``Schema`` or ``Parameter``."""
    property: str | None
    """The modified property of the node; ``key`` if the node was renamed."""
    old: str | None
    """The pointer in the earlier document."""
    new: str | None
    """The pointer in the later document."""


def differences(earlier: Node, later: Node) -> list[Difference]:
    """Return the differences between two documents."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "earlier.yaml"), Path(folder, "later.yaml")
        for file, document in zip(files, (earlier, later), strict=True):
            file.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
        report, _ = redocly.run("diff", *files, "--fail-on", "none")
    return [
        Difference(
            kind=each["kind"],
            type=each["typeName"],
            property=each.get("property"),
            old=(each.get("base") or {}).get("pointer"),
            new=(each.get("revision") or {}).get("pointer"),
        )
        for each in report["changes"]
    ]
