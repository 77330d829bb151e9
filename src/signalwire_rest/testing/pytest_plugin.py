"""Fixtures for pytest. Name this module in a conftest.py to use them::

pytest_plugins = ["signalwire_rest.testing.pytest_plugin"]
"""

from collections.abc import Iterator

import pytest

from signalwire_rest import AsyncRestClient, RestClient

from ._fake import FakeSpace


@pytest.fixture
def signalwire_space() -> FakeSpace:
    """A space of the test's own, empty at first."""
    return FakeSpace()


@pytest.fixture
def signalwire_client(signalwire_space: FakeSpace) -> Iterator[RestClient]:
    """A client of ``signalwire_space``."""
    with signalwire_space.client() as client:
        yield client


@pytest.fixture
def async_signalwire_client(signalwire_space: FakeSpace) -> AsyncRestClient:
    """An async client of ``signalwire_space``. It has no connections to close."""
    return signalwire_space.async_client()
