"""Grade the changes of the public API of ``signalwire_rest``: ``python -m tools.python_api``.

Exit codes: 0 passed, 11 the version does not fit the change, 20 there is not enough history.
"""

import argparse
import sys

from tools import ROOT
from tools.python_api.version_check import problems
from tools.versioning.history import UnknownHistoryError


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.python_api", description=__doc__)
    parser.add_argument("--base", help="the revision to compare with")
    try:
        found = list(problems(ROOT, parser.parse_args().base or None))
    except UnknownHistoryError as error:
        print(error, file=sys.stderr)
        return 20
    print(*found, sep="\n", end="\n" if found else "")
    return 11 if found else 0


if __name__ == "__main__":
    sys.exit(main())
