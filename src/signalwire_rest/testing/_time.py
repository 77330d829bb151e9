"""Time that passes only while something waits for it."""

import heapq
import itertools
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import anyio.lowlevel


class VirtualTime:
    """A clock that every wait moves forward at once.

    Args:
        start: The time at which it starts.
    """

    def __init__(self, start: datetime) -> None:
        self._start, self._elapsed = start, 0.0
        self._due: list[tuple[float, int, Callable[[], object]]] = []
        self._serials, self._lock = itertools.count(), threading.Lock()

    def monotonic(self) -> float:
        """Return the seconds since the start."""
        return self._elapsed

    def now(self) -> datetime:
        """Return the date and the time."""
        return self._start + timedelta(seconds=self._elapsed)

    def call_later(self, seconds: float, function: Callable[[], object]) -> None:
        """Call a function once so many seconds have passed."""
        with self._lock:
            entry = (self._elapsed + seconds, next(self._serials), function)
            heapq.heappush(self._due, entry)

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""
        self._pass_until(self._elapsed + seconds)

    async def async_sleep(self, seconds: float) -> None:
        """Let seconds pass. Tasks that wait at the same time wait in parallel."""
        until = self._elapsed + seconds
        await anyio.lowlevel.checkpoint()
        self._pass_until(until)

    def _pass_until(self, until: float) -> None:
        while (function := self._next_due(until)) is not None:
            function()

    def _next_due(self, until: float) -> Callable[[], object] | None:
        with self._lock:
            if not self._due or self._due[0][0] > until:
                self._elapsed = max(self._elapsed, until)
                return None
            due, _, function = heapq.heappop(self._due)
            self._elapsed = max(self._elapsed, due)
            return function
