"""Check the contract: ``python -m tools.contract lint|change|ci``.

Exit codes: 0 passed; 10 lint failed, 11 the version does not fit the change, 12 generated/ is out
of date, 13 a vector failed; 20 a tool or the history is missing, so nothing can be concluded. make
turns each of them into 2, so the JSON file contains the exit code as well.
"""

import argparse
import functools
import sys
from collections.abc import Callable
from pathlib import Path

from tools import ROOT
from tools.contract import ci


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.contract",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=["lint", "change", "ci"])
    parser.add_argument("--base", help="the revision to compare with", default=None)
    parser.add_argument("--json", help="where to write the result", type=Path)
    options = parser.parse_args(arguments)
    steps: dict[str, Callable[[], ci.Outcome]] = {
        "lint": ci.run_lint,
        "change": functools.partial(ci.run_change, options.base or None),
        "generated": functools.partial(ci.run_module, "generated", "tools.generate", "--check"),
        "vectors": functools.partial(ci.run_module, "vectors", "pytest", ci.VECTORS),
    }
    chosen = steps if options.task == "ci" else {options.task: steps[options.task]}
    outcomes = [ci.report(run, step) for step, run in chosen.items()]
    return ci.write(outcomes, options.json or ROOT / "build" / f"contract-{options.task}.json")


if __name__ == "__main__":
    sys.exit(main())
