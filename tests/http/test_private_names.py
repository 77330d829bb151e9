"""The private names that the client relies on: of httpx, asyncio and httpcore."""

import asyncio
from typing import Any

import httpcore
import httpx
import pytest
from support.servers import response

from signalwire_rest._http.async_transport import AsyncTransport
from signalwire_rest._http.reuse import can_be_reused
from signalwire_rest._http.transport import Transport


@pytest.mark.parametrize("kind", [httpx.HTTPTransport, httpx.AsyncHTTPTransport])
def test_httpx_keeps_all_state_of_a_transport_in_its_pool(kind: type) -> None:
    assert list(vars(kind())) == ["_pool"], "httpx has changed: look at Transport.__init__"


@pytest.mark.parametrize(
    ("ours", "theirs", "methods"),
    [
        (Transport, httpx.HTTPTransport, ("handle_request", "close")),
        (AsyncTransport, httpx.AsyncHTTPTransport, ("handle_async_request", "aclose")),
    ],
)
def test_the_methods_that_tools_wrap_are_httpx_s(
    ours: type, theirs: type, methods: tuple[str, ...]
) -> None:
    assert issubclass(ours, theirs)
    for name in methods:
        assert getattr(ours, name) is getattr(theirs, name)


def test_asyncio_keeps_unread_bytes_in_the_reader_s_buffer() -> None:
    async def main() -> None:
        reader = asyncio.StreamReader()
        assert not reader._buffer  # type: ignore[attr-defined]
        reader.feed_data(b"x")
        assert reader._buffer == b"x"  # type: ignore[attr-defined]

    asyncio.run(main())


def test_httpcore_keeps_unread_bytes_in_its_h11_connection() -> None:
    origin = httpcore.Origin(b"http", b"example.com", 80)
    later = response(200, b"{}")
    backend = httpcore.MockBackend([response(200, b"{}") + later])
    with httpcore.HTTPConnection(origin, network_backend=backend) as connection:
        assert connection._connection is None
        connection.request("GET", "http://example.com/")
        http11: Any = connection._connection
        assert http11._h11_state.trailing_data[0] == later
        assert not can_be_reused(connection)


def test_a_connection_without_unread_bytes_can_be_reused() -> None:
    origin = httpcore.Origin(b"http", b"example.com", 80)
    backend = httpcore.MockBackend([response(200, b"{}")])
    with httpcore.HTTPConnection(origin, network_backend=backend) as connection:
        connection.request("GET", "http://example.com/")
        assert can_be_reused(connection)
