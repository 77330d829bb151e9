"""The async transport, on asyncio and trio: the counterpart of ``transport``.

Sockets and locks belong to the event loop that made them, so each loop has its own pool.
"""

import asyncio
import importlib
import threading
import weakref
from typing import TYPE_CHECKING, Any, cast

import anyio
import anyio.lowlevel
import httpx

from .buffered_response import PoolClosedError
from .patching import httpcore_arguments, is_patched
from .settings import TransportSettings
from .transport import ALL_IN_USE, pools_to_reset

if TYPE_CHECKING:
    import httpcore

    from ._async.connection import AsyncConnection, AsyncResponse


class AsyncTransport(httpx.AsyncHTTPTransport):
    """An ``AsyncHTTPTransport`` over an :class:`AsyncPool`."""

    def __init__(self, settings: TransportSettings) -> None:
        # The one private name of httpx in use; a test fails by name if it changes.
        self._pool = AsyncPool(settings)  # type: ignore[assignment]


class _LoopPool:
    """The connections of one event loop."""

    def __init__(self, settings: TransportSettings) -> None:
        self._settings = settings
        self._slots = anyio.Semaphore(settings.max_connections, fast_acquire=True)
        self._idle: list[AsyncConnection] = []
        self.connections: weakref.WeakSet[AsyncConnection] = weakref.WeakSet()
        self.closed = False

    async def take(self, timeout: float) -> "AsyncConnection":
        """Wait until one more connection may be in use, and return it."""
        try:
            self._slots.acquire_nowait()
        except anyio.WouldBlock:
            await self._wait(timeout)
        try:
            return await self._find()
        except BaseException:
            self._slots.release()
            raise

    async def give_back(self, connection: "AsyncConnection") -> None:
        """Keep a connection whose response was read, or close it if it cannot be reused."""
        try:
            if connection.is_reusable() and not self.closed:
                self._idle.append(connection)
            else:
                await _close(connection)
        finally:
            self._slots.release()

    async def close(self) -> None:
        self.closed = True
        for _ in range(self._slots.statistics().tasks_waiting):
            self._slots.release()
        while self._idle:
            await _close(self._idle.pop())

    async def _wait(self, timeout: float) -> None:
        import httpcore

        with anyio.move_on_after(timeout):
            return await self._slots.acquire()
        raise httpcore.PoolTimeout(ALL_IN_USE) from None

    async def _find(self) -> "AsyncConnection":
        if self.closed:
            raise PoolClosedError
        if not self._idle:
            from ._async.connection import AsyncConnection

            new = AsyncConnection(self._settings)
            self.connections.add(new)
            return new
        connection = self._idle.pop()
        if self._idle and self._idle[0].is_old():
            # The newest is reused first, so a lightly used client never reaches the oldest.
            await _close(self._idle.pop(0))
        if connection.has_expired():
            await _close(connection)
        return connection


class AsyncPool:
    """The connections of one client: a pool for each event loop."""

    def __init__(self, settings: TransportSettings) -> None:
        # Now and not in the first call: a fork during an import would leave it locked.
        importlib.import_module("._async.connection", __package__)
        importlib.import_module("concurrent.futures.thread")  # for `loop.getaddrinfo`
        self._settings = settings
        self._reset()
        pools_to_reset.add(self)

    def _reset(self) -> None:
        # Threads may start event loops at the same time.
        self._lock = threading.Lock()
        self._loop_pools = weakref.WeakKeyDictionary[object, _LoopPool]()

    def reset_after_fork(self) -> None:
        """Start over in a forked child: the sockets of its parent's loops are the parent's."""
        for pool in tuple(self._loop_pools.values()):
            for connection in tuple(pool.connections):
                connection.leave_to_parent()
        self._reset()

    async def handle_async_request(
        self, request: "httpcore.Request"
    ) -> "httpcore.Response | AsyncResponse":
        """Send a request over an idle or a new connection; return the response unread."""
        import httpcore

        if is_patched(httpcore.AsyncConnectionPool, "handle_async_request"):
            arguments = httpcore_arguments(self._settings)
            return await httpcore.AsyncConnectionPool(**arguments).handle_async_request(request)
        pool = self._loop_pool()
        connection = await pool.take(cast(Any, request).extensions["timeout"]["pool"])
        try:
            response = await connection.send(request)
        except BaseException:
            await pool.give_back(connection)
            raise
        response.give_back = pool.give_back
        return response

    async def aclose(self) -> None:
        """Close the idle connections of the running loop; those of other loops end with them."""
        with self._lock:
            for each in self._loop_pools.values():
                each.closed = True
        await self._loop_pool().close()

    def _loop_pool(self) -> _LoopPool:
        loop = anyio.lowlevel.current_token().native_token
        with self._lock:
            pool = self._loop_pools.get(loop)
            if pool is None:
                # The sockets of a pool keep its loop alive, so drop those of ended loops here.
                for other in [each for each in self._loop_pools if _has_ended(each)]:
                    del self._loop_pools[other]
                pool = self._loop_pools[loop] = _LoopPool(self._settings)
        return pool


def _has_ended(loop: object) -> bool:
    return isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed()


async def _close(connection: "AsyncConnection") -> None:
    with anyio.CancelScope(shield=True):
        await connection.aclose()
