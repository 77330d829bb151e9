"""Fixtures that every test may use."""

from collections.abc import Iterator

import pytest
from support.runtimes import RUNTIMES, Runtime

from signalwire_rest_mock import MockServer


@pytest.fixture(params=RUNTIMES, ids=repr)
def runtime(request: pytest.FixtureRequest) -> Runtime:
    """Each runtime in turn: the same test for sync, asyncio and trio."""
    found: Runtime = request.param
    return found


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of whoever runs the tests decides anything."""
    for name in (
        "SIGNALWIRE_PROJECT_ID",
        "SIGNALWIRE_API_TOKEN",
        "SIGNALWIRE_SPACE",
        "SIGNALWIRE_REST_CA_FILE",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        *(f"{kind}_PROXY" for kind in ("HTTP", "HTTPS", "ALL", "NO")),
        *(f"{kind}_proxy" for kind in ("http", "https", "all", "no")),
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def mock_server() -> Iterator[MockServer]:
    """A running mock server."""
    with MockServer() as server:
        yield server
