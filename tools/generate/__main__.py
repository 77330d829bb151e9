"""Regenerate ``generated/`` from the contract, or check that it is up to date."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tools import OPENAPI, ROOT
from tools.generate.generator import GenerationError, generate
from tools.generate.trees import differences


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and change nothing")
    parser.add_argument("--contract", type=Path, default=OPENAPI / "openapi.yaml")
    parser.add_argument("--config", type=Path, default=ROOT / "generator-config.yaml")
    parser.add_argument("--output", type=Path, default=ROOT / "generated")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder, "fresh")
            fresh.mkdir()
            generate(options.contract.resolve(), options.config.resolve(), fresh)
            if not options.check:
                shutil.rmtree(options.output, ignore_errors=True)
                shutil.copytree(fresh, options.output)
            elif stale := list(differences(fresh, options.output)):
                raise GenerationError(
                    f"{options.output.name}/ does not match the contract:\n  "
                    + "\n  ".join(stale)
                    + "\nRun: make generate (and commit the changes)"
                )
    except GenerationError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
