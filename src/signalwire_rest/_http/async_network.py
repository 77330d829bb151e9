"""Sockets of async calls: asyncio's own streams, and httpcore's on trio.

httpcore reads asyncio sockets through anyio, which asks the event loop for each read and opens a
cancel scope for it: about a fifth of the cost of a call.
"""

import asyncio
import codecs
import socket
import ssl
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

import anyio
import httpcore

from .timeouts import split_timeout

T = TypeVar("T")

# `getaddrinfo` imports this codec for its first host name; see LoopPools.
codecs.lookup("idna")


async def async_connect(host: str, port: int, timeout: float) -> httpcore.AsyncNetworkStream:
    """Connect to the first address of a host that accepts."""
    loop = _running_loop()
    if loop is None:
        trio: httpcore.AsyncNetworkBackend = cast(Any, httpcore).TrioBackend()
        return await trio.connect_tcp(host, port, timeout)
    end = loop.time() + timeout
    async with _connecting(timeout):
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    failure: Exception | None = None
    for address, share in split_timeout(found, end - loop.time()):
        try:
            async with _connecting(share):
                return _AsyncioStream(*await asyncio.open_connection(address, port))
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            failure = error
    raise failure or httpcore.ConnectError("the host has no address")


@asynccontextmanager
async def _connecting(timeout: float) -> AsyncGenerator[None, None]:
    try:
        async with asyncio.timeout(timeout):
            yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except Exception as error:  # asyncio passes on whatever ended the connection.
        raise httpcore.ConnectError(str(error)) from error


def async_has_unread(stream: httpcore.AsyncNetworkStream) -> bool:
    """Return whether an idle connection has ended or holds bytes, which belong to no request."""
    tls = None if isinstance(stream, _AsyncioStream) else stream.get_extra_info("ssl_object")
    if tls is not None:
        # trio may have read ahead of TLS; what it has read no longer shows at the socket.
        try:
            tls.read(1)
            return True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError:
            return True
    return bool(stream.get_extra_info("is_readable"))


async def async_close(stream: httpcore.AsyncNetworkStream) -> None:
    """Close a connection, even if the call has been cancelled."""
    with anyio.CancelScope(shield=True):
        await stream.aclose()


class _AsyncioStream(httpcore.AsyncNetworkStream):
    """A connection over asyncio's streams."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._loop = asyncio.get_running_loop()
        self._timed_out = False

    def read(self, max_bytes: int, timeout: Any = None) -> Any:
        reading = self._reader.read(max_bytes)
        return self._wait(reading, timeout, httpcore.ReadTimeout, httpcore.ReadError)

    async def write(self, buffer: bytes, timeout: Any = None) -> None:
        self._writer.write(buffer)
        if self._writer.transport.get_write_buffer_size():
            writing = self._writer.drain()
            await self._wait(writing, timeout, httpcore.WriteTimeout, httpcore.WriteError)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: Any = None, timeout: Any = None
    ) -> httpcore.AsyncNetworkStream:
        async with _connecting(timeout):
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        return self

    async def aclose(self) -> None:
        # Nothing is left to send, so do not wait for the peer.
        self._writer.transport.abort()

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            # The loop reads ahead. `_buffer` is private; a test fails by name if it disappears.
            unread: bytearray = cast(Any, self._reader)._buffer
            return bool(unread) or self._reader.at_eof() or self._writer.is_closing()
        names = {"server_addr": "peername", "client_addr": "sockname"}
        return self._writer.get_extra_info(names.get(info, info))

    async def _wait(
        self,
        waiting: Awaitable[T],
        timeout: float,
        timed_out: type[Exception],
        failed: type[Exception],
    ) -> T:
        """Wait until the timeout, which ends the connection: cheaper than to cancel the wait."""
        self._timed_out = False
        timer = self._loop.call_later(timeout, self._time_out)
        try:
            result = await waiting
        except Exception as error:  # asyncio passes on whatever ended the connection.
            has_timed_out = isinstance(error, TimeoutError) or self._timed_out
            raise (timed_out if has_timed_out else failed)(str(error)) from error
        finally:
            timer.cancel()
        if not result and self._timed_out:
            raise timed_out("no data until the timeout")
        return result

    def _time_out(self) -> None:
        # Noted here: a timer of uvloop can end before its time.
        self._timed_out = True
        self._writer.transport.abort()


class AsyncHandover:
    """Receives a connection from another task."""

    def __init__(self) -> None:
        self.connection: Any = None
        self._loop = _running_loop()
        self._event: Any = anyio.Event() if self._loop is None else asyncio.Event()

    def put(self, connection: Any) -> None:
        self.connection = connection
        self._event.set()

    async def wait(self, timeout: float) -> None:
        """Wait until a connection was put, or the timeout is over."""
        if self._loop is None:
            with anyio.move_on_after(timeout):
                await self._event.wait()
            return
        # Cheaper than to cancel the wait.
        timer = self._loop.call_later(timeout, self._event.set)
        try:
            await self._event.wait()
        finally:
            timer.cancel()
            self._event.clear()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop of asyncio; ``None`` on trio."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
