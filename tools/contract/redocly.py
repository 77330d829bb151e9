"""Run Redocly CLI and read its JSON report."""

import json
import subprocess
from pathlib import Path

from tools.contract import nodejs
from tools.contract.document import Node


class RedoclyError(Exception):
    """Redocly failed without a report; the message has its output."""


def run(*arguments: str | Path) -> tuple[Node, "subprocess.CompletedProcess[str]"]:
    """Run a Redocly command; return its report and the finished process.

    Raises:
        RedoclyError: It wrote no report.
        MissingToolError: It is not installed.
    """
    done = nodejs.run(nodejs.REDOCLY, *arguments, "--format", "json")
    try:
        report: Node = json.loads(done.stdout[done.stdout.index("{") :])
    except ValueError:
        raise RedoclyError(f"Redocly failed:\n{done.stdout}{done.stderr}") from None
    return report, done
