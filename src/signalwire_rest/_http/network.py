"""Sockets of sync calls: every wait ends by the deadline of the call."""

import codecs
import socket
from typing import Any

import httpcore

from .timeouts import cut_to_deadline, split_timeout

# `getaddrinfo` imports this codec for its first host name; see Pool.
codecs.lookup("idna")


class DeadlineStream(httpcore.NetworkStream):
    """A connection on which every wait ends by the deadline of the call."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self.close, self.get_extra_info = stream.close, stream.get_extra_info  # type: ignore[method-assign]

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, cut_to_deadline(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, cut_to_deadline(timeout, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: Any, server_hostname: Any = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = cut_to_deadline(timeout, httpcore.ConnectTimeout)
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, left))


class DeadlineBackend(httpcore.NetworkBackend):
    """Connects within one timeout, however many addresses a host has."""

    def __init__(self) -> None:
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        failure: Exception | None = None
        left = cut_to_deadline(timeout, httpcore.ConnectTimeout)
        for address, share in split_timeout(found, left):
            try:
                stream = self._sockets.connect_tcp(address, port, share, *args, **options)
                return DeadlineStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("the host has no address")
