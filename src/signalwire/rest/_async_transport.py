"""Our own async transport: the twin of ``_transport``, on asyncio and on trio.

Sockets and locks belong to the event loop that made them, so there is a lane of both for each loop.
"""

import asyncio
import time
import weakref
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx

from signalwire.rest._configuration import Configuration
from signalwire.rest._transport import expired, forked_pools, httpcore_pool_arguments

if TYPE_CHECKING:
    import httpcore


class AsyncTransport(httpx.AsyncHTTPTransport):
    """An ``AsyncHTTPTransport`` over :class:`AsyncPool`."""

    def __init__(self, configuration: Configuration) -> None:
        # The one private name of httpx that we rely on; a test fails by name when it changes.
        self._pool = AsyncPool(configuration)  # type: ignore[assignment]


class _Lane:
    """The connections of one event loop."""

    def __init__(self, limit: int) -> None:
        self.slots = anyio.Semaphore(limit, fast_acquire=True)
        self.idle: list[tuple[float, httpcore.AsyncConnectionInterface]] = []
        self.closed = False

    async def give_back(self, connection: "httpcore.AsyncConnectionInterface") -> None:
        """Take a connection back whose answer was read or given up."""
        try:
            if connection.is_idle() and not self.closed:
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
    """The connections of one client: for each event loop a list of the idle ones and a count."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._lanes: weakref.WeakKeyDictionary[object, _Lane] = weakref.WeakKeyDictionary()
        self._connections: httpcore.AsyncConnectionPool | None = None
        forked_pools.add(self)

    def renew(self) -> None:
        """Begin anew in a forked child: what its parent's loop has opened is the parent's."""
        self._lanes = weakref.WeakKeyDictionary()

    async def handle_async_request(self, request: "httpcore.Request") -> "httpcore.Response":
        """Send a request over an idle connection or a new one, and hand out the answer with it."""
        lane = self._lane()
        # The wait for a connection ends with the call: its cancel scope is around it.
        await lane.slots.acquire()
        connection = None
        try:
            connection = await self._take(lane, request.url.origin)
            response = await connection.handle_async_request(request)
        except BaseException:
            if connection is not None:
                await _close(connection)
            lane.slots.release()
            raise
        response.stream = _Leased(response.stream, lane, connection)
        return response

    async def aclose(self) -> None:
        """Close the idle connections of the running loop and let go of those of other loops."""
        lane = self._lane()
        self._lanes = weakref.WeakKeyDictionary()
        await lane.close()

    def _lane(self) -> _Lane:
        loop = anyio.lowlevel.current_token().native_token
        lane = self._lanes.get(loop)
        if lane is None:
            # A lane's sockets hold their loop, so one that has ended goes when the next begins.
            for other in [each for each in self._lanes if _has_ended(each)]:
                del self._lanes[other]
            lane = self._lanes[loop] = _Lane(self._configuration.max_connections)
        return lane

    async def _take(
        self, lane: _Lane, origin: "httpcore.Origin"
    ) -> "httpcore.AsyncConnectionInterface":
        while lane.idle:
            _, connection = lane.idle.pop()
            if (oldest := expired(lane.idle)) is not None:
                await _close(oldest)
            if not connection.has_expired():
                return connection
            await _close(connection)
        if self._connections is None:
            import httpcore

            from signalwire.rest._async_network import AsyncBackend

            self._connections = httpcore.AsyncConnectionPool(
                network_backend=AsyncBackend(), **httpcore_pool_arguments(self._configuration)
            )
        return self._connections.create_connection(origin)


def _has_ended(loop: object) -> bool:
    return isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed()


async def _close(connection: "httpcore.AsyncConnectionInterface") -> None:
    with anyio.CancelScope(shield=True):
        await connection.aclose()


class _Leased:
    """The body of an answer. Closed, it gives its connection back."""

    def __init__(
        self, stream: Any, lane: _Lane, connection: "httpcore.AsyncConnectionInterface"
    ) -> None:
        self._stream = stream
        self._lease: tuple[_Lane, httpcore.AsyncConnectionInterface] | None = (lane, connection)

    def __aiter__(self) -> AsyncIterator[bytes]:
        iterator: AsyncIterator[bytes] = self._stream.__aiter__()
        return iterator

    async def aclose(self) -> None:
        if self._lease is None:
            return
        (lane, connection), self._lease = self._lease, None
        try:
            if hasattr(self._stream, "aclose"):
                await self._stream.aclose()
        finally:
            await lane.give_back(connection)
