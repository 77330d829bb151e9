"""The record of a run, ``results.json``, and the table made from it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Self

from benchmarks.harness import OURS, OURS_ON_TRIO, Figure, Spread
from benchmarks.machine import Observation

FILE = Path(__file__).with_name("results.json")
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Record:
    """The figures of one run, and what they were measured on."""

    machine: str
    versions: str
    observations: Sequence[Observation]
    """How busy the machine was before each family of figures, and at the end."""
    figures: Sequence[Figure]

    def save(self) -> None:
        """Replace the previous record, and the table in the documentation."""
        FILE.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", "utf-8")
        table = f"| | relative to | {OURS} | on trio | goal | others |\n{'|---' * 6}|"
        for _, figures in groupby(self.figures, lambda each: each.group):
            table += f"\n| {' | '.join(_row({each.subject: each for each in figures}))} |"
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{self.setting}\n\n{table}\n{END}{after}", "utf-8")

    @classmethod
    def load(cls) -> Self:
        """Return the recorded run."""
        raw = json.loads(FILE.read_text("utf-8"))
        for each in raw["figures"]:
            each.update(value=Spread(*each["value"]), ratio=Spread(*each["ratio"]))
        raw["figures"] = [Figure(**each) for each in raw["figures"]]
        raw["observations"] = [Observation(**each) for each in raw["observations"]]
        return cls(**raw)

    @property
    def setting(self) -> str:
        """What was measured on which machine, and how calm it was."""
        first, *_, last = self.observations
        waits = [each.wait for each in self.observations]
        return (
            f"Measured with {self.machine}; {self.versions}. The machine was "
            f"{'calm' if first.calm else '**not calm**'}: load {first.load:.1f} before the run, "
            f"{last.load:.1f} at its end; between the measurements, a spinning process waited for "
            f"a core {min(waits):.0%} to {max(waits):.0%} of its time."
        )


def _row(figures: dict[str, Figure]) -> tuple[str, ...]:
    ours, trio = figures.pop(OURS), figures.pop(OURS_ON_TRIO, None)
    base = figures.pop(ours.against, None)
    return (
        f"{ours.group[0].upper()}{ours.group[1:]}",
        f"{base.subject}: {base.measured}" if base else ours.against,
        f"**{ours.ratio.median:.2f}** ({ours.ratio.lower:.2f} to {ours.ratio.upper:.2f})",
        str(trio.ratio) if trio else "",
        ours.verdict,
        ", ".join(f"{name} {each.ratio.median:.2f}" for name, each in figures.items()),
    )
