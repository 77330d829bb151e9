"""Compare folders."""

from collections.abc import Iterator
from pathlib import Path


def differences(expected: Path, actual: Path) -> Iterator[str]:
    """Yield a line for each file in which the folder ``actual`` differs from ``expected``."""
    files = [(root, each) for root in (expected, actual) for each in root.rglob("*")]
    found = {each.relative_to(root) for root, each in files if each.is_file()}
    for file in sorted(each for each in found if "__pycache__" not in each.parts):
        if not (actual / file).is_file():
            yield f"missing: {actual.parent.name}/{actual.name}/{file}"
        elif not (expected / file).is_file():
            yield f"not generated: {actual.parent.name}/{actual.name}/{file}"
        elif (expected / file).read_bytes() != (actual / file).read_bytes():
            yield f"changed: {actual.parent.name}/{actual.name}/{file}"
