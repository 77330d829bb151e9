"""A connection to the origin, which carries one exchange at a time."""

import os
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from typing import Any, cast

import httpcore
import httpx

from ..async_network import async_close, async_connect, async_has_unread
from ..buffered_response import WHOLE_BODY
from ..response_reader import ResponseReader
from ..sending import NOTHING, note
from ..settings import TransportSettings
from ..timeouts import time_left

_READ_SIZE = 64 * 1024

try:
    from httpcore._async import socks_proxy
except ImportError:  # socksio is not installed.
    socks_proxy = cast(Any, None)

_inherited: list[Any] = []
"""Streams of the parent process, kept from being closed by the garbage collector."""


class AsyncConnection:
    """A connection, opened by its first request.

    Args:
        settings: How to connect.
    """

    def __init__(self, settings: TransportSettings) -> None:
        self._settings = settings
        self._extensions: dict[str, Any] = {}
        self._reader = ResponseReader()
        self._idle_since = 0.0
        self.stream: Any = None

    async def send(self, request: httpcore.Request) -> "AsyncResponse":
        """Send a request; return the response with its body unread."""
        self._extensions = cast(Any, request).extensions
        if self.stream is None:
            await self._open(request.url.host.decode("ascii"), request.url.origin.port)
        await self._trace("http11.send_request_headers.started", request=request)
        data = _head(request.method, request.url.target, request.headers)
        # A ByteStream, which both kinds of code can iterate over; this way is cheaper.
        data += b"".join(cast(Iterable[bytes], request.stream))
        self._reader = reader = ResponseReader(has_body=request.method != b"HEAD")
        body_start = await self._exchange(data, reader)
        received = (b"HTTP/1.1", reader.status, b"", reader.headers)
        await self._trace("http11.receive_response_headers.complete", return_value=received)
        return AsyncResponse(self, reader, body_start)

    def is_reusable(self) -> bool:
        """Note that an exchange has ended; return whether another can follow."""
        self._idle_since = time.monotonic()
        return self._reader.is_reusable

    def is_old(self) -> bool:
        """Return whether the connection has been idle for too long to be used."""
        return time.monotonic() - self._idle_since > self._settings.keepalive_expiry

    def has_expired(self) -> bool:
        """Return whether an idle connection is old, has ended, or holds unread bytes."""
        return self.stream is not None and (self.is_old() or async_has_unread(self.stream))

    def leave_to_parent(self) -> None:
        """Replace the socket in a forked child, so that nothing done to it reaches the parent's.

        The event loops of parent and child share an epoll set: to close the socket here would
        take it out of that set.
        """
        if self.stream is not None:
            _inherited.append(self.stream)
            descriptor = self.stream.get_extra_info("socket").fileno()
            if descriptor >= 0:
                with open(os.devnull, "rb") as null:
                    os.dup2(null.fileno(), descriptor)

    async def aclose(self) -> None:
        """Close the connection."""
        self._reader = ResponseReader()
        stream, self.stream = self.stream, None
        if stream is not None:
            await async_close(stream)

    # Every wait of a call is one of the next four, and ends by the deadline of the call. The
    # first two are called by httpcore's SOCKS handshake too, which knows no timeouts.

    def read(self, max_bytes: int) -> Any:
        return self.stream.read(max_bytes, self._left("read", httpcore.ReadTimeout))

    def write(self, data: bytes) -> Any:
        return self.stream.write(data, self._left("write", httpcore.WriteTimeout))

    async def _connect(self, host: str, port: int) -> None:
        await self._trace("connection.connect_tcp.started", host=host, port=port)
        if self._settings.ssl_context is not None:
            self._settings.ssl_context()  # An invalid certificate file fails here, and for good.
        left = self._left("connect", httpcore.ConnectTimeout)
        self.stream = await async_connect(host, port, left)

    async def _start_tls(self, host: str) -> None:
        await self._trace("connection.start_tls.started", host=host)
        left = self._left("connect", httpcore.ConnectTimeout)
        ssl_context = cast(Any, self._settings).ssl_context()
        self.stream = await self.stream.start_tls(ssl_context, host, left)

    def _left(self, kind: str, error: type[Exception]) -> float:
        return time_left(self._extensions, kind, error)

    async def _open(self, host: str, port: int) -> None:
        proxy = self._settings.proxy
        if proxy is None:
            await self._connect(host, port)
        else:
            scheme = proxy.url.scheme
            default_port = {"http": 80, "https": 443}.get(scheme, 1080)
            await self._connect(proxy.url.host, proxy.url.port or default_port)
            if scheme == "https":
                await self._start_tls(proxy.url.host)
            if scheme.startswith("socks"):
                await self._open_socks(host, port, proxy)
            else:
                await self._open_tunnel(host, port, proxy)
        if self._settings.ssl_context is not None:
            await self._start_tls(host)

    async def _open_tunnel(self, host: str, port: int, proxy: httpx.Proxy) -> None:
        target = f"{host}:{port}".encode("ascii")
        headers = [(b"Host", target), *proxy.headers.raw]
        if proxy.raw_auth is not None:
            basic = b"Basic " + b64encode(b":".join(proxy.raw_auth))
            headers.append((b"Proxy-Authorization", basic))
        # Not the reader of the connection, which is not reusable until it has reached the host.
        reader = ResponseReader()
        excess = await self._exchange(_head(b"CONNECT", target, headers), reader)
        status = reader.status
        if excess or not 200 <= status < 300:
            raise httpcore.ProxyError(f"{status} {httpx.codes.get_reason_phrase(status)}")

    async def _open_socks(self, host: str, port: int, proxy: httpx.Proxy) -> None:
        # Private; a test fails by name if it changes. It asserts what it receives.
        socks: Any = socks_proxy
        name = host.encode("ascii")
        try:
            await socks._init_socks5_connection(self, host=name, port=port, auth=proxy.raw_auth)
        except OverflowError as error:
            raise httpcore.ProxyError("the password for the SOCKS proxy is too long") from error
        except (AssertionError, ValueError, LookupError, socks.socksio.SOCKSError) as error:
            raise httpcore.ProxyError("the SOCKS proxy sent an invalid response") from error

    async def _exchange(self, request: bytes, reader: ResponseReader) -> bytes:
        """Send a request and receive the head of its response; return the start of the body."""
        with suppress(httpcore.WriteError):  # The server may have responded already, and closed.
            await self.write(request)
        body_start = b""
        while not reader.status:
            body_start = reader.feed(await self.read(_READ_SIZE))
        return body_start

    def _trace(self, event: str, **info: Any) -> Any:
        """Report an event, under the name that httpcore gives it."""
        note(self._extensions, event, info)
        trace = self._extensions.get("trace")
        return trace(event, info) if trace else NOTHING


