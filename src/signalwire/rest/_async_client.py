"""The async client."""

from types import TracebackType
from typing import Self

import httpx

from signalwire.rest._async_caller import AsyncCaller
from signalwire.rest._client import BaseClient
from signalwire.rest._video import AsyncVideo


class AsyncRestClient(BaseClient[httpx.AsyncClient]):
    """A client of SignalWire's REST API, for asyncio and trio. Tasks may share it.

    Use it as an async context manager, or call :meth:`aclose`.
    """

    _http_client_class = httpx.AsyncClient

    def _open(self, http_client: httpx.AsyncClient | None) -> None:
        self._caller = AsyncCaller(self._configuration, http_client)
        self.video = AsyncVideo(self._caller)
        """The video API (:class:`AsyncVideo`)."""

    async def aclose(self) -> None:
        """Close the connections; a second time does nothing. An ``http_client`` stays open."""
        await self._caller.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()
