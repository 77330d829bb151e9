"""The Python code of a Markdown page, and how to run a block as a reader would."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
VENDOR_EXAMPLE = """\
from signalwire.rest import RestClient

client = RestClient(
    project="your-project-id",
    token="your-api-token",
    host="your-space.signalwire.com",
)

conf = client.video.conferences.get("conference-id")
"""
"""The example of SignalWire's documentation, as printed there."""
_BLOCK = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?",
    re.DOTALL | re.MULTILINE,
)


@frozen
class Block:
    """A block of Python code, and the output printed beneath it, if any."""

    page: str
    line: int
    code: str
    output: str | None

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"

    def write(self, folder: Path) -> Path:
        """Write the code to a file of its own, named after the place in the page."""
        name = re.sub(r"\W", "_", self.page.removesuffix(".md")).lower()
        file = folder / f"test_{name}_{self.line}.py"
        file.write_text(self.code, "utf-8")
        return file


def blocks(page: str) -> list[Block]:
    """Return the Python blocks of a page."""
    text = (ROOT / page).read_text("utf-8")
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, found["code"], found["output"])
        for found in _BLOCK.finditer(text)
    ]


def links(page: Path) -> Iterator[Path]:
    """Yield the files that a page links to."""
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        yield page.parent / link


def run_python(
    *arguments: str | Path, cwd: Path, variables: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run this interpreter in a process of its own.

    Args:
        arguments: What the interpreter runs.
        cwd: The folder to run in.
        variables: Variables to add to the environment.
    """
    return subprocess.run(
        [sys.executable, "-I", *arguments],
        cwd=cwd,
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
