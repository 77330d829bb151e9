"""Timeouts of single waits, each cut to the deadline of the whole call."""

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def attempt_extensions(connect: float, read: float, left: float, deadline: float) -> dict[str, Any]:
    """Return the extensions of a request.

    Args:
        connect: Seconds for one attempt to connect.
        read: Seconds of silence between two reads, or two writes.
        left: Seconds until the call has to end.
        deadline: When that is, by :func:`time.monotonic`.
    """
    silence, connecting = min(read, left), min(connect, left)
    timeout = {"connect": connecting, "read": silence, "write": silence, "pool": left}
    return {"timeout": timeout, "deadline": deadline}


def time_left(extensions: Mapping[str, Any], kind: str, error: type[Exception]) -> float:
    """Return the seconds that a wait of this kind may take; raise an error if none are left."""
    left: float = min(extensions["timeout"][kind], extensions["deadline"] - time.monotonic())
    if left <= 0:
        raise error("the timeout of the call has passed")
    return left


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
