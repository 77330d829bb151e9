"""Async connections that are closed when a TLS handshake is given up.

The total deadline of an async call is a cancel scope. httpcore closes the connection of a handshake
that fails, and leaves that of one which is cancelled to the garbage collector.
"""

import ssl
from collections.abc import Iterable
from typing import Any, cast

import anyio
import httpcore


class AsyncStream(httpcore.AsyncNetworkStream):
    """A connection that no cancelled handshake leaves open."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        # Called for every read: nothing is put in between.
        self.read = stream.read  # type: ignore[method-assign]
        self.write = stream.write  # type: ignore[method-assign]
        self.aclose = stream.aclose  # type: ignore[method-assign]
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Connects on asyncio and on trio."""

    def __init__(self) -> None:
        sockets: httpcore.AsyncNetworkBackend = cast(Any, httpcore).AnyIOBackend()
        self._sockets = sockets

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return AsyncStream(
            await self._sockets.connect_tcp(host, port, timeout, local_address, socket_options)
        )
