"""Sockets of sync calls. Each operation, however many waits it takes, ends by its timeout."""

import codecs
import socket
import ssl
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

import httpcore

# Private; a test fails by name if they change.
from httpcore._backends.sync import SyncStream, TLSinTLSStream

from .interruptions import raised_by_signal_handler
from .timeouts import split_timeout

# `getaddrinfo` imports this codec for its first host name; see Transport.
codecs.lookup("idna")


class _Translated:
    """Raises httpcore's exceptions for those of a socket, but lets a signal handler's pass."""

    def __init__(self, timed_out: type[Exception], failed: type[Exception]) -> None:
        self._timed_out = timed_out
        self._failed = failed

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, OSError) and not raised_by_signal_handler(error):
            has_timed_out = isinstance(error, TimeoutError | BlockingIOError | ssl.SSLWantReadError)
            raise (self._timed_out if has_timed_out else self._failed)(str(error)) from error


_connecting = _Translated(httpcore.ConnectTimeout, httpcore.ConnectError)
_reading = _Translated(httpcore.ReadTimeout, httpcore.ReadError)
_writing = _Translated(httpcore.WriteTimeout, httpcore.WriteError)


def connect(host: str, port: int, timeout: float) -> "Stream":
    """Connect to the first address of a host that accepts."""
    with _connecting:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    failure: Exception | None = None
    for address, share in split_timeout(found, timeout):
        try:
            with _connecting:
                sock = socket.create_connection((address, port), share)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return Stream(sock)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            failure = error
    raise failure or httpcore.ConnectError("the host has no address")


def has_unread(stream: Any) -> bool:
    """Return whether an idle connection has ended or holds bytes, which belong to no request."""
    # What TLS within TLS has read ahead no longer shows at the socket, and what shows there can
    # be a session ticket.
    if isinstance(stream, Stream) and not stream.get_extra_info("is_readable"):
        return False
    try:
        stream.read(1, 0.0)
    except httpcore.ReadTimeout:
        return False
    except httpcore.ReadError:
        pass
    return True


def close(stream: httpcore.NetworkStream) -> None:
    """Close a connection."""
    stream.close()


class Stream(SyncStream):
    """A connected socket."""

    def read(self, max_bytes: int, timeout: Any = None) -> bytes:
        with _reading:
            self._limit(timeout)
            return self._sock.recv(max_bytes)

    def write(self, buffer: bytes, timeout: Any = None) -> None:
        end = time.monotonic() + timeout
        with _writing:
            while buffer:
                self._limit(timeout)
                buffer = buffer[self._sock.send(buffer) :]
                timeout = max(end - time.monotonic(), 0.001)

    def _limit(self, timeout: float) -> None:
        # Only a change: it is a system call, in which another thread takes the interpreter over.
        if self._sock.gettimeout() != timeout:
            self._sock.settimeout(timeout)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: Any = None, timeout: Any = None
    ) -> httpcore.NetworkStream:
        try:
            with _connecting:
                if isinstance(self._sock, ssl.SSLSocket):
                    inner: Any = _InnerSocket(self)
                    return TLSinTLSStream(inner, ssl_context, server_hostname, timeout)
                self._sock.settimeout(timeout)
                tls = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
                return Stream(tls)
        except (httpcore.ReadTimeout, httpcore.WriteTimeout) as error:  # of the inner socket
            raise httpcore.ConnectTimeout(str(error)) from error
        except (httpcore.ReadError, httpcore.WriteError) as error:
            raise httpcore.ConnectError(str(error)) from error

    def __del__(self) -> None:
        self.close()


class _InnerSocket:
    """The socket under a TLS connection within another: its waits share one timeout."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._end = 0.0
        self.close, self.fileno = stream.close, stream.get_extra_info("socket").fileno

    def settimeout(self, timeout: float) -> None:
        self._end = time.monotonic() + timeout

    def recv(self, max_bytes: int) -> bytes:
        return self._stream.read(max_bytes, max(self._end - time.monotonic(), 0.001))

    def sendall(self, data: bytes) -> None:
        self._stream.write(data, max(self._end - time.monotonic(), 0.001))


class Handover:
    """Receives a connection from another thread."""

    def __init__(self) -> None:
        self.connection: Any = None
        # Reentrant, unlike an event: a signal handler may make a call.
        self._put: SimpleQueue[None] = SimpleQueue()

    def put(self, connection: Any) -> None:
        self.connection = connection
        self._put.put(None)

    def wait(self, timeout: float) -> None:
        """Wait until a connection was put, or the timeout is over."""
        with suppress(Empty):
            self._put.get(timeout=timeout)
