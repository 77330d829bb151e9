"""Run the client of one language: prepare its folder, start a mock server, run its script."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from attrs import frozen

from signalwire_rest_mock import Contract, MockServer
from tools import OPENAPI, ROOT
from tools.consumers.edits import EDITS, FAULTY, adapt, mock_api, wrong
from tools.consumers.languages import Language
from tools.consumers.prism import prism_server
from tools.contract import nodejs
from tools.contract.publishing import bundle, releases

SOURCES = ROOT / "tests" / "consumers"
BUILD = ROOT / "build" / "consumers"
# The environment that `make` creates for the generators.
GENERATORS = ROOT / ".venv-consumers" / "bin"
REPORT = "report.json"
SCRIPT = "consume.sh"
OUTPUT = "output.txt"
UNPACKED = Path("contract", "openapi.open-enums.yaml")
OLD = "1.0.0"
"""The version from which an upgrade starts."""


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


def run(language: Language, variation: str) -> Result:
    """Generate the client of a language, run its vectors, and return the result.

    Args:
        language: The language.
        variation: What differs from the plain run: ``fault`` (one field of one response is wrong),
            ``add`` or ``remove`` (the contract is edited), ``prism`` (Prism is the server),
            ``upgrade`` (the folder has been used with the version ``OLD`` before), or nothing.
    """
    folder = BUILD / language.name
    _prepare(folder, language.name)
    with _server(variation) as host:
        if variation == "upgrade":
            _run_old(folder, host)
        (folder / REPORT).unlink(missing_ok=True)
        variables = {"VERSION": _pack(folder, language, variation)}
        if variation == "prism":
            variables["EXAMPLES"] = "only"
        if variation in EDITS and language.name == "python":
            variables["PYTHONPATH"] = str(_regenerate(folder))
        code = _run_script(folder, host, variables)
    report = folder / REPORT
    reported = json.loads(report.read_text("utf-8")) if report.is_file() else {}
    named = {key: tuple(reported.get(key, ())) for key in ("passed", "failed", "inexpressible")}
    return Result(**named, exit=code, vectors=_expected(language, variation))


def _expected(language: Language, variation: str) -> frozenset[str]:
    """Return the names of the vectors that have to be run."""
    files = (OPENAPI / "vectors").glob("*.json")
    parsed = [json.loads(each.read_text("utf-8")) for each in files]
    examples = {each.name for each in Contract.load().examples}
    return frozenset(
        each["name"]
        for each in parsed
        if (each["expect"].get("model") or not language.plain)
        and (each["name"] in examples or variation != "prism")
    )


def _run_old(folder: Path, host: str) -> None:
    """Run the commands with the version ``OLD``, which today's code may not pass."""
    with releases.released(OLD) as openapi:
        text = (openapi / "openapi.yaml").read_text("utf-8")
        bundle.write(bundle.contents(text, openapi), folder)
    _run_script(folder, host, {"VERSION": OLD})
    if f"\n  version: {OLD}\n" not in (folder / UNPACKED).read_text("utf-8"):
        raise RuntimeError(f"{folder} does not contain version {OLD}")


def _run_script(folder: Path, host: str, variables: dict[str, str]) -> int:
    """Run the documented commands in a folder; return the exit code."""
    with (folder / OUTPUT).open("ab") as written:
        done = subprocess.run(
            ["timeout", "480", "sh", SCRIPT],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            check=False,
            env={**environment(), "MOCK_SERVER": f"http://{host}", **variables},
        )
    return done.returncode


@contextmanager
def _server(variation: str) -> Iterator[str]:
    if variation == "prism":
        with prism_server() as host:
            yield host
    else:
        with MockServer(mock_api(variation)) as server:
            yield server.host


def output(language: Language) -> str:
    """Return the last lines of a language's output."""
    text = (BUILD / language.name / OUTPUT).read_text("utf-8", "replace")
    return "".join(f"  {line}\n" for line in text.splitlines()[-60:])


def _prepare(folder: Path, name: str) -> None:
    """Copy the sources of a client; keep what earlier runs have downloaded and generated."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in (*folder.glob("*.tar.gz"), folder / OUTPUT):
        stale.unlink(missing_ok=True)
    shutil.copytree(SOURCES / name, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)


def _pack(folder: Path, language: Language, variation: str) -> str:
    """Write the archive, edited or with a fault if requested; return the contract's version."""
    text = (OPENAPI / "openapi.yaml").read_text("utf-8")
    document = yaml.safe_load(text)
    version: str = document["info"]["version"]
    if variation in EDITS:
        EDITS[variation](document)
        adapt(folder, variation)
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    files = bundle.contents(text)
    if variation == "fault" and language.plain:
        # It reads the vectors themselves, and no server.
        name = f"vectors/{FAULTY}.json"
        files[name] = wrong(files[name])
    bundle.write(files, folder)
    return version


def _regenerate(folder: Path) -> Path:
    """Generate the Python package from the document in the bundle; return its folder."""
    target = folder / "generated"
    (archive,) = folder.glob("*.tar.gz")
    shutil.unpack_archive(archive, folder, filter="data")
    document = folder / archive.name.removesuffix(".tar.gz") / UNPACKED.name
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
