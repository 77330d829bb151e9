"""Run the checks of CI, lint, graded change, generated code and vectors, and write one result."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen

from tools import OPENAPI, ROOT
from tools.contract.document import UnreadableError
from tools.contract.grading.version_check import check_version
from tools.contract.linting.linter import lint
from tools.contract.nodejs import MissingToolError
from tools.versioning.history import UnknownHistoryError

VECTORS = "tests/contract/test_vectors.py"
UNKNOWN = 20
"""The exit code if a tool or the history is missing, so that nothing can be concluded."""
STEPS = {"lint": 10, "change": 11, "generated": 12, "vectors": 13}
"""The exit code of each step that fails; if several fail, the first counts."""


@frozen
class Outcome:
    """The result of one step."""

    step: str
    code: int
    lines: tuple[str, ...] = ()
    change: dict[str, Any] | None = None


def run_lint() -> Outcome:
    """Check the contract as it stands."""
    found = tuple(str(each) for each in lint(OPENAPI))
    return Outcome("lint", STEPS["lint"] if found else 0, found)


def run_change(base: str | None = None) -> Outcome:
    """Grade the changes, and check that the version was raised accordingly."""
    try:
        check = check_version(ROOT, base)
    except (UnreadableError, ValueError) as error:
        return Outcome("change", STEPS["change"], (str(error),))
    code = STEPS["change"] if check.problems else 0
    return Outcome("change", code, tuple(check.lines()), check.as_json())


def run_module(step: str, module: str, *arguments: str) -> Outcome:
    """Run a step that is a Python module in its own process."""
    # Use the code of this checkout and the tools of this environment, whatever else is installed.
    code = os.pathsep.join(str(ROOT / each) for each in ("src", "generated", "mock/src"))
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": code, "PATH": tools},
    )
    output = (done.stdout + done.stderr).strip().splitlines()
    return Outcome(step, STEPS[step] if done.returncode else 0, tuple(output[-60:]))


def report(run: Callable[[], Outcome], step: str) -> Outcome:
    """Run a step and print its result."""
    try:
        outcome = run()
    except (MissingToolError, UnknownHistoryError) as error:
        outcome = Outcome(step, UNKNOWN, (str(error),))
    print(f"{step}: {'failed' if outcome.code else 'passed'}")
    for line in outcome.lines:
        print("\n".join(f"  {each}".rstrip() for each in line.splitlines() or [""]))
    return outcome


def write(outcomes: list[Outcome], target: Path) -> int:
    """Write the result as JSON for other tools; return the exit code."""
    failed = [each for each in outcomes if each.code]
    code = failed[0].code if failed else 0
    change = next((each.change for each in outcomes if each.change), None)
    result = {
        "exit": code,
        "failed": [each.step for each in failed],
        "grade": change["grade"] if change else None,
        "change": change,
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return code
