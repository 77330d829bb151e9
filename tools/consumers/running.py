"""One run: a folder for the language, the bundle in it, a server beside it, the six lines."""

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
from tools.consumers.changes import EDITS, mock_api
from tools.consumers.languages import Language
from tools.consumers.prism import prism_server
from tools.contract import bundle, nodejs

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tests" / "consumers"
BUILD = ROOT / "build" / "consumers"
# Beside the environment of this interpreter; `make` sets it up.
GENERATOR = ROOT / ".venv-consumers" / "bin"
REPORT = "report.json"
LINES = "consume.sh"
OUTPUT = "output.txt"
SECONDS = 480


@frozen
class Result:
    """What a language's own test runner said."""

    passed: tuple[str, ...]
    failed: tuple[str, ...]
    inexpressible: tuple[str, ...]
    exit: int
    asked: frozenset[str]
    """The names of the vectors that the server knows."""

    @property
    def green(self) -> bool:
        """Whether the runner is content, and no vector was passed over."""
        ran = [*self.passed, *self.inexpressible]
        return not self.exit and not self.failed and sorted(ran) == sorted(self.asked)


def environment() -> dict[str, str]:
    """Return the environment in which the tools of every language are found."""
    places = [_node_commands(), Path(sys.executable).parent, GENERATOR]
    return {**os.environ, "PATH": os.pathsep.join([*map(str, places), os.environ["PATH"]])}


def run(
    language: Language, *, fault: bool = False, edit: str | None = None, prism: bool = False
) -> Result:
    """Generate the client of a language, let it pass the vectors, and return what it said."""
    folder = BUILD / language.name
    _prepare(folder, language.name)
    report = folder / REPORT
    report.unlink(missing_ok=True)
    version = _pack(folder, edit)
    with _server(fault, edit, prism) as host, (folder / OUTPUT).open("wb") as said:
        given = {"VERSION": version, "MOCK_SERVER": f"http://{host}"}
        if language.name == "python" and edit is not None:
            given["PYTHONPATH"] = str(_regenerated(folder))
        done = subprocess.run(
            ["timeout", str(SECONDS), "sh", "-e", LINES],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
            env={**environment(), **given, **({"EXAMPLES": "only"} if prism else {})},
        )
    reported = json.loads(report.read_text("utf-8")) if report.is_file() else {}
    named = {key: tuple(reported.get(key, ())) for key in ("passed", "failed", "inexpressible")}
    examples = {each.name for each in Contract.load().examples}
    asked = {each.name for each in load_vectors() if not prism or each.name in examples}
    return Result(**named, exit=done.returncode, asked=frozenset(asked))


@contextmanager
def _server(fault: bool, edit: str | None, prism: bool) -> Iterator[str]:
    if prism:
        with prism_server() as host:
            yield host
    else:
        with MockServer(mock_api(fault, edit)) as server:
            yield server.host


def output(language: Language) -> str:
    """Return the end of what a language's last run printed."""
    said = (BUILD / language.name / OUTPUT).read_text("utf-8", "replace")
    return "".join(f"  {line}\n" for line in said.splitlines()[-60:])


def _prepare(folder: Path, name: str) -> None:
    """Put the sources in place; what a package manager fetched before stays there."""
    folder.mkdir(parents=True, exist_ok=True)
    for archive in folder.glob("*.tar.gz"):
        archive.unlink()
    shutil.rmtree(folder / "contract", ignore_errors=True)
    shutil.rmtree(folder / "generated", ignore_errors=True)
    for source in _sources(SOURCES / name):
        target = folder / source.relative_to(SOURCES / name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _sources(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file())


def _pack(folder: Path, edit: str | None) -> str:
    """Write the bundle of the contract, edited if asked; return the contract's version."""
    text = (bundle.OPENAPI / "openapi.yaml").read_text("utf-8")
    document = yaml.safe_load(text)
    version: str = document["info"]["version"]
    if edit is not None:
        EDITS[edit](document)
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    files = bundle.contents(text)
    bundle.write(bundle.name_of(document), files, folder)
    return version


def _regenerated(folder: Path) -> Path:
    """Return what the package's generator makes of the bundle's document; it is found first."""
    document, target = folder / "edited.yaml", folder / "generated"
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        found = opened.extractfile(f"{archive.name.removesuffix('.tar.gz')}/openapi.yaml")
        assert found is not None
        document.write_bytes(found.read())
    generate = [sys.executable, "tools/generate.py"]
    places = ["--contract", str(document), "--output", str(target)]
    subprocess.run([*generate, *places], cwd=ROOT, check=True, env=environment())
    return target


def _node_commands() -> Path:
    """Return a folder with a Node that is new enough, and its npm, under their names."""
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
