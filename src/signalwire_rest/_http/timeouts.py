"""Timeouts that carry the deadline of the whole call.

The values of a request's ``extensions["timeout"]`` carry the deadline of the call, so that each
wait is cut to the time that is left.
"""

import time
from collections.abc import Iterable, Iterator
from typing import Any


class DeadlineTimeout(float):
    """Seconds for one read, write or connection, and the deadline of the whole call."""

    __slots__ = ("deadline",)

    def __new__(cls, seconds: float, deadline: float) -> "DeadlineTimeout":
        timeout = super().__new__(cls, seconds)
        timeout.deadline = deadline
        return timeout

    deadline: float


def attempt_timeouts(connect: float, read: float, left: float, deadline: float) -> dict[str, float]:
    """Return the ``timeout`` extension of a request.

    Args:
        connect: Seconds for one attempt to connect.
        read: Seconds of silence between two reads, or two writes.
        left: Seconds until the call has to end.
        deadline: When that is, by :func:`time.monotonic`.
    """
    silence = DeadlineTimeout(min(read, left), deadline)
    connecting = DeadlineTimeout(min(connect, left), deadline)
    return {"connect": connecting, "read": silence, "write": silence, "pool": left}


def cut_to_deadline(timeout: DeadlineTimeout, error: type[Exception]) -> float:
    """Return the seconds that one wait may take: the timeout, or the time left if that is shorter.

    Raises:
        Exception: The call has no time left; ``error`` is its class.
    """
    left = timeout.deadline - time.monotonic()
    if left <= 0:
        raise error("the timeout of the call has passed")
    return min(float(timeout), left)


def split_timeout(found: Iterable[Any], timeout: float) -> Iterator[tuple[str, float]]:
    """Yield each address of a host and the seconds allowed for connecting to it.

    Splits the remaining time evenly among the addresses not yet tried, so that the last one is
    tried too.

    Args:
        found: The result of ``getaddrinfo``.
        timeout: Seconds for all addresses together.
    """
    end = time.monotonic() + timeout
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for tried, address in enumerate(addresses):
        yield address, max((end - time.monotonic()) / (len(addresses) - tried), 0.001)
