"""The transports: httpx's, with a connection pool for one origin.

httpx's multi-origin pool dominates the cost of a call; one origin needs only a list of idle
connections. The transports remain httpx's classes, whose methods tracing and mocking tools wrap.
"""

import asyncio
import os
import sys
import threading
import weakref
from collections.abc import Awaitable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import anyio.lowlevel
import httpx

from .settings import TransportSettings

if TYPE_CHECKING:
    import httpcore

    from ._async.connection import AsyncResponse
    from ._async.pool import AsyncPool


class Transport(httpx.HTTPTransport):
    """An ``HTTPTransport`` over one pool."""

    def __init__(self, settings: TransportSettings) -> None:
        # Now and not in the first call: a fork during an import would leave it locked.
        pool = import_module("._sync.pool", __package__).Pool(settings)
        # The one private name of httpx in use; a test fails by name if it changes.
        self._pool = pool
        _pools.add(pool)


class AsyncTransport(httpx.AsyncHTTPTransport):
    """An ``AsyncHTTPTransport`` over a pool for each event loop."""

    def __init__(self, settings: TransportSettings) -> None:
        pools = LoopPools(settings)
        # The one private name of httpx in use; a test fails by name if it changes.
        self._pool = pools  # type: ignore[assignment]
        _pools.add(pools)


class LoopPools:
    """The pools of one async client. Sockets belong to the event loop that made them."""

    def __init__(self, settings: TransportSettings) -> None:
        # Now and not in the first call: a fork during an import would leave it locked.
        self._make_pool = import_module("._async.pool", __package__).AsyncPool
        import_module("concurrent.futures.thread")  # for `loop.getaddrinfo`
        for name in {"asyncio", "trio"} & sys.modules.keys():
            import_module(f"anyio._backends._{name}")  # private; a test fails if it changes
        self._settings = settings
        self._start()

    def _start(self) -> None:
        # Threads may start event loops at the same time.
        self._lock = threading.Lock()
        self._by_loop: weakref.WeakKeyDictionary[object, AsyncPool] = weakref.WeakKeyDictionary()

    def handle_async_request(
        self, request: "httpcore.Request"
    ) -> "Awaitable[httpcore.Response | AsyncResponse]":
        return self.of_running_loop().handle_async_request(request)

    async def aclose(self) -> None:
        """Close the idle connections of the running loop; those of other loops end with them."""
        with self._lock:
            for pool in self._by_loop.values():
                pool.closed = True
        await self.of_running_loop().aclose()

    def start_over(self) -> None:
        """Start over in a forked child: the sockets of its parent's loops are the parent's."""
        for pool in self._by_loop.values():
            pool.start_over()
        self._start()

    def of_running_loop(self) -> "AsyncPool":
        """Return the pool of the running event loop."""
        loop = anyio.lowlevel.current_token().native_token
        with self._lock:
            pool = self._by_loop.get(loop)
            if pool is None:
                # The sockets of a pool keep its loop alive, so drop those of ended loops here.
                for other in [each for each in self._by_loop if _has_ended(each)]:
                    del self._by_loop[other]
                pool = self._by_loop[loop] = self._make_pool(self._settings)
        return pool


def _has_ended(loop: object) -> bool:
    return isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed()


_pools: "weakref.WeakSet[Any]" = weakref.WeakSet()
"""The pools that start over in a forked child."""


def _start_over() -> None:
    for pool in tuple(_pools):
        pool.start_over()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_over)
