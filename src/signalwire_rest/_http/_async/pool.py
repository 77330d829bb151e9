"""The connections that the threads of a client share, or the tasks of one event loop."""

import threading
import time
import weakref
from collections import deque
from contextlib import suppress
from typing import Any, cast

import httpcore

from ..async_network import AsyncHandover
from ..buffered_response import PoolClosedError
from ..patching import httpcore_arguments, is_patched
from ..settings import TransportSettings
from .connection import AsyncConnection, AsyncResponse

_LOOK_AGAIN = 0.1
"""Seconds after which a waiting call looks for a connection that nobody gave back, or the end."""


class AsyncPool:
    """A list of the idle connections, and a limit on all of them.

    A connection counts for as long as it exists. So an exception that strikes anywhere in a call
    loses none: once the exception is dropped, so is the connection.
    """

    def __init__(self, settings: TransportSettings) -> None:
        self._settings = settings
        self.closed = False
        self._start()

    def _start(self) -> None:
        # Reentrant: a signal handler may make a call while this thread holds it.
        self._lock = threading.RLock()
        self._idle: list[AsyncConnection] = []
        self._connections: set[weakref.ref[AsyncConnection]] = set()
        self._waiting: deque[weakref.ref[AsyncHandover]] = deque()

    async def handle_async_request(
        self, request: httpcore.Request
    ) -> httpcore.Response | AsyncResponse:
        """Send a request over an idle or a new connection; return the response unread."""
        if is_patched(httpcore.AsyncConnectionPool, "handle_async_request"):
            patched = httpcore.AsyncConnectionPool(**httpcore_arguments(self._settings))
            return await patched.handle_async_request(request)
        connection = self._find() or await self._wait(cast(Any, request).extensions["deadline"])
        if connection.has_expired():
            await connection.aclose()
        try:
            response = await connection.send(request)
        except BaseException:
            await self.give_back(connection)
            raise
        response.give_back = self.give_back
        return response

    async def give_back(self, connection: AsyncConnection) -> None:
        """Hand a connection on, keep it, or close it if it cannot be reused."""
        oldest, reusable = None, connection.is_reusable() and not self.closed
        if not reusable:
            await connection.aclose()
        with self._lock:
            if not self.closed and (handover := self._next_waiting()) is not None:
                handover.put(connection)  # If it is closed, it opens again.
            elif reusable:
                self._idle.append(connection)
                # The newest is reused first, so a lightly used client never reaches the oldest.
                if self._idle[0].is_old():
                    oldest = self._idle.pop(0)
            else:
                self._connections.discard(weakref.ref(connection))
        if oldest is not None:
            await oldest.aclose()

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed when they are given back."""
        self.closed = True
        while self._idle:
            await self._idle.pop().aclose()

    def start_over(self) -> None:
        """Start over in a forked child, without the sockets and the lock of its parent."""
        for each in tuple(self._connections):
            if (connection := each()) is not None:
                connection.leave_to_parent()
        self._start()

    async def _wait(self, deadline: float) -> AsyncConnection:
        handover = AsyncHandover()
        waiting = weakref.ref(handover)
        self._waiting.append(waiting)
        try:
            while (connection := handover.connection or self._find()) is None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise httpcore.PoolTimeout(
                        "all connections were in use until the timeout of the call"
                    )
                await handover.wait(min(left, _LOOK_AGAIN))
        except BaseException:
            # The exception may keep the handover alive: nothing may reach it any more.
            with self._lock, suppress(ValueError):
                self._waiting.remove(waiting)
            if handover.connection is not None:
                await self.give_back(handover.connection)
            raise
        return connection

    def _find(self) -> AsyncConnection | None:
        if self.closed:
            raise PoolClosedError
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if len(self._connections) >= self._settings.max_connections:
                return None
            connection = AsyncConnection(self._settings)
            # A callback in Python could be interrupted by a signal handler.
            self._connections.add(weakref.ref(connection, self._connections.discard))
            return connection

    def _next_waiting(self) -> AsyncHandover | None:
        while self._waiting:
            handover = self._waiting.popleft()()
            if handover is not None:
                return handover
        return None
