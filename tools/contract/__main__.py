"""``python -m tools.contract TASK``: what ``make`` runs."""

import argparse
import sys
from pathlib import Path

from tools.contract.lint import lint
from tools.contract.nodejs import MissingToolError

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.contract", description=__doc__)
    parser.add_argument("task", choices=["lint"])
    parser.parse_args(arguments)
    try:
        return _lint()
    except MissingToolError as error:
        print(error, file=sys.stderr)
        return 20


def _lint() -> int:
    found = list(lint(ROOT / "openapi"))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(found)} problems" if found else "the contract is as openapi/README.md has it")
    return 10 if found else 0


if __name__ == "__main__":
    sys.exit(main())
