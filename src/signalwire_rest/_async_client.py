"""The async client."""

import time
from typing import Self

import anyio
import httpx

from ._client import BaseClient
from ._core._async.executor import AsyncExecutor
from ._http._async.sender import AsyncSender
from .resources._async.video import AsyncVideo
from .resources._resource import resource


class AsyncRestClient(BaseClient[httpx.AsyncClient]):
    """An async client of SignalWire's REST API, for asyncio and trio. Tasks may share it.

    Use it as an async context manager, or call :meth:`aclose`.
    """

    _http_client_class = httpx.AsyncClient

    video: AsyncVideo = resource(lambda: AsyncVideo)
    """The video API."""

    def _open(self, http_client: httpx.AsyncClient | None) -> None:
        self._sender = AsyncSender(self._configuration.transport, http_client)
        self._executor = AsyncExecutor(
            self._configuration, self._sender, clock=time.monotonic, sleep=anyio.sleep
        )

    async def aclose(self) -> None:
        """Close the connections. Closing twice is harmless. An ``http_client`` stays open."""
        await self._sender.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()
