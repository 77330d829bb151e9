"""One distribution: what is in it, and that it works in an environment with nothing else."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from signalwire_rest_standin import Server

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
WHEELS = BIN.parent / "wheels"

TYPED_USE = '''
# pyright: strict
"""A user's file: what a type checker has to know of the client."""
from datetime import datetime
from typing import Any, assert_type
from uuid import UUID

from signalwire_rest import (
    ActiveSession, AsyncRestClient, Conference, ConferenceLayout, ConferenceMeta, ConferenceSize,
    FramesPerSecond, RequestOptions, RestClient, SessionStatus, SignalWireRestContractError,
    SignalWireRestError, SignalWireRestRateLimitError, Unset, VideoQuality,
)


def sync(client: RestClient) -> None:
    conference = client.video.conferences.get(
        "conference-id", include_active_session=True, request_options=RequestOptions(timeout=5)
    )
    assert_type(conference, Conference)
    assert_type(conference.id, UUID)
    assert_type(conference.name, str)
    assert_type(conference.display_name, str | None)
    assert_type(conference.join_from, datetime | None)
    assert_type(conference.created_at, datetime)
    assert_type(conference.quality, VideoQuality | str)
    assert_type(conference.layout, ConferenceLayout | str)
    assert_type(conference.size, ConferenceSize | str | None)
    assert_type(conference.enable_chat, bool)
    assert_type(conference.meta, ConferenceMeta | None)
    assert_type(conference.active_session, ActiveSession | None | Unset)
    assert_type(conference.to_dict(), dict[str, Any])
    if session := conference.active_session:
        assert_type(session, ActiveSession)
        assert_type(session.status, SessionStatus | str | None | Unset)
        assert_type(session.fps, FramesPerSecond | int | None | Unset)
        assert_type(session.duration, int | None | Unset)


async def asynchronous(client: AsyncRestClient) -> None:
    assert_type(await client.video.conferences.get(UUID(int=0)), Conference)
    async with client as same:
        assert_type(same, AsyncRestClient)


def errors(error: SignalWireRestError) -> None:
    assert_type(error.status_code, int | None)
    assert_type(error.request_id, str | None)
    assert_type(error.retry_after, float | None)
    assert_type(error.attempts, int)
    if isinstance(error, SignalWireRestContractError):
        assert_type(error.path, str | None)
    assert_type(SignalWireRestRateLimitError(429, None, "").headers["x"], str)
'''

EXAMPLE = """
import sys
from signalwire_rest import RestClient
from signalwire_rest_standin import Server

with Server() as server:
    client = RestClient(
        project=server.stand_in.project,
        token=server.stand_in.token,
        host=server.host,
    )
    conf = client.video.conferences.get(server.stand_in.contract.example("documented").id)
    client.close()
assert not any("site-packages" not in getattr(m, "__file__", "site-packages")
               for n, m in list(sys.modules.items()) if n.startswith("signalwire"))
print(conf.name)
"""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel and the sdist, built of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def empty(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    (wheel,) = dist.glob("*.whl")
    command = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-index"]
    command += ["--disable-pip-version-check", "--find-links", WHEELS, f"{wheel}[standin]"]
    subprocess.run(command, check=True)
    return folder / "bin" / "python"


def run(*command: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "MYPYPATH")}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def names_of(dist: Path) -> list[str]:
    (wheel,) = dist.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_three_typed_packages_the_licence_and_the_contract(dist: Path) -> None:
    names = names_of(dist)
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"signalwire", "signalwire_rest_standin", "signalwire_rest_wire"}
    for package in tops | {"signalwire/rest"}:
        assert f"{package}/py.typed" in names
    assert "signalwire_rest_standin/openapi/openapi.yaml" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not any("test" in name for name in names)


def test_the_sdist_holds_what_the_wheel_is_made_of(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        tops = {name.split("/")[1] for name in archive.getnames() if "/" in name}
    assert {"src", "generated", "openapi", "generator-config.yaml", "LICENSE", "README.md"} <= tops
    assert "tests" not in tops


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_checkout(dist: Path, tmp_path: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--disable-pip-version-check", "-w", tmp_path, sdist]
    subprocess.run(command, check=True)
    assert sorted(names_of(tmp_path)) == sorted(names_of(dist))


def test_the_example_runs_from_the_wheel_in_an_empty_environment(
    empty: Path, tmp_path: Path
) -> None:
    found = run(empty, "-I", "-c", EXAMPLE, cwd=tmp_path)
    assert found.stdout == "my_conference\n", found.stderr


def test_the_client_needs_nothing_of_the_stand_in_s(empty: Path, tmp_path: Path) -> None:
    program = (
        "import sys, signalwire.rest; print({'yaml', 'rich', 'openapi_core'} & set(sys.modules))"
    )
    assert run(empty, "-I", "-c", program, cwd=tmp_path).stdout == "set()\n"


@pytest.mark.parametrize("install", ["wheel", "editable"])
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_a_strict_type_checker_knows_every_type_and_refuses_a_wrong_one(
    install: str, checker: str, empty: Path, tmp_path: Path
) -> None:
    python = empty if install == "wheel" else Path(sys.executable)
    file = tmp_path / "use.py"
    commands: dict[str, list[str | Path]] = {
        "mypy": [BIN / "mypy", "--strict", "--cache-dir", tmp_path / "cache"],
        "pyright": [BIN / "pyright"],
    }
    option = "--python-executable" if checker == "mypy" else "--pythonpath"
    command = [*commands[checker], option, python, file]

    file.write_text(TYPED_USE)
    passed = run(*command, cwd=tmp_path)
    assert passed.returncode == 0, passed.stdout

    file.write_text(TYPED_USE.replace("conference.name, str)", "conference.name, str | None)"))
    failed = run(*command, cwd=tmp_path)
    assert failed.returncode == 1
    assert failed.stdout.replace("-", "_").count("assert_type") == 1


def test_the_import_package_says_what_it_is_not() -> None:
    import signalwire

    with pytest.raises(AttributeError, match="signalwire-rest"):
        signalwire.AgentBase  # noqa: B018
    with pytest.raises(ImportError, match="signalwire-sdk"):
        from signalwire import AgentBase  # noqa: F401
    assert not hasattr(signalwire, "AgentBase")


def test_the_stand_in_reads_the_contract_of_the_checkout_in_an_editable_install(
    standin: Server,
) -> None:
    assert not (ROOT / "src" / "signalwire_rest_standin" / "openapi").exists()
    assert standin.stand_in.contract.document["info"]["version"]