class AsyncResponse(AsyncIterator[bytes]):
    """A response whose body is received as it is read."""

    def __init__(
        self, connection: AsyncConnection, reader: ResponseReader, body_start: bytes
    ) -> None:
        self.status = reader.status
        self.headers = reader.headers
        self.extensions: dict[str, Any] = {
            "http_version": b"HTTP/1.1",
            "network_stream": connection.stream,
        }
        if reader.is_complete:
            self.extensions[WHOLE_BODY] = body_start
        self.give_back: Callable[[AsyncConnection], Any] | None = None
        """Takes the connection back, once the response is closed."""
        self._connection = connection
        self._reader = reader
        self._body_start = body_start

    @property
    def stream(self) -> "AsyncResponse":
        return self

    def __aiter__(self) -> "AsyncResponse":
        return self

    async def __anext__(self) -> bytes:
        part, self._body_start = self._body_start, b""
        while not part:
            if self._reader.is_complete or self.give_back is None:
                raise StopAsyncIteration
            part = self._reader.feed(await self._connection.read(_READ_SIZE))
        return part

    async def aclose(self) -> None:
        """Give the connection back."""
        give_back, self.give_back = self.give_back, None
        if give_back is not None:
            await give_back(self._connection)


def _head(method: bytes, target: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the head of a request."""
    lines = [
        b"%b %b HTTP/1.1" % (method, target),
        *(b"%b: %b" % header for header in headers),
        b"\r\n",
    ]
    head = b"\r\n".join(lines)
    if head.count(b"\n") > len(lines) or head.count(b"\r") > len(lines):
        raise httpcore.LocalProtocolError("a header holds a line break")
    return head
