"""Derive the sync code of the client from its async code, or check that it is up to date.

Each ``_sync`` folder below ``src/signalwire_rest`` is derived from the ``_async`` folder beside it.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import unasync

from tools.generate import differences

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "signalwire_rest"

_REPLACEMENTS = {
    "aclose": "close",
    "handle_async_request": "handle_request",
    # A sync call cannot be cancelled, so its scope does nothing.
    "anyio": "contextlib",
    "fail_after": "nullcontext",
}


def sync_name(name: str) -> str:
    """Return the name in sync code for a name in async code."""
    if name in _REPLACEMENTS:
        return _REPLACEMENTS[name]
    name = re.sub(r"^(_*)Async(?=[A-Z])", r"\1", name)
    return "_sync" if name == "_async" else name.removeprefix("async_")


def derive(source: Path, target: Path) -> None:
    """Write the ``_sync`` folders of ``source`` into ``target``, at the same paths."""
    for folder in source.rglob("_async"):
        copy = target / folder.relative_to(source)
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
    files = sorted(target.rglob("_async/*.py"))
    names = {name for file in files for name in re.findall(r"\w+", file.read_text("utf-8"))}
    replacements = {name: sync_name(name) for name in names if sync_name(name) != name}
    rule = unasync.Rule("/_async/", "/_sync/", replacements)
    unasync.unasync_files([str(file) for file in files], [rule])
    for folder in target.rglob("_async"):
        shutil.rmtree(folder)
    for file in target.rglob("_sync/*.py"):
        header = f"# Derived from _async/{file.name} by `make generate`. Do not edit.\n"
        file.write_text(header + file.read_text("utf-8"), "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    options = ["--quiet", "--no-cache", "--config", str(ROOT / "pyproject.toml"), str(target)]
    subprocess.run([*ruff, "check", "--select", "I", "--fix", *options], check=True)
    subprocess.run([*ruff, "format", *options], check=True)


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, compare")
    parser.add_argument("--source", type=Path, default=SOURCE, help="(default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        derive(options.source, fresh)
        stale: list[str] = []
        for made in sorted(fresh.rglob("_sync")):
            committed = options.source / made.relative_to(fresh)
            stale += [f"{committed.parent.name}/{each}" for each in differences(made, committed)]
            if not options.check:
                shutil.rmtree(committed, ignore_errors=True)
                shutil.copytree(made, committed)
    if stale and options.check:
        print("The sync code is not up to date. Run: make generate", *stale, sep="\n  ")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
