"""CPU time of an import, in fresh processes."""

import os
import subprocess
import sys
import tempfile
from functools import partial

from benchmarks.harness import BASE, OURS, Figure, figures, interleaved

STATEMENTS = {
    BASE: "import httpx",
    OURS: "from signalwire_rest import RestClient",
    f"{OURS}, async client": "from signalwire_rest import AsyncRestClient",
}
# httpx and httpcore import these if they are installed, which would flatter the ratio.
_CHILD = """
import sys, time
sys.modules.update(dict.fromkeys(("click", "rich", "pygments", "trio")))
begin = time.process_time(); {}; print(time.process_time() - begin)
"""


def spend(statement: str, compiled: str) -> float:
    """Return the CPU time of a statement in ms, with byte code in the folder ``compiled``."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-P", "-c", _CHILD.format(statement)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout) * 1e3


def measure(short: bool = False) -> list[Figure]:
    """Measure the import of httpx and of each client."""
    with tempfile.TemporaryDirectory() as compiled:
        batches = {name: partial(spend, text, compiled) for name, text in STATEMENTS.items()}
        interleaved(batches, 1)  # writes the byte code
        spent = interleaved(batches, 10 if short else 20)
    return figures("import", spent, "ms of CPU", goal=1.45)
