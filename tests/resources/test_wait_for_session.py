"""``wait_for_session``: one request per interval, and never longer than the timeout."""

import copy
import itertools
import math
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import httpx
import pytest
from support.runtimes import ID, PROJECT, TOKEN, Runtime
from support.secrets import assert_silent
from support.servers import RawServer, example, response

from signalwire_rest import (
    UNSET,
    Conference,
    RequestOptions,
    SessionStatus,
    SignalWireRestAbortedError,
    SignalWireRestError,
    SignalWireRestNotFoundError,
    SignalWireRestRateLimitError,
    SignalWireRestSessionTimeoutError,
    SignalWireRestTimeoutError,
)
from signalwire_rest._core._async.executor import AsyncExecutor
from signalwire_rest._core._sync.executor import Executor
from signalwire_rest._http.buffered_response import BufferedResponse

NEVER = 10.0**9


def conference(status: str | None) -> httpx.Response:
    """Return a response with a conference whose session has this status; ``None`` for none."""
    value = example()
    value.pop("active_session", None)
    if status is not None:
        value["active_session"] = {"id": "1", "status": status}
    return httpx.Response(200, json=value)


class Api:
    """A sender in virtual time, which only waits and slow responses move.

    Args:
        responses: The responses in turn, the last one again and again. A number is the seconds that
            the next one takes.
    """

    closed = None

    def __init__(self, *responses: httpx.Response | float) -> None:
        self.now = 1000.0
        self.sent: list[float] = []
        self.on_wait: Callable[[], None] = lambda: None
        self._responses = itertools.chain(responses[:-1], itertools.repeat(responses[-1]))

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.on_wait()
        self.now += seconds

    def send(self, request: httpx.Request, response: BufferedResponse) -> None:
        self.sent.append(self.now - 1000)
        assert request.url.params["include_active_session"] == "true"
        found = next(self._responses)
        if isinstance(found, float):
            # No response takes longer than the call may. Its deadline is in real time.
            allowed = round(response.time_left, 1)
            self.now += min(found, allowed)
            if found > allowed:
                response.fail(httpx.ReadTimeout("late"))
                return
            found = next(self._responses)
        assert isinstance(found, httpx.Response)
        response.start(found)


class AsyncApi(Api):
    """The same for async code."""

    async def sleep(self, seconds: float) -> None:  # type: ignore[override]
        await anyio.lowlevel.checkpoint()
        super().sleep(seconds)

    async def send(self, request: httpx.Request, response: BufferedResponse) -> None:  # type: ignore[override]
        await anyio.lowlevel.checkpoint()
        super().send(request, response)


class Waiting:
    """``wait_for_session`` of a client in virtual time."""

    def __init__(self, runtime: Runtime, responses: tuple[httpx.Response | float, ...]) -> None:
        self._runtime = runtime
        self.api: Any = (AsyncApi if runtime.is_async else Api)(*responses)
        client = runtime.client_class(PROJECT, TOKEN, "example.signalwire.com")
        executor: Any = AsyncExecutor if runtime.is_async else Executor
        client._executor = executor(client._configuration, self.api, self.api.clock, self.api.sleep)
        self.method = client.video.conferences.wait_for_session

    def __call__(self, **arguments: Any) -> Conference:
        arguments = {"conference_id": ID, "timeout": 60, **arguments}
        found: Conference
        if self._runtime.is_async:
            found = anyio.run(lambda: self.method(**arguments), backend=self._runtime.name)
        else:
            found = self.method(**arguments)
        return found

    @property
    def elapsed(self) -> float:
        seconds: float = self.api.now - 1000
        return seconds


@contextmanager
def times_out() -> Iterator["pytest.ExceptionInfo[SignalWireRestSessionTimeoutError]"]:
    with pytest.raises(SignalWireRestSessionTimeoutError) as caught:
        yield caught


NOTHING, RUNNING, ENDED = conference(None), conference("in-progress"), conference("completed")


