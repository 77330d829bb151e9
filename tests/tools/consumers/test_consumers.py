"""The clients of other languages: their committed files, and how they are run.

``make consumers`` runs them; it needs their toolchains.
"""

import json
import re
import tomllib
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
PAGE = (ROOT / "docs" / "consume-the-contract.md").read_text("utf-8")

each_language = pytest.mark.parametrize("name", NAMES)


@each_language
def test_the_page_shows_the_script_which_has_six_lines_at_most(name: str) -> None:
    lines = (FOLDER / name / runner.SCRIPT).read_text("utf-8")

    assert f"```sh\n{lines}```\n" in PAGE
    assert len(lines.splitlines()) <= 6


@each_language
def test_each_inexpressible_vector_exists_and_has_a_reason(name: str) -> None:
    listed = json.loads((FOLDER / name / "inexpressible.json").read_text("utf-8"))

    assert set(listed) <= {each["name"] for each in vectors()}
    assert all(len(reason) > 20 for reason in listed.values())


def test_every_package_is_pinned_exactly() -> None:
    npm = json.loads((FOLDER / "typescript" / "package.json").read_text("utf-8"))
    cargo = tomllib.loads((FOLDER / "rust" / "Cargo.toml").read_text("utf-8"))
    maven = (FOLDER / "java" / "pom.xml").read_text("utf-8")
    crates = {**cargo["dependencies"], **cargo["dev-dependencies"]}
    del crates["wire"]

    packages = {**npm["dependencies"], **npm["devDependencies"]}
    pins = [each if isinstance(each, str) else each["version"] for each in crates.values()]
    versions = re.findall("<version>(.*)</version>", maven)

    assert len(packages) > 3 < len(pins)
    assert len(versions) > 8
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
    good, bad = edits.mock_api(), edits.mock_api(fault=True)

    differ = [each for each in vectors() if body_of(good, each) != body_of(bad, each)]

    assert [each["name"] for each in differ] == [edits.FAULTY]
    right, wrong = (json.loads(body_of(each, differ[0])) for each in (good, bad))
    assert {key for key in right if right[key] != wrong[key]} == {"enable_chat"}


def test_edits_add_or_remove_what_their_names_say() -> None:
    before = yaml.safe_load((OPENAPI / "openapi.yaml").read_text("utf-8"))["components"]["schemas"]
    after = {}
    for name, edit in edits.EDITS.items():
        document = yaml.safe_load((OPENAPI / "openapi.yaml").read_text("utf-8"))
        edit(document)
        after[name] = document["components"]["schemas"]

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
    missing = Language("cobol", [("no-such-compiler", "--version")])
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

    assert is_expected(result(["all-null"], ["documented"], 1), True, None)
    assert not is_expected(result(["documented", "all-null"], [], 0), True, None)
    assert not is_expected(result(["documented"], ["all-null"], 1), True, None)
    assert not is_expected(result([], [], 1), True, None)
    assert not is_expected(result([], [], 1), False, "remove")
