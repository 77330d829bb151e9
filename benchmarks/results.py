"""What a run has measured, as it is recorded."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from benchmarks.figures import Figure

RECORDED = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Results:
    """The figures of one run, and what they were measured on."""

    machine: dict[str, str]
    load: str
    """Processes that wanted a core, on the average of a minute, before the run and after it."""
    versions: dict[str, str]
    figures: Sequence[Figure]

    def group(self, name: str) -> list[Figure]:
        """Return the figures of one group."""
        return [figure for figure in self.figures if figure.group == name]

    @property
    def setting(self) -> str:
        """One line on where this was measured."""
        machine = self.machine
        return (
            f"{machine['python']} on {machine['system']}, {machine['cores']} cores of "
            f"{machine['processor']}, load {self.load}"
        )

    @property
    def packages(self) -> str:
        """One line on what was measured."""
        return ", ".join(f"{name} {version}" for name, version in self.versions.items())

    def save(self) -> None:
        """Record the run in place of the one before."""
        raw = {**asdict(self), "figures": [asdict(figure) for figure in self.figures]}
        RECORDED.write_text(json.dumps(_rounded(raw), indent=1, ensure_ascii=False) + "\n")

    @classmethod
    def recorded(cls) -> Self:
        """Return the run that was recorded."""
        raw = json.loads(RECORDED.read_text())
        return cls(**{**raw, "figures": [Figure.from_dict(each) for each in raw["figures"]]})


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value
