"""The async client."""

import time
from collections.abc import Mapping
from typing import Any, Self

import anyio
import httpx

from ._client import BaseClient
from ._core._async.executor import AsyncExecutor
from ._core.raw_response import RawResponse
from ._http._async.sender import AsyncSender
from ._options import RequestOptions
from .resources._any_request import AnyRequest
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

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        json: object = None,
        request_options: RequestOptions | None = None,
    ) -> RawResponse[Any]:
        """Make any request to the space. See :meth:`RestClient.request`."""
        description = AnyRequest(method, path, params, json)
        del params, json  # A traceback would show them.
        return await self._executor.send(description, request_options)

    async def aclose(self) -> None:
        """Close the connections. Closing twice is harmless. An ``http_client`` stays open."""
        if self._owns_connections:
            await self._sender.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()
