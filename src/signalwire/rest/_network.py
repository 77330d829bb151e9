"""The total deadline of a sync call, in every wait of a socket.

httpcore hands the values of ``extensions["timeout"]`` on untouched. Ours are :class:`Limit`: they
know when the call is to end, so that a server which drips a byte a second is cut off in time.
"""

import codecs
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore

from signalwire.rest._call import Limit

# What `getaddrinfo` imports with its first host name; see Pool.
codecs.lookup("idna")


def _left(timeout: float | None, error: type[httpcore.TimeoutException]) -> float | None:
    """Return the seconds that one wait may take.

    Raises:
        httpcore.TimeoutException: The call has no time left.
    """
    if not isinstance(timeout, Limit):
        return timeout
    left = timeout.deadline - time.monotonic()
    if left <= 0:
        raise error("the timeout of the call has passed")
    return min(float(timeout), left)


class DeadlineStream(httpcore.NetworkStream):
    """A connection whose every wait ends with the call that waits."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = _left(timeout, httpcore.ConnectTimeout)
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, limit))

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class DeadlineBackend(httpcore.NetworkBackend):
    """Connects within one limit, however many addresses a host has."""

    def __init__(self) -> None:
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        failure: Exception | None = None
        for address, share in shared_out(found, _left(timeout, httpcore.ConnectTimeout)):
            try:
                return DeadlineStream(
                    self._sockets.connect_tcp(address, port, share, local_address, socket_options)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("the host has no address")


def shared_out(found: Iterable[Any], limit: float | None) -> Iterator[tuple[str, float | None]]:
    """Yield each address of a host with the seconds that connecting to it may take.

    What is left of the limit is shared out among those that are left, so that the limit is that of
    the host, and the last address is tried too.

    Args:
        found: What ``getaddrinfo`` returned.
        limit: Seconds for all addresses together.
    """
    end = None if limit is None else time.monotonic() + limit
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for tried, address in enumerate(addresses):
        left = None if end is None else (end - time.monotonic()) / (len(addresses) - tried)
        yield address, left if left is None else max(left, 0.001)
