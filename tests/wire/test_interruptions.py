"""Guarantee 9: an exception that strikes in the midst of a call costs its connection, no more."""

import gc
import signal
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest
from support.runtimes import ID, PROJECT, TOKEN
from support.servers import Connection, RawServer, example, response

from signalwire_rest import AsyncRestClient, RequestOptions, RestClient

# A socket whose closing was interrupted is closed by the garbage collector, which warns.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

WIDTH = 4
TOGETHER = uuid.UUID("0b6f9a52-3c1d-4e8f-9a70-5d2c41e7b003")
OPTIONS = RequestOptions(retries=0, timeout=10.0)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Collect what was struck before the next test, which does not ignore that warning."""
    yield
    gc.collect()


class Struck(BaseException):
    """What a signal handler raises."""


class Echo:
    """Responds with the id that was asked for; for ``TOGETHER``, once all have arrived."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers
        self.barrier = threading.Barrier(WIDTH)

    def script(self, connection: Connection) -> None:
        while request := connection.read_request():
            asked = request.split(b" ")[1].rpartition(b"/")[2].decode()
            if asked == str(TOGETHER):
                self.barrier.wait(5)
            connection.send(response(200, {**example(), "id": asked}, self.headers))


def call(client: RestClient, asked: uuid.UUID | None = None) -> None:
    asked = asked or uuid.uuid4()
    assert client.video.conferences.get(asked).id == asked


def assert_all_connections_are_free(client: RestClient) -> None:
    done: list[bool] = []

    def work() -> None:
        call(client, TOGETHER)
        done.append(True)

    threads = [threading.Thread(target=work) for _ in range(WIDTH)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [True] * WIDTH


def strike(client: RestClient, step: int) -> bool:
    """Raise at one step of a call, and return whether it has that many.

    A step is the start of a function of ours, or the end of a C function that ours call. There
    CPython runs signal handlers; it does not just before the end of a ``with`` statement.
    """
    left = step

    def profile(frame: Any, event: str, argument: object) -> None:
        nonlocal left
        if event in ("call", "c_return") and "/signalwire_rest/" in frame.f_code.co_filename:
            left -= 1
            if left == 0:
                raise Struck

    sys.setprofile(profile)
    try:
        client.video.conferences.get(uuid.uuid4())
    except Struck:
        pass
    finally:
        sys.setprofile(None)
    return left <= 0


@pytest.mark.parametrize("headers", [{}, {"Connection": "close"}], ids=["warm", "cold"])
def test_an_exception_at_any_step_of_a_call_loses_no_connection(headers: dict[str, str]) -> None:
    echo = Echo(headers)
    with RawServer(echo.script) as server:
        with RestClient(PROJECT, TOKEN, server.host, OPTIONS, max_connections=WIDTH) as client:
            call(client)
            step = 1
            while strike(client, step):
                step += 1
                call(client)
            assert step > 200
            assert_all_connections_are_free(client)


def test_signals_whose_handler_raises_lose_no_connection() -> None:
    armed = False
    strikes = 0

    def handler(*arguments: object) -> None:
        nonlocal armed, strikes
        if armed:
            armed = False
            strikes += 1
            raise Struck

    def send_signals() -> None:
        while not done.wait(random.uniform(0.0002, 0.002)):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)

    done = threading.Event()
    random = Random(7)
    echo = Echo({})
    before = signal.signal(signal.SIGUSR1, handler)
    sender = threading.Thread(target=send_signals)
    try:
        with RawServer(echo.script) as server:
            with RestClient(PROJECT, TOKEN, server.host, OPTIONS, max_connections=WIDTH) as client:
                sender.start()
                end = time.monotonic() + 1.5
                while time.monotonic() < end:
                    with suppress(Struck):
                        armed = True
                        call(client)
                    armed = False
                assert strikes > 20
                assert_all_connections_are_free(client)
    finally:
        done.set()
        sender.join()
        signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize(
    ("error", "own"),
    [
        (TimeoutError("by the handler"), True),
        (ConnectionResetError(), True),
        (httpx.ReadTimeout("by the handler"), True),
        # httpcore itself ignores a connection that is reset while it writes.
        (TimeoutError("by the handler"), False),
        (httpx.ReadTimeout("by the handler"), False),
    ],
)
def test_what_a_signal_handler_raises_is_no_failed_attempt(error: Exception, own: bool) -> None:
    def handler(*arguments: object) -> None:
        raise error

    def script(connection: Connection) -> None:
        while connection.read_request():
            requests.append(None)
            if len(requests) == 2:
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
            else:
                connection.send(response(200, example()))

    requests: list[None] = []
    options = RequestOptions(retries=3, timeout=10.0)
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        with RawServer(script) as server, httpx.Client() as given:
            http_client = None if own else given
            with RestClient(
                PROJECT, TOKEN, server.host, options, http_client=http_client
            ) as client:
                client.video.conferences.get(ID)
                with pytest.raises(type(error)) as raised:
                    client.video.conferences.get(ID)
                assert raised.value is error
                assert error.__context__ is None
                assert error.__cause__ is None
                assert len(requests) == 2
                assert client.video.conferences.get(ID).id == uuid.UUID(ID)
    finally:
        signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("headers", [{}, {"Connection": "close"}], ids=["warm", "cold"])
def test_a_call_cancelled_at_any_step_loses_no_connection(
    backend: str, headers: dict[str, str]
) -> None:
    echo = Echo(headers)
    found = []

    async def main(host: str) -> None:
        async with AsyncRestClient(PROJECT, TOKEN, host, OPTIONS, max_connections=WIDTH) as client:

            async def call(asked: uuid.UUID | None = None) -> None:
                asked = asked or uuid.uuid4()
                found.append((await client.video.conferences.get(asked)).id == asked)

            for steps in range(120):
                await call()
                async with anyio.create_task_group() as group:
                    group.start_soon(call)
                    for _ in range(steps):
                        await anyio.lowlevel.checkpoint()
                    group.cancel_scope.cancel()
            assert 120 < len(found) < 240
            async with anyio.create_task_group() as group:
                for _ in range(WIDTH):
                    group.start_soon(call, TOGETHER)

    with RawServer(echo.script) as server:
        anyio.run(main, server.host, backend=backend)
    assert all(found)
