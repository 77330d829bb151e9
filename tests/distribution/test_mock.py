"""The distribution of the mock server: what is in it, and that it serves the client."""

from pathlib import Path

import pytest
from support.distributions import (
    FIRST_CALL,
    ROOT,
    Distribution,
    environment,
    files_below,
    run,
    serving,
)

from signalwire_rest import __version__
from signalwire_rest_mock import MockServer

MOCK = ROOT / "mock"


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Distribution:
    """The distribution of the mock server."""
    return Distribution(MOCK, tmp_path_factory.mktemp("mock"))


@pytest.fixture(scope="module")
def python(mock: Distribution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the mock server and the client."""
    client = Distribution(ROOT, tmp_path_factory.mktemp("client"))
    return environment(tmp_path_factory.mktemp("empty"), client.wheel, mock.wheel)


def test_the_wheel_holds_the_package_and_the_contract(mock: Distribution) -> None:
    contract = {f"signalwire_rest_mock/openapi/{each}" for each in files_below(ROOT / "openapi")}
    package = files_below(MOCK / "src")
    assert mock.in_wheel() == package | contract
    assert {"signalwire_rest_mock/py.typed", "signalwire_rest_mock/__main__.py"} <= package


def test_the_metadata_has_the_client_s_version_and_licence(mock: Distribution) -> None:
    metadata = mock.metadata()
    assert f"\nVersion: {__version__}\n" in metadata["METADATA"]
    assert f"\nRequires-Dist: signalwire-rest~={__version__}\n" in metadata["METADATA"]
    assert "signalwire-rest-mock = " in metadata["entry_points.txt"]
    assert metadata["licenses/LICENSE"] == (ROOT / "LICENSE").read_text("utf-8")


def test_the_description_has_no_relative_link(mock: Distribution) -> None:
    assert "](" not in mock.metadata()["METADATA"].replace("](https://", "")


def test_the_sdist_holds_what_the_wheel_is_made_from(mock: Distribution) -> None:
    assert mock.in_sdist() == {
        ".gitignore",
        *("pyproject.toml", "hatch_build.py", "LICENSE", "README.md", "PKG-INFO", "_version.py"),
        *(f"src/{each}" for each in files_below(MOCK / "src")),
        *(f"openapi/{each}" for each in files_below(ROOT / "openapi")),
    }


def test_the_wheel_is_the_same_bytes_from_checkout_and_sdist(
    mock: Distribution, tmp_path: Path
) -> None:
    assert mock.wheel_of_sdist(tmp_path).read_bytes() == mock.wheel.read_bytes()


def test_the_command_serves_the_client_in_an_empty_environment(
    python: Path, tmp_path: Path
) -> None:
    with serving(python.with_name("signalwire-rest-mock"), tmp_path) as arguments:
        found = run(python, "-I", "-c", FIRST_CALL, *arguments, cwd=tmp_path)
    assert found.stdout == "my_conference\n", found.stderr


def test_an_editable_install_reads_the_contract_of_the_checkout(mock_server: MockServer) -> None:
    assert not (MOCK / "src" / "signalwire_rest_mock" / "openapi").exists()
    assert mock_server.api.contract.document["info"]["version"]
