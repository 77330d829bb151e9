"""A space in the process, the clients that it responds to, and the failures that a test wants."""

import http.client
import json
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

import httpcore
import httpx
from attrs import evolve

from signalwire_rest._async_client import AsyncRestClient
from signalwire_rest._client import RestClient
from signalwire_rest._options import RequestOptions

from ._space import Response, Space
from ._time import VirtualTime

C = TypeVar("C", RestClient, AsyncRestClient)
_Outcome: TypeAlias = tuple[float, httpcore.Response | Exception]
"""The seconds that a request takes, and what it ends with."""
_CREDENTIALS = ("project", "PT-fake-token", "example.signalwire.com")


class FakeSpace(Space):
    """A space, empty at first, and clients that make their calls to it without a network.

    A call takes the client's own path, with its checks, retries and errors. Only the connections
    are replaced, and time: it starts at 2025-01-01 and passes only while a client waits, at once.

    Args:
        seed: Determines every id and every token's value.
    """

    def __init__(self, *, seed: int = 0) -> None:
        self.time = VirtualTime(datetime(2025, 1, 1, tzinfo=UTC))
        """The time of the space and of its clients."""
        super().__init__(seed=seed, clock=self.time.now)
        self._failures: deque[tuple[Response | httpx.TransportError | None, float]] = deque()
        self.requests: list[httpx.Request] = []
        """The requests of all attempts, those that failed included."""

    def client(self, request_options: RequestOptions | None = None) -> RestClient:
        """Return a client of this space.

        Args:
            request_options: The default options of every call.
        """
        return self._connected(RestClient(*_CREDENTIALS, request_options), self.time.sleep)

    def async_client(self, request_options: RequestOptions | None = None) -> AsyncRestClient:
        """Return an async client of this space, for asyncio and trio.

        Args:
            request_options: The default options of every call.
        """
        client = AsyncRestClient(*_CREDENTIALS, request_options)
        return self._connected(client, self.time.async_sleep)

    def fail_next(
        self,
        count: int = 1,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        error: httpx.TransportError | None = None,
        delay: float = 0.0,
    ) -> None:
        """Make the next requests fail, after those of earlier calls. They change nothing.

        Args:
            count: How many requests; each attempt of a call is one.
            status: The status of the response. Default: 200 if there is a ``body``.
            headers: Headers of the response, such as ``{"Retry-After": "2"}``.
            body: The body: bytes, or a JSON value. Default: an error in the API's form.
            error: An error of the connection, such as ``httpx.ConnectError("refused")``.
            delay: Seconds until the response or the error arrives. On its own, the request is
                carried out and only its response is late: too late beyond ``read_timeout``.

        Raises:
            ValueError: Nothing that could fail was given, or both an error and a response.
        """
        outcome: Response | httpx.TransportError | None = error
        responds = status is not None or body is not None
        if (headers and not responds) or (responds and error is not None):
            raise ValueError("fail_next takes an error, or a response with a status or a body")
        if responds:
            status = 200 if status is None else status
            phrase = http.client.responses.get(status, "Error")
            body = {"error": phrase} if body is None else body
            outcome = Response(status, dict(headers or {}), body)
        if outcome is None and delay <= 0:
            raise ValueError("fail_next needs a status, a body, an error or a delay")
        self._failures.extend([(outcome, delay)] * count)

    def _connected(self, client: C, sleep: Callable[[float], Any]) -> C:
        # Above its connections a client stays as it is, with what tools such as OpenTelemetry wrap.
        inner: Any = client
        inner._sender._transport._pool = _Connections(self._receive, self.time)
        inner._executor = evolve(inner._executor, clock=self.time.monotonic, sleep=sleep)
        return client

    def _receive(self, request: Any) -> _Outcome:
        url = httpx.URL(str(request.url.origin)).copy_with(raw_path=request.url.target)
        content = b"".join(request.stream)
        received = httpx.Request(
            request.method.decode(), url, headers=request.headers, content=content
        )
        self.requests.append(received)
        outcome, delay = self._failures.popleft() if self._failures else (None, 0.0)
        if outcome is None:
            body = json.loads(content) if content else None
            found = self.respond(received.method, url.path, dict(url.params), body)
            outcome = found or Response(404, {}, None)
        if delay > (read_timeout := request.extensions["timeout"]["read"]):
            # A wait ends after its limit, never before.
            return read_timeout + 0.001, httpcore.ReadTimeout("no response")
        return delay, outcome if isinstance(outcome, Exception) else self._with_headers(outcome)

    def _with_headers(self, response: Response) -> httpcore.Response:
        body = response.body
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        headers = {
            "Date": format_datetime(self.time.now(), usegmt=True),
            "X-Request-Id": str(UUID(int=len(self.requests))),
            **response.headers,
        }
        return httpcore.Response(response.status, headers=[*headers.items()], content=body)


class _Connections:
    """Takes the place of the connections of a client, sync or async."""

    def __init__(self, receive: Callable[[httpcore.Request], _Outcome], time: VirtualTime) -> None:
        self._receive, self._time = receive, time

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        wait, outcome = self._receive(request)
        self._time.sleep(wait)
        return _returned(outcome)

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        wait, outcome = self._receive(request)
        await self._time.async_sleep(wait)
        return _returned(outcome)

    def close(self) -> None:
        pass

    async def aclose(self) -> None:
        pass


def _returned(outcome: httpcore.Response | Exception) -> httpcore.Response:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
