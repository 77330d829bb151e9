"""An executor takes its clock and its sleep as arguments, so tests can run it in virtual time."""

import time
from typing import Any

import anyio
import httpx
import pytest
from support.runtimes import ID, PROJECT, TOKEN, Runtime

from signalwire_rest import RequestOptions, SignalWireRestError
from signalwire_rest._core._async.executor import AsyncExecutor
from signalwire_rest._core._sync.executor import Executor
from signalwire_rest._http.buffered_response import BufferedResponse


class VirtualTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)


class Unavailable:
    """A sender whose every response is an error."""

    closed = None

    def __init__(self, time: VirtualTime, status: int, headers: dict[str, str]) -> None:
        self.response = httpx.Response(status, headers=headers)
        self.time = time
        self.sent: list[float] = []

    def send(self, request: httpx.Request, response: BufferedResponse) -> None:
        self.sent.append(self.time.now)
        response.start(self.response)


class AsyncUnavailable(Unavailable):
    """The same for async code."""

    async def send(self, request: httpx.Request, response: BufferedResponse) -> None:  # type: ignore[override]
        super().send(request, response)


def call(
    runtime: Runtime, status: int, headers: dict[str, str], options: RequestOptions
) -> tuple[SignalWireRestError, Unavailable]:
    """Make a call that fails, in virtual time."""
    virtual = VirtualTime()
    sender: Any = (AsyncUnavailable if runtime.is_async else Unavailable)(virtual, status, headers)
    client = runtime.client_class(PROJECT, TOKEN, "example.signalwire.com", options)
    if runtime.is_async:
        client._executor = AsyncExecutor(
            client._configuration, sender, virtual.clock, virtual.async_sleep
        )
    else:
        client._executor = Executor(client._configuration, sender, virtual.clock, virtual.sleep)
    get = client.video.conferences.get
    with pytest.raises(SignalWireRestError) as caught:
        anyio.run(get, ID, backend=runtime.name) if runtime.is_async else get(ID)
    return caught.value, sender


def test_retries_and_waits_run_in_virtual_time(runtime: Runtime) -> None:
    started = time.monotonic()
    options = RequestOptions(retries=5, timeout=3600, retry_wait_max=600)
    error, sender = call(runtime, 503, {}, options)

    assert time.monotonic() - started < 5
    assert error.attempts == 6 == len(sender.sent)
    assert 0.25 + 0.5 + 1 + 2 + 4 <= sum(sender.time.slept) <= 0.5 + 1 + 2 + 4 + 8


def test_the_timeout_is_measured_by_the_given_clock(runtime: Runtime) -> None:
    options = RequestOptions(retries=100, timeout=30, retry_backoff=0)
    error, sender = call(runtime, 429, {"Retry-After": "7"}, options)

    assert error.retry_after == 7
    assert sender.sent == [1000.0, 1007.0, 1014.0, 1021.0, 1028.0]
