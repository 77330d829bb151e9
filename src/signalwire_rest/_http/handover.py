"""How a call that waits for a connection receives one."""

from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

import anyio


class Handover:
    """Receives a connection from another thread."""

    def __init__(self) -> None:
        self.connection: Any = None
        self._queue: SimpleQueue[Any] = SimpleQueue()
        self.put = self._queue.put

    def wait(self, timeout: float) -> None:
        """Wait until a connection, or ``None``, was put, or the timeout is over."""
        with suppress(Empty):
            self.connection = self._queue.get(timeout=timeout)


class AsyncHandover:
    """Receives a connection from another task."""

    def __init__(self) -> None:
        self.connection: Any = None
        self._event = anyio.Event()

    def put(self, connection: Any) -> None:
        self.connection = connection
        self._event.set()

    async def wait(self, timeout: float) -> None:
        """Wait until a connection, or ``None``, was put, or the timeout is over."""
        with anyio.move_on_after(timeout):
            await self._event.wait()
