"""One command for CI: lint, graded change, generated code and vectors, then one result."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen

from tools.contract.differ import DifferError
from tools.contract.document import UnreadableError
from tools.contract.history import UnknownHistoryError
from tools.contract.lint import lint
from tools.contract.nodejs import MissingToolError
from tools.contract.verdict import judge

ROOT = Path(__file__).resolve().parents[2]

UNKNOWN = 20
"""The exit code where a tool or the history is missing: nothing is said of the contract."""
STEPS = {"lint": 10, "change": 11, "generated": 12, "vectors": 13}
"""The exit code of each step that fails; of several, the first counts."""


@frozen
class Outcome:
    """What came of one step."""

    step: str
    code: int
    lines: tuple[str, ...] = ()
    verdict: dict[str, Any] | None = None


def run_lint() -> Outcome:
    """Check the contract as it stands."""
    found = tuple(str(each) for each in lint(ROOT / "openapi"))
    return Outcome("lint", STEPS["lint"] if found else 0, found)


def run_change(base: str | None = None) -> Outcome:
    """Grade what has changed, and check that the version moved by as much."""
    try:
        verdict = judge(ROOT, base)
    except (UnreadableError, ValueError) as error:
        return Outcome("change", STEPS["change"], (str(error),))
    code = STEPS["change"] if verdict.problems else 0
    return Outcome("change", code, tuple(verdict.lines()), verdict.as_json())


def run_generated() -> Outcome:
    """Check that ``generated/`` is what the contract says."""
    return _of_program("generated", "tools/generate.py", "--check")


def run_vectors() -> Outcome:
    """Run the client against the vectors."""
    return _of_program("vectors", "-m", "pytest", "tests/contract/test_vectors.py")


def report(run: Callable[[], Outcome], step: str) -> Outcome:
    """Run a step and print what it has to say."""
    try:
        outcome = run()
    except (MissingToolError, UnknownHistoryError, DifferError) as error:
        outcome = Outcome(step, UNKNOWN, (str(error),))
    print(f"{step}: {'failed' if outcome.code else 'passed'}")
    for line in outcome.lines:
        print("\n".join(f"  {each}".rstrip() for each in line.splitlines() or [""]))
    return outcome


def write(outcomes: list[Outcome], target: Path) -> int:
    """Write the result for other tools; return the exit code."""
    failed = [each for each in outcomes if each.code]
    code = failed[0].code if failed else 0
    change = next((each.verdict for each in outcomes if each.verdict), None)
    result = {
        "exit": code,
        "failed": [each.step for each in failed],
        "grade": change["grade"] if change else None,
        "change": change,
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return code


def _of_program(step: str, *arguments: str) -> Outcome:
    # This checkout's code and this environment's tools, whatever else there is.
    code = os.pathsep.join(str(ROOT / each) for each in ("src", "generated", "mock/src"))
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": code, "PATH": tools},
    )
    said = (done.stdout + done.stderr).strip().splitlines()
    return Outcome(step, STEPS[step] if done.returncode else 0, tuple(said[-60:]))
