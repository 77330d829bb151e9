"""The async peers, and how calls are kept in flight."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from time import process_time
from typing import Any

import aiohttp
import httpx
import httpx_aiohttp
import trio

from benchmarks.harness import BASE, OURS, OURS_ON_TRIO
from benchmarks.target import AUTH, OPTIONS, QUERY, TIMEOUT, Target, check_results
from signalwire_rest import AsyncRestClient

AsyncCall = Callable[[], Awaitable[Any]]
Clock = Callable[[], float]


@dataclass(frozen=True)
class AsyncPeer:
    """A way to make the call in async code."""

    open: Callable[[Target, int], AbstractAsyncContextManager[AsyncCall]]
    """Opens a client with a limit of connections."""
    on_trio: bool = False

    def run(self, main: Callable[[], Coroutine[Any, Any, float]]) -> float:
        """Run ``main`` in a new event loop."""
        return trio.run(main) if self.on_trio else asyncio.run(main())

    async def keep_in_flight(self, in_flight: int, calls: int, call: AsyncCall) -> None:
        """Make some calls, ``in_flight`` of them at a time."""
        turns = iter(range(calls))

        async def work() -> None:
            for _ in turns:
                await call()

        if self.on_trio:
            async with trio.open_nursery() as nursery:
                for _ in range(in_flight):
                    nursery.start_soon(work)
        else:
            await asyncio.gather(*(work() for _ in range(in_flight)))

    def spend(
        self, target: Target, in_flight: int, connections: int = 100, clock: Clock = process_time
    ) -> float:
        """Return the µs per call, over open connections; 100 are the default of each peer."""
        calls = max(256, 2 * in_flight)

        async def main() -> float:
            async with self.open(target, connections) as call:
                check_results(await call(), await call())
                await self.keep_in_flight(in_flight, in_flight, call)
                gc.collect()
                begin = clock()
                await self.keep_in_flight(in_flight, calls, call)
                return (clock() - begin) / calls * 1e6

        return self.run(main)


@asynccontextmanager
async def _httpx(target: Target, connections: int) -> AsyncIterator[AsyncCall]:
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=20)
    async with httpx.AsyncClient(timeout=TIMEOUT, limits=limits) as client:

        async def call() -> Any:
            return (await client.get(target.next_url(), auth=AUTH, params=QUERY)).json()

        yield call


@asynccontextmanager
async def _aiohttp(target: Target, connections: int) -> AsyncIterator[AsyncCall]:
    connector = aiohttp.TCPConnector(limit=connections)
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    auth = {"Authorization": aiohttp.encode_basic_auth(*AUTH)}
    async with aiohttp.ClientSession(connector=connector, timeout=timeout, headers=auth) as session:

        async def call() -> Any:
            async with session.get(target.next_url(), params=QUERY) as response:
                return await response.json()

        yield call


@asynccontextmanager
async def _ours(target: Target, connections: int, own: Any = None) -> AsyncIterator[AsyncCall]:
    limits: dict[str, Any] = {"max_connections": connections, "http_client": own}
    async with AsyncRestClient(*AUTH, target.host, OPTIONS, **limits) as client:
        yield lambda: client.video.conferences.get(target.next_id(), include_active_session=True)


@asynccontextmanager
async def _ours_on_aiohttp(target: Target, connections: int) -> AsyncIterator[AsyncCall]:
    transport = httpx_aiohttp.AiohttpTransport(limits=httpx.Limits(max_connections=connections))
    async with httpx.AsyncClient(transport=transport) as own, _ours(target, connections, own) as it:
        yield it


OWN_POOLS = {
    BASE: AsyncPeer(_httpx),
    OURS: AsyncPeer(_ours),
    OURS_ON_TRIO: AsyncPeer(_ours, on_trio=True),
    "aiohttp": AsyncPeer(_aiohttp),
}
"""The peers that have a connection pool of their own."""
PEERS = {**OWN_POOLS, f"{OURS} with httpx-aiohttp": AsyncPeer(_ours_on_aiohttp)}
