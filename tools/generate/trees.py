"""Compare folders."""

from collections.abc import Iterator
from pathlib import Path


def differences(expected: Path, actual: Path) -> Iterator[str]:
    """Yield a line for each file in which the folder ``actual`` differs from ``expected``."""

    def files(root: Path) -> set[Path]:
        found = (each.relative_to(root) for each in root.rglob("*") if each.is_file())
        return {each for each in found if "__pycache__" not in each.parts}

    for file in sorted(files(expected) | files(actual)):
        if not (actual / file).is_file():
            yield f"missing: {actual.parent.name}/{actual.name}/{file}"
        elif not (expected / file).is_file():
            yield f"not generated: {actual.parent.name}/{actual.name}/{file}"
        elif (expected / file).read_bytes() != (actual / file).read_bytes():
            yield f"changed: {actual.parent.name}/{actual.name}/{file}"
