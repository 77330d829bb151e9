"""``make generate`` and ``make check-generated``: reproducible, and strict about every loss."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools import OPENAPI, ROOT

pytestmark = pytest.mark.apart

CONTRACT = OPENAPI / "openapi.yaml"
CONFIG = ROOT / "generator-config.yaml"
BIN = Path(sys.executable).parent


def run(
    *arguments: str | Path, path: str | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    search = path if path is not None else f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, "-m", "tools.generate", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "PATH": search, **environment},
    )


def edited(folder: Path, edit: Callable[[Any], None], source: Path = CONTRACT) -> Path:
    document = yaml.safe_load(source.read_text())
    edit(document)
    target = folder / source.name
    target.write_text(yaml.safe_dump(document, sort_keys=False))
    return target


def tree(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    # Importing the committed code may leave byte code behind.
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in files
        if each.parent.name != "__pycache__"
    }


def test_the_committed_code_matches_the_contract() -> None:
    checked = run("--check")
    assert checked.stderr == ""
    assert checked.returncode == 0


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda package: (package / "extra.py").write_text(""), "not generated:"),
        (lambda package: (package / "types.py").unlink(), "missing:"),
        (lambda package: (package / "client.py").write_text("# mine\n"), "changed:"),
        (lambda package: (package.parent / "stray.txt").write_text(""), "not generated:"),
    ],
    ids=["untracked", "missing", "changed", "stray"],
)
def test_each_file_that_differs_is_named_with_the_command_to_run(
    tmp_path: Path, spoil: Callable[[Path], None], message: str
) -> None:
    copy = tmp_path / "generated"
    shutil.copytree(ROOT / "generated", copy)
    spoil(copy / "signalwire_rest_wire")

    checked = run("--check", "--output", copy)

    assert checked.returncode == 1
    assert message in checked.stderr
    assert "Run: make generate" in checked.stderr


def test_the_output_is_independent_of_its_surroundings(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    (hostile / "ruff.toml").write_text('line-length = 40\nexclude = ["*"]\n')
    for seed in ("0", "1", "4242"):
        made = hostile / seed
        assert run("--output", made, PYTHONHASHSEED=seed, TMPDIR=str(hostile)).returncode == 0
        assert tree(made) == tree(ROOT / "generated")


def fake_ruff(folder: Path, script: str) -> str:
    ruff = folder / "ruff"
    ruff.write_text(f"#!/bin/sh\n{script}\n")
    ruff.chmod(0o755)
    return f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin"


def test_another_version_of_the_formatter_is_an_error(tmp_path: Path) -> None:
    made = run("--output", tmp_path / "out", path=fake_ruff(tmp_path, "echo ruff 0.0.1"))
    assert made.returncode == 1
    assert "got 0.0.1" in made.stderr


def test_a_missing_formatter_is_an_error(tmp_path: Path) -> None:
    made = run("--output", tmp_path / "out", path=str(tmp_path))
    assert made.returncode == 1
    assert "none on the PATH" in made.stderr


def test_a_failing_formatter_is_an_error(tmp_path: Path) -> None:
    script = '[ "$1" = --version ] && echo ruff 0.17.6 || exit 3'
    made = run("--output", tmp_path / "out", path=fake_ruff(tmp_path, script))
    assert made.returncode == 1


def operation(document: Any) -> Any:
    return document["paths"]["/api/video/conferences/{id}"]["get"]


def drop_operation(document: Any) -> None:
    parameter = {"name": "id", "in": "path", "required": True}
    parameter["schema"] = {"$ref": "#/components/schemas/Nothing"}
    operation(document)["parameters"][0] = parameter


def drop_parameter(document: Any) -> None:
    nothing = {"$ref": "#/components/schemas/Nothing"}
    document["components"]["parameters"]["ConferenceId"]["schema"] = nothing


def drop_body(document: Any) -> None:
    nothing = {"$ref": "#/components/requestBodies/Nothing"}
    document["paths"]["/api/video/conferences"]["post"]["requestBody"] = nothing


def drop_response(document: Any) -> None:
    operation(document)["responses"]["404"] = {"$ref": "#/components/responses/Nothing"}


def range_of_statuses(document: Any) -> None:
    operation(document)["responses"]["5XX"] = operation(document)["responses"].pop("500")


def lose_a_member(document: Any) -> None:
    schema = document["components"]["schemas"]["SessionStatus"]
    schema["enum"] = ["in progress", "in-progress"]
    del schema["x-enum-varnames"]


def lose_a_schema(document: Any) -> None:
    document["components"]["schemas"]["Conference"]["properties"]["meta"] = {"$ref": "#/nowhere"}


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (drop_operation, "WARNING"),
        (drop_parameter, "WARNING"),
        (drop_body, "WARNING"),
        (drop_response, "WARNING"),
        (range_of_statuses, "the response 5XX"),
        (lose_a_member, "SessionStatus: the value"),
        (lose_a_schema, ""),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_an_element_without_generated_code_is_an_error(
    tmp_path: Path, edit: Callable[[Any], None], message: str
) -> None:
    made = run("--output", tmp_path / "out", "--contract", edited(tmp_path, edit))
    assert made.returncode == 1
    assert message in made.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_configuration_key_is_an_error(tmp_path: Path) -> None:
    def misspell(config: Any) -> None:
        config["post_hook"] = config.pop("post_hooks")

    made = run("--output", tmp_path / "out", "--config", edited(tmp_path, misspell, CONFIG))
    assert made.returncode == 1
    assert "unknown key post_hook" in made.stderr


NEW_FIELDS = {
    "waiting_room": {"type": "boolean", "description": "New."},
    "maxMembers": {"type": "integer", "description": "New."},
    "opened": {"type": "string", "format": "date", "description": "New."},
    "stops": {
        "type": "array",
        "description": "New.",
        "items": {"type": "string", "format": "date-time"},
    },
    "sessions": {
        "type": "array",
        "description": "New.",
        "items": {"$ref": "#/components/schemas/ActiveSession"},
    },
    "rate": {"type": "number", "description": "New."},
}

USES_THE_FIELD = """
import json, sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
import httpx
from signalwire_rest import RestClient, SignalWireRestContractError
page = json.loads(sys.argv[3])
def get(**changes):
    response = httpx.Response(200, json={**page, **changes})
    transport = httpx.MockTransport(lambda request: response)
    client = RestClient("p", "t", "h", http_client=httpx.Client(transport=transport))
    return client.video.conferences.get(page["id"], include_active_session=True)
