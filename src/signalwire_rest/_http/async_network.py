"""Sockets of async calls: asyncio's own streams, and httpcore's on trio.

httpcore reads asyncio sockets through anyio, which asks the event loop for each read and opens a
cancel scope for it: about a fifth of the cost of a call.
"""

import asyncio
import socket
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

import anyio
import httpcore

from .timeouts import split_timeout


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Connects on asyncio and on trio."""

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any
    ) -> httpcore.AsyncNetworkStream:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            sockets: httpcore.AsyncNetworkBackend = cast(Any, httpcore).TrioBackend()
            return _TrioStream(await sockets.connect_tcp(host, port, timeout))
        with _raise_httpcore_errors(httpcore.ConnectTimeout, httpcore.ConnectError):
            async with asyncio.timeout(timeout):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        failure: Exception | None = None
        for address, share in split_timeout(found, timeout):
            try:
                with _raise_httpcore_errors(httpcore.ConnectTimeout, httpcore.ConnectError):
                    async with asyncio.timeout(share):
                        return _AsyncioStream(*await asyncio.open_connection(address, port))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("the host has no address")


class _AsyncioStream(httpcore.AsyncNetworkStream):
    """A connection over asyncio's streams."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _raise_httpcore_errors(httpcore.ReadTimeout, httpcore.ReadError):
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        with _raise_httpcore_errors(httpcore.WriteTimeout, httpcore.WriteError):
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.close()
        # Nothing is left to send, so do not wait for the peer.
        self._writer.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: Any = None, timeout: Any = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            with _raise_httpcore_errors(httpcore.ConnectTimeout, httpcore.ConnectError):
                async with asyncio.timeout(timeout):
                    await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException:
            await self.aclose()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            # The loop reads ahead. An idle connection with unread bytes has ended, or holds a
            # response to no request. `_buffer` is private; a test fails by name if it disappears.
            unread: bytearray = cast(Any, self._reader)._buffer
            return bool(unread) or self._reader.at_eof() or self._writer.is_closing()
        names = {"server_addr": "peername", "client_addr": "sockname"}
        return self._writer.get_extra_info(names.get(info, info))


class _TrioStream(httpcore.AsyncNetworkStream):
    """A connection that is closed when a TLS handshake fails, which httpcore does not do."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._start_tls = stream.start_tls
        for name in ("read", "write", "aclose", "get_extra_info"):
            setattr(self, name, getattr(stream, name))

    async def start_tls(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        try:
            return await self._start_tls(*args, **kwargs)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self.aclose()
            raise


@contextmanager
def _raise_httpcore_errors(timed_out: type[Exception], failed: type[Exception]) -> Generator[None]:
    """Raise httpcore's errors in place of a socket's."""
    try:
        yield
    except TimeoutError as error:
        raise timed_out(str(error)) from error
    except OSError as error:
        raise failed(str(error)) from error
