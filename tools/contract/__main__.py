"""Check the contract: ``python -m tools.contract lint|change|ci``.

Exit codes: 0 passed; 10 lint failed, 11 the version does not fit the change, 12 generated/ is out
of date, 13 a vector failed; 20 a tool or the history is missing, so nothing can be concluded. make
turns each of them into 2, so the JSON file contains the exit code as well.
"""

import argparse
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from attrs import frozen

from tools import OPENAPI, ROOT
from tools.contract.grading.version_check import check_version
from tools.contract.linting.linter import lint
from tools.contract.nodejs import MissingToolError
from tools.versioning.history import UnknownHistoryError

UNKNOWN = 20
"""The exit code if a tool or the history is missing, so that nothing can be concluded."""
STEPS = {"lint": 10, "change": 11, "generated": 12, "vectors": 13}
"""The exit code of each step that fails; if several fail, the first counts."""
_MODULES = {
    "generated": ["tools.generate", "--check"],
    "vectors": ["pytest", "tests/contract/test_vectors.py"],
}


@frozen
class Outcome:
    """The result of one step."""

    passed: bool
    lines: list[str]
    change: dict[str, Any] | None = None


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.contract",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=["lint", "change", "ci"])
    parser.add_argument("--base", help="the revision to compare with", default=None)
    parser.add_argument("--json", help="where to write the result", type=Path)
    options = parser.parse_args()
    failed: dict[str, int] = {}
    change = None
    for step in STEPS if options.task == "ci" else [options.task]:
        try:
            code, outcome = STEPS[step], _run(step, options.base or None)
        except (MissingToolError, UnknownHistoryError) as error:
            code, outcome = UNKNOWN, Outcome(False, [str(error)])
        print(f"{step}: {'passed' if outcome.passed else 'failed'}")
        if outcome.lines:
            print(textwrap.indent("\n".join(outcome.lines), "  "))
        if not outcome.passed:
            failed[step] = code
        change = outcome.change or change
    code = next(iter(failed.values()), 0)
    result = {
        "exit": code,
        "failed": list(failed),
        "grade": change["grade"] if change else None,
        "change": change,
    }
    target: Path = options.json or ROOT / "build" / f"contract-{options.task}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return code


def _run(step: str, base: str | None) -> Outcome:
    if step == "lint":
        violations = list(lint(OPENAPI))
        return Outcome(not violations, violations)
    if step == "change":
        try:
            change, lines = check_version(ROOT, base)
        except ValueError as error:
            return Outcome(False, [str(error)])
        return Outcome(change["passed"], lines, change)
    # Use the code of this checkout and the tools of this environment, whatever else is installed.
    code = os.pathsep.join(str(ROOT / each) for each in ("src", "generated", "mock/src"))
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "-m", *_MODULES[step]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": code, "PATH": tools},
    )
    output = (done.stdout + done.stderr).strip().splitlines()
    return Outcome(done.returncode == 0, output[-60:])


if __name__ == "__main__":
    sys.exit(main())
