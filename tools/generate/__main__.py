"""Regenerate ``generated/`` and the sync code, or check that they are up to date."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools import OPENAPI, ROOT
from tools.generate.generator import GenerationError, generate
from tools.generate.plain import DOCUMENT, derive_plain
from tools.generate.sync_code import derive


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and change nothing")
    parser.add_argument("--contract", type=Path, default=OPENAPI / "openapi.yaml")
    parser.add_argument("--config", type=Path, default=ROOT / "generator-config.yaml")
    parser.add_argument("--output", type=Path, default=ROOT / "generated")
    parser.add_argument("--source", type=Path, default=ROOT / "src" / "signalwire_rest")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            pairs = _generate(options, Path(folder))
            stale = {each: lines for each in pairs if (lines := list(differences(*each)))}
            if stale and options.check:
                listed = "\n  ".join(line for lines in stale.values() for line in lines)
                raise GenerationError(f"not up to date:\n  {listed}\nRun: make generate")
            for fresh, committed in stale:
                shutil.rmtree(committed, ignore_errors=True)
                shutil.copytree(fresh, committed)
    except GenerationError as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        print("generated/ and the sync code are up to date")
    return 0


def _generate(options: argparse.Namespace, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Generate everything below a folder; yield each generated folder and the committed one."""
    fresh = folder / "generated"
    fresh.mkdir()
    generate(options.contract.resolve(), options.config.resolve(), fresh)
    (fresh / DOCUMENT).write_text(derive_plain(options.contract.read_text("utf-8")), "utf-8")
    yield fresh, options.output
    derived = derive(options.source, folder / "source")
    # A sync folder without an async one beside it is left over.
    left_over = {each.relative_to(options.source) for each in options.source.rglob("_sync")}
    for path in {*derived, *left_over}:
        (folder / "source" / path).mkdir(parents=True, exist_ok=True)
        yield folder / "source" / path, options.source / path


def differences(expected: Path, actual: Path) -> Iterator[str]:
    """Yield a line for each file in which the folder ``actual`` differs from ``expected``."""
    files = [(root, each) for root in (expected, actual) for each in root.rglob("*")]
    found = {each.relative_to(root) for root, each in files if each.is_file()}
    for file in sorted(each for each in found if "__pycache__" not in each.parts):
        if not (actual / file).is_file():
            yield f"missing: {actual.parent.name}/{actual.name}/{file}"
        elif not (expected / file).is_file():
            yield f"not generated: {actual.parent.name}/{actual.name}/{file}"
        elif (expected / file).read_bytes() != (actual / file).read_bytes():
            yield f"changed: {actual.parent.name}/{actual.name}/{file}"


if __name__ == "__main__":
    sys.exit(main())
