"""Fixtures that every test may use."""

import logging
from collections.abc import Callable, Iterator

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


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Return everything that this client and its libraries log, from DEBUG on."""
    names = ("", "httpx", "httpcore", "signalwire")
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield lambda: "\n".join(f"{r.getMessage()} {r.args} {r.exc_text}" for r in caplog.records)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture(scope="session")
def mock_server() -> Iterator[MockServer]:
    """A running mock server."""
    with MockServer() as server:
        yield server
