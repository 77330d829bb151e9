"""``python -m tools.contract TASK``: what ``make`` runs.

Exit codes: 0 passed; 10 lint, 11 the version does not fit the change, 12 generated/ is not fresh,
13 a vector failed; 20 a tool or the history is missing, so nothing is known. Behind ``make`` all
of them are 2; the JSON of ``--json`` has them, too.
"""

import argparse
import functools
import sys
from collections.abc import Callable
from pathlib import Path

from tools.contract import ci


def main(arguments: list[str] | None = None) -> int:
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
        "generated": ci.run_generated,
        "vectors": ci.run_vectors,
    }
    chosen = steps if options.task == "ci" else {options.task: steps[options.task]}
    outcomes = [ci.report(run, step) for step, run in chosen.items()]
    return ci.write(outcomes, options.json or ci.ROOT / "build" / f"contract-{options.task}.json")


if __name__ == "__main__":
    sys.exit(main())
