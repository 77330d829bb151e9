"""The private names that the client relies on: of httpx, httpcore and asyncio."""

import asyncio
import inspect
import ssl

import httpx
import pytest
import trio.testing
from httpcore._async import socks_proxy
from httpcore._backends.sync import TLSinTLSStream
from httpcore._backends.trio import TrioStream
from httpcore._sync import socks_proxy as sync_socks_proxy

from signalwire_rest._http.async_transport import AsyncTransport
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


def test_httpx_keeps_the_parts_of_a_url_in_a_named_tuple() -> None:
    url = httpx.URL("https://example.com/path?query")
    assert list(vars(url)) == ["_uri_reference"]
    parts = "scheme userinfo host port path query fragment".split()
    assert list(url._uri_reference._fields) == parts


def test_asyncio_keeps_unread_bytes_in_the_reader_s_buffer() -> None:
    async def main() -> None:
        reader = asyncio.StreamReader()
        assert not reader._buffer  # type: ignore[attr-defined]
        reader.feed_data(b"x")
        assert reader._buffer == b"x"  # type: ignore[attr-defined]

    asyncio.run(main())


@pytest.mark.parametrize("module", [socks_proxy, sync_socks_proxy])
def test_httpcore_opens_socks_connections_over_any_stream(module: object) -> None:
    handshake = module._init_socks5_connection  # type: ignore[attr-defined]
    parameters = inspect.signature(handshake).parameters
    assert list(parameters) == ["stream", "host", "port", "auth"]
    methods = {name for name in handshake.__code__.co_names if name in ("read", "write", "close")}
    assert methods == {"read", "write"}, "Connection has no other method of a stream"
    assert module.socksio.SOCKSError  # type: ignore[attr-defined]


def test_httpcore_wraps_tls_in_tls() -> None:
    parameters = list(inspect.signature(TLSinTLSStream).parameters)
    assert parameters == ["sock", "ssl_context", "server_hostname", "timeout"]


def test_a_tls_stream_of_trio_shows_its_ssl_object() -> None:
    left, _ = trio.testing.memory_stream_pair()
    tls = trio.SSLStream(left, ssl.create_default_context(), server_hostname="example.com")
    assert isinstance(tls._ssl_object, ssl.SSLObject)
    assert TrioStream(tls).get_extra_info("ssl_object") is tls._ssl_object
