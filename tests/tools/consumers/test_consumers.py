"""The clients of other languages: their committed files, and how they are run.

``make consumers`` runs them; it needs their toolchains.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from support.vectors import OPENAPI, vectors

from signalwire_rest_mock import Request
from tools import ROOT
from tools.consumers import __main__ as command
from tools.consumers import edits, runner
from tools.consumers.languages import LANGUAGES, Language

FOLDER = ROOT / "tests" / "consumers"
NAMES = [each.name for each in LANGUAGES]
DOCUMENTED = [each.name for each in LANGUAGES if not each.plain]
PLAIN = [each.name for each in LANGUAGES if each.plain]
PAGE = (ROOT / "docs" / "consume-the-contract.md").read_text("utf-8")

each_language = pytest.mark.parametrize("name", NAMES)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_page_shows_the_script(name: str) -> None:
    assert f"```sh\n{script(name)}```\n" in PAGE


def script(name: str) -> str:
    return (FOLDER / name / runner.SCRIPT).read_text("utf-8")


@pytest.mark.parametrize("name", PLAIN)
def test_the_runner_of_a_plain_client_has_60_lines_at_most(name: str) -> None:
    (file,) = (each for each in (FOLDER / name).rglob("*") if each.suffix in (".py", ".kt", ".go"))
    assert len(file.read_text("utf-8").splitlines()) <= 60


def stubs(folder: Path, *names: str) -> Path:
    """Return a folder of commands that record that they were called."""
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"#!/bin/sh\necho {name} >> {folder}/called\n", "utf-8")
        (folder / name).chmod(0o755)
    return folder


def run_script(name: str, folder: Path, path: Path) -> "subprocess.CompletedProcess[str]":
    (folder / runner.SCRIPT).write_text(script(name), "utf-8")
    return subprocess.run(
        ["sh", runner.SCRIPT],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "VERSION": "2.0.1", "PATH": f"{path}{os.pathsep}{os.environ['PATH']}"},
    )


TOOLS = ("python", "npm", "npx", "go", "mvn", "javac", "openapi-generator-cli", "cargo", "sed")


@each_language
@pytest.mark.parametrize("checksum", ["", "0" * 64 + "  signalwire-video-contract-2.0.1.tar.gz\n"])
def test_a_script_stops_before_it_generates_if_the_archive_is_missing_or_wrong(
    name: str, checksum: str, tmp_path: Path
) -> None:
    commands = stubs(tmp_path / "commands", *TOOLS)
    (commands / "node").write_text("#!/bin/sh\necho v22.1.0\n", "utf-8")
    (commands / "node").chmod(0o755)
    (tmp_path / "SHA256SUMS").write_text(checksum, "utf-8")
    (tmp_path / "signalwire-video-contract-2.0.1.tar.gz").write_bytes(b"")

    done = run_script(name, tmp_path, commands)

    assert done.returncode != 0
    called = commands / "called"
    assert not called.exists() or called.read_text("utf-8") == "javac\n"


@pytest.mark.parametrize(
    ("name", "tool", "says", "message"),
    [
        ("typescript", "node", "echo v20.20.2", "Node 22 or newer is needed\n"),
        ("java", "javac", "exit 2", "a JDK, 17 or newer, is needed\n"),
        ("kotlin", "javac", "exit 2", "a JDK, 17 or newer, is needed\n"),
    ],
)
def test_a_script_names_the_version_that_it_needs_before_it_changes_anything(
    name: str, tool: str, says: str, message: str, tmp_path: Path
) -> None:
    old = tmp_path / "contract" / "old"
    old.mkdir(parents=True)
    commands = stubs(tmp_path / "commands", tool)
    (commands / tool).write_text(f"#!/bin/sh\n{says}\n", "utf-8")

    done = run_script(name, tmp_path, commands)

    assert (done.stdout, done.stderr) == ("", message)
    assert done.returncode == 1
    assert old.is_dir()


@each_language
def test_each_inexpressible_vector_exists_and_has_a_reason(name: str) -> None:
    listed = json.loads((FOLDER / name / "inexpressible.json").read_text("utf-8"))

    assert set(listed) <= {each["name"] for each in vectors()}
    assert all(len(reason) > 20 for reason in listed.values())


@pytest.mark.skipif(
    shutil.which("curl") is None and os.environ.get("CI") != "true", reason="curl is missing"
)
def test_the_page_waits_until_the_mock_server_listens() -> None:
    (waiting,) = (line for line in PAGE.splitlines() if '"$MOCK_SERVER"' in line)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        address = "http://{}:{}".format(*server.getsockname())
        command = ["sh", "-c", waiting.replace("curl ", "curl --verbose ")]
        variables = {**os.environ, "MOCK_SERVER": address, "no_proxy": "127.0.0.1"}
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=variables) as process:
            assert process.stderr is not None
            assert any("refused" in line for line in process.stderr)
            server.listen()
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
            process.stderr.read()
        assert process.returncode == 0


def test_every_package_is_pinned_exactly() -> None:
    npm = json.loads((FOLDER / "typescript" / "package.json").read_text("utf-8"))
    cargo = tomllib.loads((FOLDER / "rust" / "Cargo.toml").read_text("utf-8"))
    maven = "".join(each.read_text("utf-8") for each in FOLDER.glob("*/pom.xml"))
    pip = (FOLDER / "openapi-generator-python" / "requirements.txt").read_text("utf-8")
    crates = {**cargo["dependencies"], **cargo["dev-dependencies"]}
    del crates["wire"]

    packages = {**npm["dependencies"], **npm["devDependencies"]}
    pins = [each if isinstance(each, str) else each["version"] for each in crates.values()]
    versions = re.findall("<(?:kotlin.)?version>([^$]*?)</", maven)

    assert len(packages) > 3 < len(pins)
    assert len(versions) > 14
    assert re.findall(r"^[^ #].*$", pip, re.MULTILINE) == re.findall(
        r"^\S+==\S+.*$", pip, re.MULTILINE
    )
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", each) for each in packages.values())
    assert all(re.fullmatch(r"=\d+\.\d+\.\d+", each) for each in pins)
    assert all(re.fullmatch(r"\d+(\.\d+)+", each) for each in versions)
    prism = json.loads((ROOT / "tools" / "node" / "package.json").read_text("utf-8"))
    assert f"@stoplight/prism-cli@{prism['dependencies']['@stoplight/prism-cli']} " in PAGE


def test_no_download_address_and_no_generated_code_is_committed() -> None:
    files = [each for each in FOLDER.rglob("*") if each.is_file()]
    assert len(files) > 20
    for file in files:
        text = file.read_text("utf-8")
        assert not re.search(r'"resolved"|https?://[^"\s]*(registry|npmjs|crates\.io|proxy)', text)
    assert not {"Cargo.lock", "generated", "node_modules", "target"} & {
        part for each in files for part in each.relative_to(FOLDER).parts
    }


def body_of(api: Any, vector: dict[str, Any]) -> bytes:
    request = vector["request"]
    query = f"?{urlencode(request['query'])}" if request["query"] else ""
    headers = {**request["headers"], "Prefer": f"example={vector['name']}"}
    body = json.dumps(request["body"]).encode() if "body" in request else b""
    response = api.respond(Request(request["method"], request["path"] + query, headers, body))
    content: bytes = response.body
    return content


def test_a_fault_is_one_wrong_field_in_one_vector() -> None:
    good, bad = edits.mock_api(), edits.mock_api("fault")

    differ = [each for each in vectors() if body_of(good, each) != body_of(bad, each)]

    assert [each["name"] for each in differ] == [edits.FAULTY]
    right, wrong = (json.loads(body_of(each, differ[0])) for each in (good, bad))
    assert {key for key in right if right[key] != wrong[key]} == {"enable_chat"}
    file = (OPENAPI / "vectors" / f"{edits.FAULTY}.json").read_bytes()
    body = json.loads(edits.wrong(file))["response"]["body"]
    assert json.loads("\n".join(body)) == wrong


def test_edits_add_or_remove_what_their_names_say() -> None:
    before = yaml.safe_load((OPENAPI / "openapi.yaml").read_text("utf-8"))["components"]["schemas"]
    after = {}
    for name, edit in edits.EDITS.items():
        document = yaml.safe_load((OPENAPI / "openapi.yaml").read_text("utf-8"))
        edit(document)
        after[name] = document["components"]["schemas"]
        parameters = document["paths"]["/api/video/conferences/{id}"]["get"]["parameters"]
        optional = {each["name"] for each in parameters if "$ref" not in each}
        assert optional == ({"include_seats"} if name == "add" else set())

    added, removed = after["add"], after["remove"]
    assert added["Conference"]["required"] == before["Conference"]["required"]
    assert set(added["Conference"]["properties"]) > set(before["Conference"]["properties"])
    assert set(added["VideoQuality"]["enum"]) > set(before["VideoQuality"]["enum"])
    assert set(before["Conference"]["required"]) - set(removed["Conference"]["required"]) == {
        "enable_chat"
    }


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_missing_toolchain_is_skipped_but_fails_in_ci(
    ci: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", ci)
    missing = Language("cobol", ["no-such-compiler --version"])
    monkeypatch.setattr(command, "LANGUAGES", (missing,))

    assert command.main(["cobol"]) == code

    assert capsys.readouterr().out == "cobol: skipped, no-such-compiler is missing\n"


def result(passed: list[str], failed: list[str], exit_code: int) -> runner.Result:
    names = frozenset({"documented", "all-null"})
    return runner.Result(tuple(passed), tuple(failed), (), exit_code, names)


def test_a_run_is_green_only_if_every_vector_was_run() -> None:
    assert result(["documented", "all-null"], [], 0).green
    assert not result(["documented"], [], 0).green
    assert not result(["documented", "documented"], [], 0).green
    assert not result(["documented", "all-null"], [], 1).green
    assert not result(["all-null"], ["documented"], 1).green


def test_an_unnoticed_fault_is_a_failure() -> None:
    is_expected = command._is_expected
    assert is_expected(result(["all-null"], ["documented"], 1), "fault")
    assert not is_expected(result(["documented", "all-null"], [], 0), "fault")
    assert not is_expected(result(["documented"], ["all-null"], 1), "fault")
    assert not is_expected(result([], [], 1), "fault")
    assert not is_expected(result([], [], 1), "remove")
