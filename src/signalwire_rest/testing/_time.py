"""Time that passes only while something waits for it."""

import threading
from bisect import insort
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import itemgetter

import anyio.lowlevel


class VirtualTime:
    """A clock that every wait moves forward at once.

    Args:
        start: The time at which it starts.
    """

    def __init__(self, start: datetime) -> None:
        self._start, self._elapsed = start, 0.0
        self._due: list[tuple[float, Callable[[], object]]] = []
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        """Return the seconds since the start."""
        return self._elapsed

    def now(self) -> datetime:
        """Return the date and the time."""
        return self._start + timedelta(seconds=self._elapsed)

    def call_later(self, seconds: float, function: Callable[[], object]) -> None:
        """Call a function once so many seconds have passed."""
        with self._lock:
            insort(self._due, (self._elapsed + seconds, function), key=itemgetter(0))

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""
        self._pass_until(self._elapsed + seconds)

    async def async_sleep(self, seconds: float) -> None:
        """Let seconds pass. Tasks that wait at the same time wait in parallel."""
        until = self._elapsed + seconds
        await anyio.lowlevel.checkpoint()
        self._pass_until(until)

    def _pass_until(self, until: float) -> None:
        while True:
            with self._lock:
                if not self._due or self._due[0][0] > until:
                    self._elapsed = max(self._elapsed, until)
                    return
                due, function = self._due.pop(0)
                self._elapsed = max(self._elapsed, due)
            function()
