"""``make contract-ci`` on a copy of the checkout: what fails, with which message, what passes.

Needs the tools from npm: ``make test-tools``.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.edits import EDITS
from support.repository import Repository, log_of

from tools import ROOT
from tools.generate.plain import DOCUMENT, derive_plain

pytestmark = pytest.mark.apart


@pytest.fixture
def checkout(tmp_path: Path) -> Repository:
    copy = tmp_path / "checkout"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.split():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    scratch = Repository(copy)
    document = yaml.safe_load((ROOT / "openapi" / "openapi.yaml").read_text("utf-8"))
    scratch.write(document)
    plain = derive_plain((copy / "openapi" / "openapi.yaml").read_text("utf-8"))
    (copy / "generated" / DOCUMENT).write_text(plain, "utf-8")
    scratch.commit()
    return scratch


def edit(checkout: Repository, name: str, version: str = "1.0.0", log: str | None = None) -> None:
    file = checkout.root / "openapi" / "openapi.yaml"
    document = yaml.safe_load(file.read_text("utf-8"))
    (found,) = (each for each in EDITS if each.name == name)
    found.apply(document)
    checkout.write(document, version, log)


def contract_ci(checkout: Repository) -> tuple[int, str, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tools.contract", "ci"],
        cwd=checkout.root,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    result = json.loads((checkout.root / "build" / "contract-ci.json").read_text("utf-8"))
    assert result["exit"] == done.returncode
    return done.returncode, done.stdout, result


def test_the_current_contract_passes(checkout: Repository) -> None:
    code, output, result = contract_ci(checkout)

    assert code == 0, output
    assert (result["failed"], result["grade"]) == ([], "none")


@pytest.mark.parametrize(
    ("name", "audience"),
    [
        ("a required field removed", "clients that read: Conference.enable_chat"),
        ("an enum constant renamed", "clients that read or send: VideoLayout"),
        ("an open enum closed", "clients that read: Conference.quality"),
        ("an optional field made required", "clients that read: ActiveSession: status"),
        (
            "an optional parameter made required",
            "clients that send: parameters IncludeActiveSession",
        ),
    ],
)
def test_a_breaking_edit_fails_with_its_audience_and_the_commands(
    checkout: Repository, name: str, audience: str
) -> None:
    edit(checkout, name)

    code, output, result = contract_ci(checkout)

    assert code in (10, 11)
    assert "change" in result["failed"]
    assert result["grade"] == "major"
    assert f"major for {audience}" in output
    assert "set info.version to 2.0.0 in openapi/openapi.yaml" in output
    assert "make generate check-contract-change" in output


def test_an_optional_field_passes_with_a_version_and_an_entry(
    checkout: Repository,
) -> None:
    name = "an optional field added"
    edit(checkout, name)
    code, output, result = contract_ci(checkout)
    assert (code, result["failed"]) == (11, ["change", "generated"]), output
    assert "set info.version to 1.1.0" in output
    assert "Run: make generate" in output

    checkout.git("checkout", "--quiet", "openapi")
    edit(checkout, name, "1.1.0", log_of("1.0.0"))
    generate = [sys.executable, "-m", "tools.generate"]
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": tools}
    subprocess.run(generate, cwd=checkout.root, check=True, env=environment)
    code, output, _ = contract_ci(checkout)
    assert code == 11
    assert "the first entry must be that of 1.1.0" in output

    checkout.git("checkout", "--quiet", "openapi")
    edit(checkout, name, "1.1.0")
    checkout.commit()
    code, output, result = contract_ci(checkout)
    assert code == 0, output
    assert (result["failed"], result["grade"]) == ([], "minor")


def test_an_extra_generated_file_fails(checkout: Repository) -> None:
    (checkout.root / "generated" / "signalwire_rest_wire" / "extra.py").write_text("")

    code, _, result = contract_ci(checkout)

    assert (code, result["failed"]) == (12, ["generated"])


def test_a_failing_vector_fails(checkout: Repository) -> None:
    source = checkout.root / "src" / "signalwire_rest" / "_errors.py"
    text = source.read_text("utf-8")
    source.write_text(text.replace("404: SignalWireRestNotFoundError", "405: SignalWireRestError"))

    code, _, result = contract_ci(checkout)

    assert (code, result["failed"]) == (13, ["vectors"])


def test_missing_history_is_reported_as_unknown(checkout: Repository) -> None:
    shutil.rmtree(checkout.root / ".git")

    code, output, result = contract_ci(checkout)

    assert (code, result["failed"]) == (20, ["change"])
    assert "no git history" in output
