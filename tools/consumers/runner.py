"""Run the client of one language: prepare its folder, start a mock server, run its script."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from attrs import frozen

from signalwire_rest_mock import Contract, MockServer, load_vectors
from tools import OPENAPI, ROOT
from tools.consumers.edits import EDITS, mock_api
from tools.consumers.languages import Language
from tools.consumers.prism import prism_server
from tools.contract import nodejs
from tools.contract.publishing import bundle

SOURCES = ROOT / "tests" / "consumers"
BUILD = ROOT / "build" / "consumers"
# The environment that `make` creates for the generators.
GENERATORS = ROOT / ".venv-consumers" / "bin"
REPORT = "report.json"
SCRIPT = "consume.sh"
OUTPUT = "output.txt"
TIMEOUT = 480


@frozen
class Result:
    """The report of a language's test runner."""

    passed: tuple[str, ...]
    failed: tuple[str, ...]
    inexpressible: tuple[str, ...]
    exit: int
    vectors: frozenset[str]
    """The names of the vectors that had to be run."""

    @property
    def green(self) -> bool:
        """Whether every vector was run, and none failed."""
        ran = [*self.passed, *self.inexpressible]
        return not self.exit and not self.failed and sorted(ran) == sorted(self.vectors)


def environment() -> dict[str, str]:
    """Return environment variables with the tools of every language on the PATH."""
    folders = [_node_commands(), Path(sys.executable).parent, GENERATORS]
    return {**os.environ, "PATH": os.pathsep.join([*map(str, folders), os.environ["PATH"]])}


def run(
    language: Language, *, fault: bool = False, edit: str | None = None, prism: bool = False
) -> Result:
    """Generate the client of a language, run its vectors, and return the result."""
    folder = BUILD / language.name
    _prepare(folder, language.name)
    report = folder / REPORT
    report.unlink(missing_ok=True)
    version = _pack(folder, edit)
    with _server(fault, edit, prism) as host, (folder / OUTPUT).open("wb") as written:
        variables = {"VERSION": version, "MOCK_SERVER": f"http://{host}"}
        if language.name == "python" and edit is not None:
            variables["PYTHONPATH"] = str(_regenerate(folder))
        if prism:
            variables["EXAMPLES"] = "only"
        done = subprocess.run(
            ["timeout", str(TIMEOUT), "sh", "-e", SCRIPT],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            check=False,
            env={**environment(), **variables},
        )
    reported = json.loads(report.read_text("utf-8")) if report.is_file() else {}
    named = {key: tuple(reported.get(key, ())) for key in ("passed", "failed", "inexpressible")}
    examples = {each.name for each in Contract.load().examples}
    vectors = {each.name for each in load_vectors() if not prism or each.name in examples}
    return Result(**named, exit=done.returncode, vectors=frozenset(vectors))


@contextmanager
def _server(fault: bool, edit: str | None, prism: bool) -> Iterator[str]:
    if prism:
        with prism_server() as host:
            yield host
    else:
        with MockServer(mock_api(fault, edit)) as server:
            yield server.host


def output(language: Language) -> str:
    """Return the last lines of a language's output."""
    text = (BUILD / language.name / OUTPUT).read_text("utf-8", "replace")
    return "".join(f"  {line}\n" for line in text.splitlines()[-60:])


def _prepare(folder: Path, name: str) -> None:
    """Copy the sources of a client; keep what its package manager has downloaded."""
    folder.mkdir(parents=True, exist_ok=True)
    for archive in folder.glob("*.tar.gz"):
        archive.unlink()
    for stale in ("contract", "generated"):
        shutil.rmtree(folder / stale, ignore_errors=True)
    shutil.copytree(SOURCES / name, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)


def _pack(folder: Path, edit: str | None) -> str:
    """Write the bundle of the contract, edited if requested; return the contract's version."""
    text = (OPENAPI / "openapi.yaml").read_text("utf-8")
    document = yaml.safe_load(text)
    version: str = document["info"]["version"]
    if edit is not None:
        EDITS[edit](document)
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    bundle.write(bundle.name_of(document), bundle.contents(text), folder)
    return version


def _regenerate(folder: Path) -> Path:
    """Generate the Python package from the document in the bundle; return its folder."""
    document, target = folder / "edited.yaml", folder / "generated"
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        found = opened.extractfile(f"{archive.name.removesuffix('.tar.gz')}/openapi.yaml")
        assert found is not None
        document.write_bytes(found.read())
    paths = ["--contract", str(document), "--output", str(target)]
    command = [sys.executable, "-m", "tools.generate", *paths]
    subprocess.run(command, cwd=ROOT, check=True, env=environment())
    return target


def _node_commands() -> Path:
    """Return a folder with the node, npm and npx of a recent Node.js."""
    folder = BUILD / "node"
    folder.mkdir(parents=True, exist_ok=True)
    node = nodejs.node()
    scripts = node.parents[1] / "lib" / "node_modules" / "npm" / "bin"
    for name, target in (("npm", scripts / "npm-cli.js"), ("npx", scripts / "npx-cli.js")):
        command = folder / name
        command.write_text(f'#!/bin/sh\nexec "{node}" "{target}" "$@"\n', "utf-8")
        command.chmod(0o755)
    link = folder / "node"
    link.unlink(missing_ok=True)
    link.symlink_to(node)
    return folder
