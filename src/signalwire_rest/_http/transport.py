"""The sync transport: httpx's, with a connection pool for one origin.

httpx's multi-origin pool dominates the cost of a call; one origin needs only a list of idle
connections. The transport remains an ``HTTPTransport``, whose ``handle_request`` tracing and
mocking tools wrap, and the connections are httpcore's.
"""

import importlib
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpx

from .reuse import can_be_reused
from .sending import observe_sending
from .settings import TransportSettings, httpcore_pool_arguments

if TYPE_CHECKING:
    import httpcore

T = TypeVar("T")

ALL_IN_USE = "all connections were in use until the timeout of the call"


class Transport(httpx.HTTPTransport):
    """An ``HTTPTransport`` over a :class:`Pool`."""

    def __init__(self, settings: TransportSettings) -> None:
        # The one private name of httpx in use; a test fails by name if it changes.
        self._pool = Pool(settings)  # type: ignore[assignment]


class Pool:
    """The connections of one client: a list of the idle ones, and a limit on all of them."""

    def __init__(self, settings: TransportSettings) -> None:
        # Now and not in the first call: a fork during an import would leave it locked.
        importlib.import_module(".network", __package__)
        self._settings = settings
        self._closed = False
        self._reset()
        pools_to_reset.add(self)

    def _reset(self) -> None:
        # Reentrant: the garbage collector may return a connection while this thread holds it.
        self._lock = threading.RLock()
        self._idle: list[tuple[float, httpcore.ConnectionInterface]] = []
        self._connections: httpcore.ConnectionPool | None = None
        # A queue of tokens is a fair semaphore implemented in C.
        self._slots: SimpleQueue[None] = SimpleQueue()
        for _ in range(self._settings.max_connections):
            self._slots.put(None)

    def handle_request(self, request: "httpcore.Request") -> "httpcore.Response":
        """Send a request over an idle or a new connection; return the response unread."""
        slots, connection = self._slots, None
        try:
            slots.get(timeout=cast(Any, request).extensions["timeout"]["pool"])
        except Empty:
            import httpcore

            raise httpcore.PoolTimeout(ALL_IN_USE) from None
        try:
            connection = self._take(request)
            response = connection.handle_request(request)
        except BaseException:
            if connection is not None:
                connection.close()
            slots.put(None)
            raise
        response.stream = _PooledStream(response.stream, partial(self.give_back, connection, slots))
        return response

    def give_back(
        self, connection: "httpcore.ConnectionInterface", slots: "SimpleQueue[None]"
    ) -> None:
        """Keep a connection whose response was read, or close it if it cannot be reused."""
        with self._lock:
            reusable = slots is self._slots and not self._closed and can_be_reused(connection)
            if reusable:
                self._idle.append((time.monotonic(), connection))
        if not reusable:
            connection.close()
        slots.put(None)

    def close(self) -> None:
        """Close the idle connections. Those in use are closed when they are given back."""
        self._closed = True
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def reset_after_fork(self) -> None:
        """Start over in a forked child, without the sockets and locks of its parent."""
        idle = self._idle
        self._reset()
        for _, connection in idle:
            connection.close()

    def _take(self, request: "httpcore.Request") -> "httpcore.ConnectionInterface":
        while True:
            with self._lock:
                if not self._idle:
                    observe_sending(request)
                    if self._connections is None:
                        self._connections = self._connect()
                    return self._connections.create_connection(request.url.origin)
                _, connection = self._idle.pop()
                oldest = pop_expired(self._idle, self._settings.keepalive_expiry)
            if oldest is not None:
                oldest.close()
            if not connection.has_expired():
                return connection
            connection.close()

    def _connect(self) -> "httpcore.ConnectionPool":
        import httpcore

        from .network import DeadlineBackend

        return httpcore.ConnectionPool(
            network_backend=DeadlineBackend(), **httpcore_pool_arguments(self._settings)
        )


def pop_expired(idle: list[tuple[float, T]], expiry: float) -> T | None:
    """Remove and return the oldest idle connection if it has expired.

    The newest connection is reused first, so a lightly used client would never reach the oldest.
    """
    if idle and time.monotonic() - idle[0][0] > expiry:
        return idle.pop(0)[1]
    return None


class _PooledStream:
    """The body of a response. Closing it gives the connection back to the pool."""

    def __init__(self, stream: Any, give_back: Callable[[], None]) -> None:
        self._stream = stream
        self._give_back: Callable[[], None] | None = give_back

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def __del__(self) -> None:
        # A signal handler can raise at any point, even before the stream is closed.
        self.close()

    def close(self) -> None:
        give_back, self._give_back = self._give_back, None
        if give_back is None:
            return
        try:
            if hasattr(self._stream, "close"):
                self._stream.close()
        finally:
            give_back()


pools_to_reset: "weakref.WeakSet[Any]" = weakref.WeakSet()
"""The pools that start over in a forked child."""


def _reset_pools() -> None:
    for pool in tuple(pools_to_reset):
        pool.reset_after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reset_pools)
