"""The private names that the client relies on: of httpx and asyncio."""

import asyncio

import httpx
import pytest

from signalwire_rest._http.transport import AsyncTransport, Transport


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