@pytest.mark.parametrize(
    ("status", "responses", "requests"),
    [
        ("in-progress", (RUNNING,), 1),
        ("in-progress", (NOTHING, ENDED, RUNNING), 3),
        (SessionStatus.IN_PROGRESS, (ENDED, RUNNING), 2),
        ("completed", (NOTHING, RUNNING, ENDED), 3),
        (None, (NOTHING, NOTHING, ENDED), 3),
        (None, (NOTHING, RUNNING), 2),
        (None, (conference("paused"),), 1),
        ("completed", (conference("paused"), ENDED), 2),
    ],
)
def test_the_first_conference_with_a_matching_session_is_returned(
    runtime: Runtime, status: Any, responses: tuple[httpx.Response, ...], requests: int
) -> None:
    wait = Waiting(runtime, responses)
    found = wait(status=status)

    assert type(found) is Conference
    assert found.active_session
    assert found.active_session.status == responses[-1].json()["active_session"]["status"]
    assert wait.api.sent == [5.0 * i for i in range(requests)]


def test_it_waits_for_a_running_session_unless_told_otherwise(runtime: Runtime) -> None:
    wait = Waiting(runtime, (ENDED, RUNNING))
    session = wait().active_session
    assert session
    assert session.status == "in-progress"


def test_a_null_session_and_one_without_a_status_do_not_match(runtime: Runtime) -> None:
    null: dict[str, Any] = {**example(), "active_session": None}
    blank: dict[str, Any] = {**example(), "active_session": {}}
    wait = Waiting(runtime, (httpx.Response(200, json=null), httpx.Response(200, json=blank)))

    with times_out() as caught:
        wait(timeout=7)
    assert wait.api.sent == [0, 5]
    assert caught.value.last_seen is not None
    session = caught.value.last_seen.active_session
    assert session
    assert session.status is UNSET


def test_there_is_one_request_per_interval_and_none_after_the_timeout(runtime: Runtime) -> None:
    wait = Waiting(runtime, (NOTHING,))

    with times_out() as caught:
        wait(poll_interval=2.5, timeout=9)

    assert wait.api.sent == [0, 2.5, 5, 7.5]
    assert wait.elapsed == 9
    assert caught.value.attempts == 4


def test_the_time_that_a_request_takes_is_part_of_the_interval(runtime: Runtime) -> None:
    wait = Waiting(runtime, (2.0, NOTHING, 7.0, NOTHING, RUNNING))
    wait(poll_interval=5)
    # The second takes longer than the interval, so the third follows at once.
    assert wait.api.sent == pytest.approx([0, 5, 12])


def test_a_request_in_flight_ends_with_the_timeout(runtime: Runtime) -> None:
    wait = Waiting(runtime, (NOTHING, 100.0, RUNNING))

    with times_out() as caught:
        wait(timeout=12, request_options=RequestOptions(read_timeout=1000, timeout=1000))

    assert wait.elapsed == pytest.approx(12)
    assert wait.api.sent == [0, 5]
    assert caught.value.last_seen == Conference.from_dict(NOTHING.json())


def test_a_request_that_takes_longer_than_its_own_timeout_raises_its_error(
    runtime: Runtime,
) -> None:
    wait = Waiting(runtime, (NOTHING, 100.0, RUNNING))

    with pytest.raises(SignalWireRestTimeoutError) as caught:
        wait(request_options=RequestOptions(timeout=3, retries=0))

    assert type(caught.value) is SignalWireRestTimeoutError
    assert wait.elapsed == pytest.approx(8)


def test_a_429_is_waited_for_even_if_the_call_would_not(runtime: Runtime) -> None:
    slow_down = httpx.Response(429, headers={"Retry-After": "17"})
    wait = Waiting(runtime, (NOTHING, slow_down, RUNNING))
    wait()
    assert wait.api.sent == [0, 5, 22]


def test_a_429_without_a_time_is_asked_again_at_the_next_interval(runtime: Runtime) -> None:
    wait = Waiting(runtime, (httpx.Response(429), RUNNING))
    wait(request_options=RequestOptions(retries=0))
    assert wait.api.sent == [0, 5]


def test_a_429_that_outlasts_the_timeout_is_raised_at_once(runtime: Runtime) -> None:
    wait = Waiting(runtime, (NOTHING, httpx.Response(429, headers={"Retry-After": "600"})))

    with pytest.raises(SignalWireRestRateLimitError) as caught:
        wait()

    assert caught.value.retry_after == 600
    assert wait.elapsed == 5


