"""Derive the sync code of the client from its async code.

Each ``_sync`` folder is derived from the ``_async`` folder beside it.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import unasync

from tools import ROOT

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


def derive(source: Path, target: Path) -> list[Path]:
    """Write the ``_sync`` folders of ``source`` into ``target``; return their relative paths."""
    for folder in source.rglob("_async"):
        copy = target / folder.relative_to(source)
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
    files = sorted(target.rglob("_async/*.py"))
    names = {name for file in files for name in re.findall(r"\w+", file.read_text("utf-8"))}
    replacements = {name: sync_name(name) for name in names if sync_name(name) != name}
    rule = unasync.Rule("/_async/", "/_sync/", replacements)
    unasync.unasync_files([str(file) for file in files], [rule])
    for folder in list(target.rglob("_async")):
        shutil.rmtree(folder)
    for file in target.rglob("_sync/*.py"):
        header = f"# Derived from _async/{file.name} by `make generate`. Do not edit.\n"
        file.write_text(header + file.read_text("utf-8"), "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    options = ["--quiet", "--no-cache", "--config", str(ROOT / "pyproject.toml"), str(target)]
    subprocess.run([*ruff, "check", "--select", "I", "--fix", *options], check=True)
    subprocess.run([*ruff, "format", *options], check=True)
    return sorted(each.relative_to(target) for each in target.rglob("_sync"))
