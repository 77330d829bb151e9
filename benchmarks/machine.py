"""The machine of a run, and whether it is calm. Nothing here identifies its owner."""

import os
import platform
import re
import statistics
import time
from dataclasses import dataclass
from importlib.metadata import distribution, distributions
from pathlib import Path

PACKAGES = (
    *("aiohttp", "anyio", "attrs", "h11", "httpcore", "httpx", "httpx-aiohttp", "requests"),
    *("signalwire-rest", "trio", "urllib3"),
)
VENDOR_FOLDER = Path(".venv-incumbent")
"""The environment of ``signalwire-sdk``, whose import name is also ours."""
CORES = os.cpu_count() or 1
CALM_LOAD, CALM_WAIT, CALM_SPREAD = 0.25 * CORES, 0.03, 0.05
"""A machine is calm if nothing observed exceeds these."""


@dataclass(frozen=True)
class Observation:
    """How busy the machine was at one moment."""

    load: float
    """Processes that wanted a core, on average over a minute, including the benchmark's own."""
    wait: float
    """The share of its time that a spinning process was without a core."""
    spread: float
    """The distance between the quartiles of its CPU time, relative to the median."""

    @property
    def calm(self) -> bool:
        return self.load <= CALM_LOAD and self.wait <= CALM_WAIT and self.spread <= CALM_SPREAD

    def __str__(self) -> str:
        spin = f"waited for {self.wait:.0%} of its time and varied by {self.spread:.0%}"
        return f"load {self.load:.1f} on {CORES} cores; a spinning process {spin}"


def observe() -> Observation:
    """Spin for some tenths of a second, and return how evenly that went."""
    used: list[float] = []
    begin = time.perf_counter()
    for _ in range(20):
        cpu = time.process_time()
        for _ in range(400_000):
            pass
        used.append(time.process_time() - cpu)
    wait = 1 - sum(used) / (time.perf_counter() - begin)
    lower, median, upper = statistics.quantiles(used, n=4)
    return Observation(*(round(x, 3) for x in (os.getloadavg()[0], wait, (upper - lower) / median)))


def machine() -> str:
    """Return Python, the system, and the processor with its cores."""
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", info.read_text() if info.exists() else "")
    processor = found[1] if found else platform.machine()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python} on {platform.system()}, {CORES} cores of {processor}"


def versions() -> str:
    """Return the packages measured, with their versions."""
    folders = [str(each) for each in VENDOR_FOLDER.glob("lib/*/site-packages")]
    vendor = distributions(name="signalwire-sdk", path=folders)
    found = [distribution(name) for name in PACKAGES]
    return ", ".join(f"{each.name} {each.version}" for each in (*found, *vendor))