def test_a_failed_request_is_retried_as_in_any_call_and_then_raised(runtime: Runtime) -> None:
    wait = Waiting(runtime, (httpx.Response(503), RUNNING))
    wait()
    assert len(wait.api.sent) == 2
    assert wait.elapsed < 5

    wait = Waiting(runtime, (NOTHING, httpx.Response(404)))
    with pytest.raises(SignalWireRestNotFoundError):
        wait()
    assert wait.elapsed == 5


def test_the_abort_signal_ends_the_wait(runtime: Runtime) -> None:
    signal = threading.Event()
    wait = Waiting(runtime, (NOTHING,))
    wait.api.on_wait = lambda: signal.set() if wait.elapsed > 6 else None

    with pytest.raises(SignalWireRestAbortedError):
        wait(request_options=RequestOptions(abort_signal=signal), timeout=NEVER)

    assert wait.api.sent == [0, 5]
    assert wait.elapsed < 6.1


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    *(
        ({name: value}, kind, f"{name} must be a positive number of seconds up to")
        for name in ("poll_interval", "timeout")
        for value, kind in (
            *((each, ValueError) for each in (0, -1, -0.0, math.nan, math.inf, 10**10)),
            *((each, TypeError) for each in (True, "5", None)),
        )
    ),
    ({"status": "running"}, ValueError, "status must be one of completed, in-progress; got"),
    ({"status": ""}, ValueError, "status must be one of completed, in-progress; got"),
    ({"status": 7}, TypeError, "status must be of type"),
    ({"status": ["completed"]}, TypeError, "status must be of type"),
    ({"conference_id": "x"}, ValueError, "conference_id must be a UUID"),
    ({"request_options": {"timeout": 5}}, TypeError, "request_options must be RequestOptions"),
]


@pytest.mark.parametrize(("arguments", "kind", "message"), WRONG, ids=repr)
def test_a_wrong_argument_is_an_error_before_anything_is_sent(
    runtime: Runtime, arguments: dict[str, Any], kind: type[Exception], message: str
) -> None:
    wait = Waiting(runtime, (RUNNING,))

    with pytest.raises(kind, match=message):
        wait(**arguments)
    assert wait.api.sent == []


def test_the_timeout_is_required(runtime: Runtime) -> None:
    wait = Waiting(runtime, (RUNNING,))
    with pytest.raises(TypeError, match="timeout"):
        wait.method(ID)


def test_the_error_tells_what_was_waited_for_and_is_a_small_value(runtime: Runtime) -> None:
    wait = Waiting(runtime, (NOTHING,))
    with times_out() as caught:
        wait(timeout=12)

    error = caught.value
    assert isinstance(error, SignalWireRestTimeoutError)
    assert isinstance(error, SignalWireRestError)
    assert str(error) == (
        f"GET https://example.signalwire.com/api/video/conferences/{ID}"
        "?include_active_session=true: timed out: no in-progress session within 12 s (3 attempts)"
    )
    for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))
    assert error.last_seen == Conference.from_dict(NOTHING.json())
    assert_silent(error)


def test_nothing_was_seen_if_no_request_succeeded(runtime: Runtime) -> None:
    wait = Waiting(runtime, (100.0, RUNNING))
    with times_out() as caught:
        wait(timeout=2, status=None)
    assert caught.value.last_seen is None
    assert "no active session within 2 s" in str(caught.value)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_wait_can_be_cancelled_between_two_requests(backend: str) -> None:
    wait = Waiting(Runtime(backend), (NOTHING,))

    async def main() -> None:
        with anyio.CancelScope() as scope:
            wait.api.on_wait = scope.cancel
            await wait.method(ID, timeout=NEVER)
        assert scope.cancelled_caught

    anyio.run(main, backend=backend)
    assert wait.api.sent == [0]


def test_a_wait_over_a_real_connection_ends_in_time(runtime: Runtime) -> None:
    value = {**example(), "active_session": None}

    def script(connection: Any) -> None:
        connection.read_request()
        connection.send(response(200, value))
        connection.read_request()
        connection.hold()

    started = time.monotonic()
    with RawServer(script) as server, runtime.client(server.host) as caller:
        method = caller.client.video.conferences.wait_for_session
        with times_out() as caught:
            caller.call(method, ID, poll_interval=0.05, timeout=0.2)

    assert 0.2 <= time.monotonic() - started < 2
    assert len(server.requests) == 2
    assert caught.value.last_seen == Conference.from_dict(value)
