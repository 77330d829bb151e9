"""What an import costs, in fresh processes."""

import os
import subprocess
import sys
import tempfile
from functools import partial

from benchmarks.figures import BASE, OURS, Figure, interleaved, ratio, scaled

GROUP = "import"
GOALS = {OURS: 1.6}
STATEMENTS = {
    BASE: "import httpx",
    OURS: "from signalwire_rest import RestClient",
    f"{OURS} in async code": "from signalwire_rest import AsyncRestClient",
}

# What the benchmark has and a plain environment has not: httpx and httpcore import these where
# they find them, and that would flatter whoever else imports something.
_ABSENT = ("click", "rich", "pygments", "trio")

_CHILD = f"""
import sys, time
for name in {_ABSENT!r}:
    sys.modules[name] = None
begin = time.process_time()
{{statement}}
print(time.process_time() - begin)
"""


def import_figures(rounds: int, statements: dict[str, str] | None = None) -> list[Figure]:
    """Measure the CPU time of each import statement, with compiled files in place."""
    statements = STATEMENTS if statements is None else statements
    with tempfile.TemporaryDirectory() as compiled:
        batches = {name: partial(_seconds, text, compiled) for name, text in statements.items()}
        for compile_first in batches.values():
            compile_first()
        seconds = interleaved(batches, rounds)
    return [
        Figure(
            group=GROUP,
            subject=name,
            value=scaled(seconds[name], 1e3),
            unit="ms of CPU",
            ratio=ratio(seconds[name], seconds[BASE]),
            at_most=GOALS.get(name),
        )
        for name in statements
    ]


def _seconds(statement: str, compiled: str) -> float:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-P", "-c", _CHILD.format(statement=statement)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
