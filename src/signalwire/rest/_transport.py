"""Our own sync transport: httpx's, with a pool for the one origin that a client speaks to.

httpx's general pool is what costs most of a call. Idle connections of one origin are a list. The
class stays an ``HTTPTransport``, whose ``handle_request`` tracing and mocking tools wrap, and the
connections are httpcore's.
"""

import importlib
import os
import threading
import time
import weakref
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpx

from signalwire.rest._configuration import Configuration
from signalwire.rest._options import KEEPALIVE_EXPIRY

if TYPE_CHECKING:
    import httpcore

T = TypeVar("T")


def httpcore_pool_arguments(configuration: Configuration) -> dict[str, Any]:
    """Return what httpcore's pools, which make our connections for us, are to be made with.

    Raises:
        OSError: The file of certificates cannot be read.
    """
    import httpcore

    proxy = configuration.proxy
    return {
        "ssl_context": configuration.tls() if configuration.origin.startswith("https:") else None,
        "keepalive_expiry": KEEPALIVE_EXPIRY,
        "proxy": proxy
        and httpcore.Proxy(
            httpcore.URL(
                scheme=proxy.url.raw_scheme,
                host=proxy.url.raw_host,
                port=proxy.url.port,
                target=proxy.url.raw_path,
            ),
            proxy.raw_auth,
            proxy.headers.raw,
            proxy.ssl_context,
        ),
    }


class Transport(httpx.HTTPTransport):
    """An ``HTTPTransport`` over :class:`Pool`."""

    def __init__(self, configuration: Configuration) -> None:
        # The one private name of httpx that we rely on; a test fails by name when it changes.
        self._pool = Pool(configuration)  # type: ignore[assignment]


class Pool:
    """The connections of one client: a list of the idle ones and a count of all."""

    def __init__(self, configuration: Configuration) -> None:
        # Here and not in the first call: a fork in the midst of an import leaves it locked.
        importlib.import_module("signalwire.rest._network")
        self._configuration = configuration
        self._closed = False
        self._begin()
        forked_pools.add(self)

    def _begin(self) -> None:
        # Reentrant: the garbage collector may give a connection back while this thread holds it.
        self._lock = threading.RLock()
        self._idle: list[tuple[float, httpcore.ConnectionInterface]] = []
        self._connections: httpcore.ConnectionPool | None = None
        # A queue of tokens is a semaphore that serves in turn, and is made in C.
        self._slots: SimpleQueue[None] = SimpleQueue()
        for _ in range(self._configuration.max_connections):
            self._slots.put(None)

    def handle_request(self, request: "httpcore.Request") -> "httpcore.Response":
        """Send a request over an idle connection or a new one, and hand out the answer with it."""
        slots, connection = self._slots, None
        try:
            slots.get(timeout=cast(Any, request).extensions["timeout"]["pool"])
        except Empty:
            import httpcore

            message = "all connections were in use until the timeout of the call"
            raise httpcore.PoolTimeout(message) from None
        try:
            connection = self._take(request.url.origin)
            response = connection.handle_request(request)
        except BaseException:
            if connection is not None:
                connection.close()
            slots.put(None)
            raise
        response.stream = _Leased(response.stream, self, connection, slots)
        return response

    def give_back(
        self, connection: "httpcore.ConnectionInterface", slots: "SimpleQueue[None]"
    ) -> None:
        """Take a connection back whose answer was read or given up."""
        with self._lock:
            kept = slots is self._slots and not self._closed and connection.is_idle()
            if kept:
                self._idle.append((time.monotonic(), connection))
        if not kept:
            connection.close()
        slots.put(None)

    def close(self) -> None:
        """Close the idle connections. Those in use are closed when they are given back."""
        self._closed = True
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def renew(self) -> None:
        """Begin anew in a forked child, with no socket and no lock of its parent's."""
        idle = self._idle
        self._begin()
        for _, connection in idle:
            connection.close()

    def _take(self, origin: "httpcore.Origin") -> "httpcore.ConnectionInterface":
        while True:
            with self._lock:
                if not self._idle:
                    if self._connections is None:
                        self._connections = self._connect()
                    return self._connections.create_connection(origin)
                _, connection = self._idle.pop()
                oldest = expired(self._idle)
            if oldest is not None:
                oldest.close()
            if not connection.has_expired():
                return connection
            connection.close()

    def _connect(self) -> "httpcore.ConnectionPool":
        import httpcore

        from signalwire.rest._network import DeadlineBackend

        return httpcore.ConnectionPool(
            network_backend=DeadlineBackend(), **httpcore_pool_arguments(self._configuration)
        )


def expired(idle: list[tuple[float, T]]) -> T | None:
    """Take the oldest idle connection out of a list if its time is over.

    It lies at the bottom, where a client that has grown calm never looks.
    """
    if idle and time.monotonic() - idle[0][0] > KEEPALIVE_EXPIRY:
        return idle.pop(0)[1]
    return None


class _Leased:
    """The body of an answer. Closed, it gives its connection back."""

    def __init__(
        self,
        stream: Any,
        pool: Pool,
        connection: "httpcore.ConnectionInterface",
        slots: "SimpleQueue[None]",
    ) -> None:
        self._stream = stream
        self._lease: tuple[Any, ...] | None = (pool, connection, slots)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def __del__(self) -> None:
        # An exception of a signal handler can come at any point, before the lease is closed too.
        self.close()

    def close(self) -> None:
        if self._lease is None:
            return
        (pool, connection, slots), self._lease = self._lease, None
        try:
            if hasattr(self._stream, "close"):
                self._stream.close()
        finally:
            pool.give_back(connection, slots)


forked_pools: "weakref.WeakSet[Any]" = weakref.WeakSet()
"""The pools that begin anew in a forked child."""


def _renew_all() -> None:
    for pool in tuple(forked_pools):
        pool.renew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_all)
