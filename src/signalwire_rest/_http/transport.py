"""The sync transport: httpx's, with a connection pool for one origin.

httpx's multi-origin pool dominates the cost of a call; one origin needs only a list of idle
connections. The transport remains an ``HTTPTransport``, whose ``handle_request`` tracing and
mocking tools wrap.
"""

import importlib
import os
import threading
import time
import weakref
from collections import deque
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, cast

import httpx

from .buffered_response import PoolClosedError
from .patching import httpcore_arguments, is_patched
from .settings import TransportSettings

if TYPE_CHECKING:
    import httpcore

    from ._sync.connection import Connection, Response

ALL_IN_USE = "all connections were in use until the timeout of the call"
_LOOK_AGAIN = 0.1
"""Seconds after which a waiting call looks for a connection that nobody gave back."""


class Transport(httpx.HTTPTransport):
    """An ``HTTPTransport`` over a :class:`Pool`."""

    def __init__(self, settings: TransportSettings) -> None:
        # The one private name of httpx in use; a test fails by name if it changes.
        self._pool = Pool(settings)  # type: ignore[assignment]


class Pool:
    """The connections of one client: a list of the idle ones, and a limit on all of them.

    A connection counts for as long as it exists. So if an exception strikes between any two steps
    of a call, its connection is closed and no longer counts as soon as the exception is dropped.
    """

    def __init__(self, settings: TransportSettings) -> None:
        # Now and not in the first call: a fork during an import would leave it locked.
        self._connection_module = importlib.import_module("._sync.connection", __package__)
        self._settings = settings
        self._closed = False
        self._reset()
        pools_to_reset.add(self)

    def _reset(self) -> None:
        # Reentrant: a signal handler may make a call while this thread holds it.
        self._lock = threading.RLock()
        self._idle: list[Connection] = []
        self._connections: set[weakref.ref[Connection]] = set()
        self._waiting: deque[weakref.ref[SimpleQueue[Connection | None]]] = deque()

    def handle_request(self, request: "httpcore.Request") -> "httpcore.Response | Response":
        """Send a request over an idle or a new connection; return the response unread."""
        import httpcore

        if is_patched(httpcore.ConnectionPool, "handle_request"):
            return httpcore.ConnectionPool(**httpcore_arguments(self._settings)).handle_request(
                request
            )
        connection = self._take(cast(Any, request).extensions["timeout"]["pool"])
        try:
            response = connection.send(request)
        except BaseException:
            self.give_back(connection)
            raise
        response.give_back = self.give_back
        return response

    def give_back(self, connection: "Connection") -> None:
        """Keep a connection whose response was read, or close it if it cannot be reused."""
        reusable = connection.is_reusable() and not self._closed
        if not reusable:
            connection.close()
        with self._lock:
            while self._waiting:
                waiting = self._waiting.popleft()()
                if waiting is not None:
                    waiting.put(connection)  # If it is closed, it opens again.
                    return
            if reusable:
                self._idle.append(connection)
            else:
                self._connections.discard(weakref.ref(connection))

    def close(self) -> None:
        """Close the idle connections. Those in use are closed when they are given back."""
        self._closed = True
        with self._lock:
            idle, self._idle = self._idle, []
            waiting, self._waiting = self._waiting, deque()
        for connection in idle:
            connection.close()
        for each in waiting:
            if (queue := each()) is not None:
                queue.put(None)

    def reset_after_fork(self) -> None:
        """Start over in a forked child, without the sockets and locks of its parent."""
        for each in self._connections:
            if (connection := each()) is not None:
                connection.leave_to_parent()
        self._reset()

    def _take(self, timeout: float) -> "Connection":
        end = time.monotonic() + timeout
        waiting: SimpleQueue[Connection | None] = SimpleQueue()
        with self._lock:
            connection = self._find()
            if connection is None:
                self._waiting.append(weakref.ref(waiting))
        while connection is None:
            if self._closed:
                raise PoolClosedError
            left = end - time.monotonic()
            if left <= 0:
                import httpcore

                raise httpcore.PoolTimeout(ALL_IN_USE)
            try:
                connection = waiting.get(timeout=min(left, _LOOK_AGAIN))
            except Empty:
                with self._lock:
                    connection = self._find()
        if connection.has_expired():
            connection.close()
        return connection

    def _find(self) -> "Connection | None":
        if self._idle:
            connection = self._idle.pop()
            if self._idle and self._idle[0].is_old():
                # The newest is reused first, so a lightly used client never reaches the oldest.
                oldest = self._idle.pop(0)
                oldest.close()
                self._connections.discard(weakref.ref(oldest))
            return connection
        if len(self._connections) >= self._settings.max_connections:
            # No callback removes the dead ones: an exception could strike in it.
            self._connections = {each for each in self._connections if each() is not None}
            if len(self._connections) >= self._settings.max_connections:
                return None
        new: Connection = self._connection_module.Connection(self._settings)
        self._connections.add(weakref.ref(new))
        return new


pools_to_reset: "weakref.WeakSet[Any]" = weakref.WeakSet()
"""The pools that start over in a forked child."""


def _reset_pools() -> None:
    for pool in tuple(pools_to_reset):
        pool.reset_after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reset_pools)