good = dict(waiting_room=True, maxMembers=3, opened="2026-01-01", stops=["2026-01-01t00:00:00z"],
            sessions=[{"fps": 20.0, "start_time": "2026-01-01T00:00:00"}], rate=2)
found = get(**good)
assert found.waiting_room is True and found.max_members == 3 and found.opened.year == 2026
assert found.stops[0].tzinfo is not None and type(found.rate) is float
assert found.sessions[0].fps == 20 and found.sessions[0].start_time.tzinfo is not None
for bad, path in [(dict(waiting_room=1), "waiting_room"), (dict(maxMembers="3"), "maxMembers"),
                  (dict(opened="soon"), "opened"), (dict(stops=["soon"]), "stops[0]"),
                  (dict(sessions=[{}, {"fps": "x"}]), "sessions[1].fps"),
                  (dict(rate=True), "rate")]:
    try:
        get(**{**good, **bad})
    except SignalWireRestContractError as error:
        assert error.path == path, (error.path, path)
    else:
        raise AssertionError(path)
print("checked")
"""


def test_a_new_field_is_typed_and_validated_without_an_edit_in_src(
    tmp_path: Path,
) -> None:
    def add(document: Any) -> None:
        conference = document["components"]["schemas"]["Conference"]
        conference["properties"] |= NEW_FIELDS
        conference["required"] += list(NEW_FIELDS)

    made = run("--output", tmp_path / "generated", "--contract", edited(tmp_path, add))
    assert made.returncode == 0, made.stderr
    page = yaml.safe_load(CONTRACT.read_text())["components"]["examples"]["documented"]["value"]
    program = [sys.executable, "-c", USES_THE_FIELD]
    used = subprocess.run(
        [*program, tmp_path / "generated", ROOT / "src", json.dumps(page)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert used.stdout == "checked\n", used.stderr
