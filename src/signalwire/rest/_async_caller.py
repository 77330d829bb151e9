"""The async shell around a call, on asyncio and trio: it sends, reads, waits, decides nothing."""

import inspect
import time
from collections.abc import AsyncIterable, Awaitable, Callable
from typing import Any, TypeVar, cast

import anyio
import httpx

from signalwire.rest._async_transport import AsyncTransport
from signalwire.rest._call import FAILURES, PARSER_ERRORS, Call
from signalwire.rest._configuration import Configuration
from signalwire.rest._options import ABORT_POLL, AbortSignal, Policy, RequestOptions

M = TypeVar("M")


class AsyncCaller:
    """Makes the calls of one client, over a transport of its own or the user's client."""

    def __init__(self, configuration: Configuration, http_client: httpx.AsyncClient | None) -> None:
        self.configuration = configuration
        self.http_client = http_client
        self._transport = None if http_client else AsyncTransport(configuration)
        self.closed = False

    async def call(
        self,
        operation: Callable[..., Awaitable[Any]],
        model: type[M],
        request_options: RequestOptions | None,
        /,
        **arguments: Any,
    ) -> M:
        """Return what a generated operation answers, checked to be a ``model``.

        Raises:
            SignalWireRestError: The call has failed.
        """
        call = _AsyncCall(self, self.configuration.policy.under(request_options))
        parsed = None
        try:
            parsed = (await operation(client=call, **arguments)).parsed
        except PARSER_ERRORS:
            if not call.answered:
                raise
        return call.checked(model, parsed)

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request; return the answer with its body still to come."""
        if self._transport is not None:
            return await self._transport.handle_async_request(request)
        assert self.http_client is not None
        return await self.http_client.send(request, stream=True, auth=None, follow_redirects=False)

    async def aclose(self) -> None:
        """Close the connections. A client of the user's own stays open."""
        self.closed = True
        if self._transport is not None:
            await self._transport.aclose()


class _AsyncCall(Call):
    def __init__(self, caller: AsyncCaller, policy: Policy) -> None:
        super().__init__(caller.configuration, policy)
        self._caller = caller

    def get_async_httpx_client(self) -> "_AsyncCall":
        return self

    async def request(self, **wanted: Any) -> Any:
        self.prepare(**wanted)
        while True:
            await self._attempt()
            wait = self.after()
            if wait is None:
                return self.received
            await _pause(wait, self.policy.abort_signal)

    async def _attempt(self) -> None:
        request = self.begin(self._caller.closed, self._caller.http_client)
        try:
            with anyio.CancelScope(deadline=anyio.current_time() + self.left) as scope:
                await self._send_and_read(request)
            if scope.cancelled_caught:
                raise TimeoutError
        except FAILURES as failure:
            self.fail(failure)

    async def _send_and_read(self, request: httpx.Request) -> None:
        response = await self._caller.send(request)
        try:
            if self.received.begin(response):
                async for chunk in cast(AsyncIterable[bytes], response.stream):
                    if not self.received.feed(chunk):
                        await response.aclose()
                self.received.end()
        finally:
            await response.aclose()


async def _pause(seconds: float, signal: AbortSignal | None) -> None:
    wait = getattr(signal, "wait", None)
    if signal is None:
        await anyio.sleep(seconds)
    elif inspect.iscoroutinefunction(wait):
        with anyio.move_on_after(seconds):
            await wait()
    else:
        end = time.monotonic() + seconds
        # An event of threads cannot be awaited.
        while not signal.is_set() and (left := end - time.monotonic()) > 0:  # noqa: ASYNC110
            await anyio.sleep(min(left, ABORT_POLL))
