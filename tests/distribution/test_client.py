"""The distribution of the client: what is in it, and that it works in an empty environment."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.distributions import (
    BIN,
    FIRST_CALL,
    ROOT,
    Distribution,
    environment,
    files_below,
    run,
)

import signalwire_rest
from signalwire_rest_mock import MockServer

TYPED_USE = '''
# pyright: strict
"""A user's file: what a type checker has to know of the client."""
from datetime import datetime
from typing import Any, assert_type
from uuid import UUID

from signalwire.rest import (
    ActiveSession, AsyncRestClient, Conference, VideoLayout, ConferenceMeta, ConferenceCapacity,
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
    assert_type(conference.layout, VideoLayout | str)
    assert_type(conference.size, ConferenceCapacity | str | None)
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


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Distribution:
    """The distribution of the client."""
    return Distribution(ROOT, tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="module")
def python(client: Distribution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the client alone."""
    return environment(tmp_path_factory.mktemp("empty"), client.wheel)


def test_the_wheel_contains_the_client_only(client: Distribution) -> None:
    wire = "signalwire_rest_wire"
    generated = {f"{wire}/{each}" for each in files_below(ROOT / "generated" / wire)}
    expected = files_below(ROOT / "src") | generated
    assert client.in_wheel() == expected
    for package in {name.split("/")[0] for name in expected}:
        assert f"{package}/py.typed" in expected
    assert not any("mock" in name or "openapi" in name for name in expected)


def test_the_metadata_has_no_extra_and_one_console_command(
    client: Distribution, python: Path
) -> None:
    metadata = client.metadata()
    assert metadata.keys() == {
        *("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    }
    assert "Provides-Extra" not in metadata["METADATA"]
    command: list[str | Path] = [python.with_name("signalwire-rest"), "--version"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout.split() == [signalwire_rest.__version__]


def test_the_sdist_holds_what_the_wheel_and_generated_are_made_from(client: Distribution) -> None:
    assert client.in_sdist() == {
        *(".gitignore", "pyproject.toml", "LICENSE", "README.md", "PKG-INFO"),
        *("openapi/openapi.yaml", "generator-config.yaml"),
        *(
            f"{folder}/{each}"
            for folder in ("src", "generated", "generator-templates")
            for each in files_below(ROOT / folder)
        ),
    }


def test_the_wheel_is_the_same_bytes_from_checkout_and_sdist(
    client: Distribution, tmp_path: Path
) -> None:
    assert client.wheel_of_sdist(tmp_path).read_bytes() == client.wheel.read_bytes()


def test_the_wheel_works_in_an_empty_environment(
    python: Path, mock_server: MockServer, tmp_path: Path
) -> None:
    api = mock_server.api
    arguments = [mock_server.host, api.project, api.token]
    found = run(python, "-I", "-c", FIRST_CALL, *arguments, cwd=tmp_path)
    assert found.stdout == "my_conference\n", found.stderr


def test_the_console_command_works_in_an_empty_environment(
    python: Path, mock_server: MockServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNALWIRE_SPACE", mock_server.host)
    monkeypatch.setenv("SIGNALWIRE_PROJECT_ID", mock_server.api.project)
    monkeypatch.setenv("SIGNALWIRE_API_TOKEN", mock_server.api.token)
    found = run(python.with_name("signalwire-rest"), "check", cwd=tmp_path)
    assert "conferences.get  matches\n" in found.stdout
    assert (found.stderr, found.returncode) == ("", 1)


@pytest.mark.parametrize("install", ["wheel", "editable"])
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_a_strict_type_checker_knows_every_type(
    install: str, checker: str, python: Path, tmp_path: Path
) -> None:
    interpreter = python if install == "wheel" else Path(sys.executable)
    file = tmp_path / "use.py"
    commands: dict[str, list[str | Path]] = {
        "mypy": [BIN / "mypy", "--strict", "--cache-dir", tmp_path / "cache"],
        "pyright": [BIN / "pyright"],
    }
    option = "--python-executable" if checker == "mypy" else "--pythonpath"
    command = [*commands[checker], option, interpreter, file]

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
