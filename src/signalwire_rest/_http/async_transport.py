"""The async transport, on asyncio and trio: the counterpart of ``transport``.

Sockets and locks belong to the event loop that made them, so each loop has its own pool.
"""

import asyncio
import importlib
import time
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import anyio
import anyio.lowlevel
import httpx

from .reuse import can_be_reused
from .sending import async_observe_sending
from .settings import TransportSettings, httpcore_pool_arguments
from .transport import ALL_IN_USE, pools_to_reset, pop_expired

if TYPE_CHECKING:
    import httpcore


class AsyncTransport(httpx.AsyncHTTPTransport):
    """An ``AsyncHTTPTransport`` over an :class:`AsyncPool`."""

    def __init__(self, settings: TransportSettings) -> None:
        # The one private name of httpx in use; a test fails by name if it changes.
        self._pool = AsyncPool(settings)  # type: ignore[assignment]


class _LoopPool:
    """The connections of one event loop."""

    def __init__(self, limit: int) -> None:
        self.slots = anyio.Semaphore(limit, fast_acquire=True)
        self.idle: list[tuple[float, httpcore.AsyncConnectionInterface]] = []
        self.closed = False

    async def acquire(self, timeout: float) -> None:
        """Wait until one more connection may be in use."""
        try:
            self.slots.acquire_nowait()
        except anyio.WouldBlock:
            import httpcore

            with anyio.move_on_after(timeout):
                return await self.slots.acquire()
            raise httpcore.PoolTimeout(ALL_IN_USE) from None

    async def give_back(self, connection: "httpcore.AsyncConnectionInterface") -> None:
        """Keep a connection whose response was read, or close it if it cannot be reused."""
        try:
            if can_be_reused(connection) and not self.closed:
                self.idle.append((time.monotonic(), connection))
            else:
                await _close(connection)
        finally:
            self.slots.release()

    async def close(self) -> None:
        self.closed = True
        while self.idle:
            await _close(self.idle.pop()[1])


class AsyncPool:
    """The connections of one client: a pool for each event loop."""

    def __init__(self, settings: TransportSettings) -> None:
        # Now and not in the first call: a fork during an import would leave it locked.
        importlib.import_module(".async_network", __package__)
        importlib.import_module("concurrent.futures.thread")  # for `loop.getaddrinfo`
        self._settings = settings
        self.reset_after_fork()
        self._connections: httpcore.AsyncConnectionPool | None = None
        pools_to_reset.add(self)

    def reset_after_fork(self) -> None:
        """Start over in a forked child: the sockets of its parent's loops are the parent's."""
        self._loop_pools = weakref.WeakKeyDictionary[object, _LoopPool]()

    async def handle_async_request(self, request: "httpcore.Request") -> "httpcore.Response":
        """Send a request over an idle or a new connection; return the response unread."""
        pool, connection = self._loop_pool(), None
        await pool.acquire(cast(Any, request).extensions["timeout"]["pool"])
        try:
            connection = await self._take(pool, request)
            response = await connection.handle_async_request(request)
        except BaseException:
            if connection is not None:
                await _close(connection)
            pool.slots.release()
            raise
        response.stream = _PooledStream(response.stream, partial(pool.give_back, connection))
        return response

    async def aclose(self) -> None:
        """Close the idle connections of the running loop; drop those of other loops."""
        pool = self._loop_pool()
        self.reset_after_fork()
        await pool.close()

    def _loop_pool(self) -> _LoopPool:
        loop = anyio.lowlevel.current_token().native_token
        pool = self._loop_pools.get(loop)
        if pool is None:
            # The sockets of a pool keep its loop alive, so drop the pools of ended loops here.
            for other in [each for each in self._loop_pools if _has_ended(each)]:
                del self._loop_pools[other]
            pool = self._loop_pools[loop] = _LoopPool(self._settings.max_connections)
        return pool

    async def _take(
        self, pool: _LoopPool, request: "httpcore.Request"
    ) -> "httpcore.AsyncConnectionInterface":
        while pool.idle:
            _, connection = pool.idle.pop()
            if (oldest := pop_expired(pool.idle, self._settings.keepalive_expiry)) is not None:
                await _close(oldest)
            if not connection.has_expired():
                return connection
            await _close(connection)
        async_observe_sending(request)
        if self._connections is None:
            import httpcore

            from .async_network import AsyncBackend

            self._connections = httpcore.AsyncConnectionPool(
                network_backend=AsyncBackend(), **httpcore_pool_arguments(self._settings)
            )
        return self._connections.create_connection(request.url.origin)


def _has_ended(loop: object) -> bool:
    return isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed()


async def _close(connection: "httpcore.AsyncConnectionInterface") -> None:
    with anyio.CancelScope(shield=True):
        await connection.aclose()


class _PooledStream:
    """The body of a response. Closing it gives the connection back to the pool."""

    def __init__(self, stream: Any, give_back: Callable[[], Awaitable[None]]) -> None:
        self._stream = stream
        self._give_back: Callable[[], Awaitable[None]] | None = give_back

    def __aiter__(self) -> AsyncIterator[bytes]:
        iterator: AsyncIterator[bytes] = self._stream.__aiter__()
        return iterator

    async def aclose(self) -> None:
        give_back, self._give_back = self._give_back, None
        if give_back is None:
            return
        try:
            if hasattr(self._stream, "aclose"):
                await self._stream.aclose()
        finally:
            await give_back()
