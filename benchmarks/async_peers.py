"""The async peers, and how calls are kept in flight."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import httpx
import httpx_aiohttp
import trio

from benchmarks.figures import BASE, CHECKED, DICT, OURS
from benchmarks.target import CONFERENCE_ID, PROJECT, QUERY, TIMEOUT, TOKEN, Target
from signalwire_rest import AsyncRestClient

T = TypeVar("T")

AsyncCall = Callable[[], Awaitable[Any]]
OURS_ON_TRIO = f"{OURS} on trio"
OURS_OVER_AIOHTTP = f"{OURS} with httpx-aiohttp"
CONNECTIONS = 100
"""Connections that every peer opens at most: the default of all of them."""


@dataclass(frozen=True)
class AsyncPeer:
    """A way to make the call in async code."""

    result: str
    """What the caller gets."""
    opened: Callable[[Target, int], AbstractAsyncContextManager[AsyncCall]]
    """Opens a client with so many connections at most."""
    trio: bool = False

    def run(self, main: Callable[[], Awaitable[T]]) -> T:
        """Run ``main`` in an event loop of its own."""
        if self.trio:
            return trio.run(main)

        async def awaited() -> T:
            return await main()

        return asyncio.run(awaited())

    async def keep_in_flight(self, number: int, calls: int, call: AsyncCall) -> None:
        """Make so many calls, ``number`` of them at a time."""
        turns = iter(range(calls))

        async def work() -> None:
            for _ in turns:
                await call()

        if self.trio:
            async with trio.open_nursery() as nursery:
                for _ in range(number):
                    nursery.start_soon(work)
        else:
            await asyncio.gather(*(work() for _ in range(number)))


@asynccontextmanager
async def _plain(target: Target, connections: int) -> AsyncIterator[AsyncCall]:
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=20)
    async with httpx.AsyncClient(timeout=TIMEOUT, limits=limits) as client:

        async def call() -> Any:
            result = await client.get(target.url, auth=(PROJECT, TOKEN), params=QUERY)
            return result.json()

        yield call


@asynccontextmanager
async def _aiohttp(target: Target, connections: int) -> AsyncIterator[AsyncCall]:
    connector = aiohttp.TCPConnector(limit=connections)
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        auth = aiohttp.BasicAuth(PROJECT, TOKEN)

        async def call() -> Any:
            async with session.get(target.url, auth=auth, params=QUERY) as result:
                return await result.json()

        yield call


@asynccontextmanager
async def _ours(target: Target, connections: int) -> AsyncIterator[AsyncCall]:
    async with AsyncRestClient(PROJECT, TOKEN, target.host, max_connections=connections) as client:
        get = client.video.conferences.get
        yield lambda: get(CONFERENCE_ID, include_active_session=True)


@asynccontextmanager
async def _over_aiohttp(target: Target, connections: int) -> AsyncIterator[AsyncCall]:
    transport = httpx_aiohttp.AiohttpTransport(limits=httpx.Limits(max_connections=connections))
    async with (
        httpx.AsyncClient(transport=transport) as own,
        AsyncRestClient(PROJECT, TOKEN, target.host, http_client=own) as client,
    ):
        get = client.video.conferences.get
        yield lambda: get(CONFERENCE_ID, include_active_session=True)


MAIN_PEERS = {BASE: AsyncPeer(DICT, _plain), OURS: AsyncPeer(CHECKED, _ours)}
ALL_PEERS = {
    **MAIN_PEERS,
    "aiohttp": AsyncPeer(DICT, _aiohttp),
    OURS_ON_TRIO: AsyncPeer(CHECKED, _ours, trio=True),
    OURS_OVER_AIOHTTP: AsyncPeer(CHECKED, _over_aiohttp),
}
