"""On what a run was made: nothing that tells whose machine it was."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from benchmarks.vendor import VENDOR_PYTHON

PACKAGES = (
    "aiohttp",
    "anyio",
    "attrs",
    "h11",
    "httpcore",
    "httpx",
    "httpx-aiohttp",
    "requests",
    "signalwire-rest",
    "trio",
    "urllib3",
)


def machine() -> dict[str, str]:
    """Return the processor, its cores, the system and Python."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def load() -> str:
    """Return how many processes wanted a core in the last minute, on the average."""
    return f"{os.getloadavg()[0]:.1f}"


def versions() -> dict[str, str]:
    """Return the versions of what was measured."""
    found = {name: version(name) for name in PACKAGES}
    if VENDOR_PYTHON.exists():
        ask = "from importlib.metadata import version; print(version('signalwire-sdk'))"
        done = subprocess.run(
            [VENDOR_PYTHON, "-c", ask], capture_output=True, text=True, check=True
        )
        found["signalwire-sdk"] = done.stdout.strip()
    return found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
