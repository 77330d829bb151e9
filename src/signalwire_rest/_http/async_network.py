"""Sockets of async calls: asyncio's own streams, and httpcore's on trio.

httpcore reads asyncio sockets through anyio, which asks the event loop for each read and opens a
cancel scope for it: about a fifth of the cost of a call.
"""

import asyncio
import codecs
import socket
import ssl
from typing import Any, cast

import anyio
import httpcore

from .timeouts import cut_to_deadline, split_timeout

# `getaddrinfo` imports this codec for its first host name; see AsyncPool.
codecs.lookup("idna")


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Connects on asyncio and on trio."""

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any
    ) -> httpcore.AsyncNetworkStream:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            sockets: httpcore.AsyncNetworkBackend = cast(Any, httpcore).TrioBackend()
            left = cut_to_deadline(timeout, httpcore.ConnectTimeout)
            return _TrioStream(await sockets.connect_tcp(host, port, left))
        async with _Wait(timeout, httpcore.ConnectTimeout, httpcore.ConnectError):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        failure: Exception | None = None
        left = cut_to_deadline(timeout, httpcore.ConnectTimeout)
        for address, share in split_timeout(found, left):
            try:
                async with _Wait(share, httpcore.ConnectTimeout, httpcore.ConnectError):
                    return _AsyncioStream(*await asyncio.open_connection(address, port))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("the host has no address")


class _Wait:
    """One wait of asyncio, which ends by its timeout and raises httpcore's errors."""

    def __init__(self, timeout: Any, timed_out: type[Exception], failed: type[Exception]) -> None:
        self._timed_out, self._failed = timed_out, failed
        self._timeout = asyncio.timeout(cut_to_deadline(timeout, timed_out))

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(self, kind: Any, error: BaseException | None, traceback: Any) -> None:
        try:
            await self._timeout.__aexit__(kind, error, traceback)
        except TimeoutError as timeout:
            raise self._timed_out(str(timeout)) from timeout
        if isinstance(error, OSError):
            raise self._failed(str(error)) from error


class _AsyncioStream(httpcore.AsyncNetworkStream):
    """A connection over asyncio's streams."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        async with _Wait(timeout, httpcore.ReadTimeout, httpcore.ReadError):
            return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        async with _Wait(timeout, httpcore.WriteTimeout, httpcore.WriteError):
            self._writer.write(buffer)
            await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.close()
        # Nothing is left to send, so do not wait for the peer.
        self._writer.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: Any = None, timeout: Any = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with _Wait(timeout, httpcore.ConnectTimeout, httpcore.ConnectError):
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
    """A connection on which every wait ends by the deadline, closed if a TLS handshake fails."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self.aclose = stream.aclose  # type: ignore[method-assign]

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, cut_to_deadline(timeout, httpcore.ReadTimeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, cut_to_deadline(timeout, httpcore.WriteTimeout))

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: Any = None, timeout: Any = None
    ) -> httpcore.AsyncNetworkStream:
        left = cut_to_deadline(timeout, httpcore.ConnectTimeout)
        try:
            return _TrioStream(await self._stream.start_tls(ssl_context, server_hostname, left))
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        tls = self._stream.get_extra_info("ssl_object") if info == "is_readable" else None
        if tls is not None:
            # trio may have read ahead of TLS; what it has read no longer shows at the socket.
            try:
                tls.read(1)
                return True
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                return True
        return self._stream.get_extra_info(info)
