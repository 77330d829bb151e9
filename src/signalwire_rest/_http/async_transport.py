"""The async transport. Sockets belong to the event loop that made them, so each has its pool."""

import asyncio
import sys
import threading
import weakref
from importlib import import_module
from typing import TYPE_CHECKING, Any

import httpx
from anyio.lowlevel import current_token

from .settings import TransportSettings
from .transport import pools

if TYPE_CHECKING:
    from ._async.pool import AsyncPool


class AsyncTransport(httpx.AsyncHTTPTransport):
    """An ``AsyncHTTPTransport`` over a pool for each event loop."""

    def __init__(self, settings: TransportSettings) -> None:
        # The one private name of httpx in use; a test fails by name if it changes.
        self._pool: Any = LoopPools(settings)
        pools.add(self._pool)


class LoopPools:
    """The pools of one async client."""

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

    def handle_async_request(self, request: Any) -> Any:
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
        try:
            loop: object = asyncio.get_running_loop()
        except RuntimeError:
            loop = current_token().native_token  # of trio
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
