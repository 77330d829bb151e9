"""Guarantee 6: an exception that passes through a call carries no frame that holds the token."""

import inspect
import os
import signal
import threading
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import anyio.to_thread
import httpx
import pytest
from support.runtimes import ID, PROJECT, TOKEN, Runtime
from support.secrets import assert_silent, chain
from support.servers import Connection, RawServer

from signalwire_rest import RequestOptions, RestClient, SignalWireRestTransportError
from signalwire_rest._core.redaction import cut_traceback


class Stop(BaseException):
    """What a framework raises to end its tasks."""


def passing(runtime: Runtime, handler: Callable[[httpx.Request], Any]) -> BaseException:
    """Return what a call raises whose transport is ``handler``."""
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    own = kind(transport=httpx.MockTransport(handler))
    options = RequestOptions(retry_backoff=0.0)
    client = runtime.client_class(PROJECT, TOKEN, "example.com", options, http_client=own)
    get = client.video.conferences.get

    async def caught() -> BaseException:
        try:
            await get(ID)
        except BaseException as error:
            return error
        raise AssertionError("nothing was raised")

    if runtime.is_async:
        return anyio.run(caught, backend=runtime.name)
    with pytest.raises(BaseException) as raised:  # noqa: PT011
        get(ID)
    return raised.value


def functions(error: BaseException) -> list[str]:
    return [frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)]


def assert_cut(error: BaseException) -> None:
    assert functions(error)[1:] == ["get", "_send"]
    for each in chain(error):
        assert each is error or each.__traceback__ is None
    assert_silent(error)


@pytest.mark.parametrize("kind", [Stop, KeyboardInterrupt, SystemExit])
def test_an_exception_that_passes_through_is_cut(
    runtime: Runtime, kind: type[BaseException]
) -> None:
    raised = kind("stop")

    def handler(request: httpx.Request) -> None:
        header = request.headers["Authorization"]
        with pytest.raises(ValueError, match="cause") as caused:
            raise ValueError("cause")
        try:
            raise httpx.ReadError(f"not with {header[:6]}")
        except httpx.ReadError:
            raise raised from caused.value

    error = passing(runtime, handler)

    assert error is raised
    assert isinstance(error.__cause__, ValueError)
    assert isinstance(error.__context__, httpx.ReadError)
    assert_cut(error)


def test_an_exception_that_the_caller_of_the_frame_caught_is_kept() -> None:
    def cut(error: BaseException) -> None:
        cut_traceback(error, inspect.currentframe())

    passing, caught = Stop(), ValueError("caught")
    try:
        raise caught
    except ValueError:
        passing.__context__ = caught
        cut(passing)
    assert functions(caught) == ["test_an_exception_that_the_caller_of_the_frame_caught_is_kept"]


def test_the_members_of_a_group_are_cut(runtime: Runtime) -> None:
    def handler(request: httpx.Request) -> None:
        header = request.headers["Authorization"]
        members: list[BaseException] = []
        for kind in (Stop, ValueError):
            try:
                raise kind(header[:6])
            except BaseException as error:
                members.append(error)
        raise BaseExceptionGroup("several", [BaseExceptionGroup("nested", members)])

    error = passing(runtime, handler)

    assert len(list(chain(error))) == 4
    assert_cut(error)


def test_a_circle_of_causes_is_cut(runtime: Runtime) -> None:
    first, second = Stop("first"), Stop("second")
    first.__cause__, second.__cause__ = second, first

    def handler(request: httpx.Request) -> None:
        raise first

    assert passing(runtime, handler) is first
    assert_cut(first)


def test_an_exception_that_the_caller_handles_keeps_its_traceback(runtime: Runtime) -> None:
    def handler(request: httpx.Request) -> None:
        raise Stop

    try:
        raise ValueError("the caller's")
    except ValueError as handled:
        error = passing(runtime, handler)
        if not runtime.is_async:  # an event loop has a stack of its own
            assert error.__context__ is handled
        assert functions(handled) == [
            "test_an_exception_that_the_caller_handles_keeps_its_traceback"
        ]


@pytest.mark.parametrize("kind", [Stop, RuntimeError, KeyboardInterrupt])
def test_the_exception_of_a_signal_handler_is_cut(kind: type[BaseException]) -> None:
    raised = kind("time is up")

    def handler(*_: object) -> None:
        raise raised

    def script(connection: Connection) -> None:
        connection.read_request()
        os.kill(os.getpid(), signal.SIGUSR1)
        connection.hold()

    previous = signal.signal(signal.SIGUSR1, handler)
    try:
        with RawServer(script) as server, RestClient(PROJECT, TOKEN, server.host) as client:
            with pytest.raises(kind) as caught:
                client.video.conferences.get(ID)
    finally:
        signal.signal(signal.SIGUSR1, previous)

    assert caught.value is raised
    assert_cut(raised)


@pytest.mark.parametrize("given", [False, True], ids=["our transport", "http_client"])
def test_a_cancelled_call_is_cut(runtime: Runtime, given: bool) -> None:
    if not runtime.is_async:
        pytest.skip("sync calls are not cancelled")
    caught: list[BaseException] = []
    asked = threading.Event()

    async def call(scope: anyio.CancelScope, host: str) -> None:
        own: dict[str, Any] = {"http_client": httpx.AsyncClient()} if given else {}
        client = runtime.client_class(PROJECT, TOKEN, host, **own)
        with scope:
            try:
                await client.video.conferences.get(ID)
            except BaseException as error:
                caught.append(error)
                raise

    async def main(server: RawServer) -> None:
        scope = anyio.CancelScope()
        async with anyio.create_task_group() as group:
            group.start_soon(call, scope, server.host)
            await anyio.to_thread.run_sync(asked.wait)
            scope.cancel()

    def script(connection: Connection) -> None:
        connection.read_request()
        asked.set()
        connection.hold()

    with RawServer(script) as server:
        anyio.run(main, server, backend=runtime.name)

    (error,) = caught
    assert not isinstance(error, Exception)
    assert_cut(error)


class ForeignError(Exception):
    """An exception whose attributes hold what must not be kept, and which cannot do without."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__(request)
        self.request = request

    def __str__(self) -> str:
        return f"refused: {self.request.headers['Authorization']}\nand more"


def raise_foreign(request: httpx.Request) -> None:
    raise ForeignError(request)


def raise_group(request: httpx.Request) -> None:
    raise ExceptionGroup("several", [ForeignError(request), OSError(5, "broken")])


def raise_decode(request: httpx.Request) -> None:
    request.headers["Authorization"].encode().decode("utf-16-be", "strict").encode("ascii")


def raise_status(request: httpx.Request) -> None:
    echo = httpx.Response(503, text=TOKEN, headers={"X": TOKEN}, request=request)
    raise httpx.HTTPStatusError(f"503 {TOKEN}", request=request, response=echo)


def raise_nested(request: httpx.Request) -> None:
    try:
        raise_foreign(request)
    except ForeignError as error:
        raise KeyError(request.headers["Authorization"]) from error


def raise_attribute(request: httpx.Request) -> None:
    _ = request.headers["Authorization"].nothing  # type: ignore[attr-defined]


def raise_circle(request: httpx.Request) -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    raise first


class UnprintableError(Exception):
    """An exception that cannot be shown."""

    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__


def raise_unprintable(request: httpx.Request) -> None:
    raise ValueError(UnprintableError(request)) from UnprintableError(request)


RAISERS = [
    raise_foreign,
    raise_group,
    raise_decode,
    raise_status,
    raise_nested,
    raise_attribute,
    raise_circle,
    raise_unprintable,
]


class TextStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is no bytes."""

    def __iter__(self) -> Iterator[Any]:
        yield "text"

    async def __aiter__(self) -> AsyncIterator[Any]:
        yield "text"


def stream_text(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, stream=TextStream())


def held(value: object) -> list[object]:
    """Return what the attributes of an exception hold, those without a ``__dict__`` too."""
    names = [name for name in dir(value) if not name.startswith("__")]
    return [getattr(value, name, None) for name in names]


@pytest.mark.parametrize("raiser", RAISERS, ids=lambda each: each.__name__)
def test_a_cause_keeps_its_message_but_neither_request_nor_response(
    runtime: Runtime, raiser: Callable[[httpx.Request], Any]
) -> None:
    error = passing(runtime, raiser)

    assert error.__cause__ is not None
    assert_silent(error)
    for each in chain(error):
        assert len(str(each).splitlines()) <= 2
        for value in held(each):
            assert TOKEN not in repr(value)
            if isinstance(value, httpx.Request | httpx.Response):
                request = value if isinstance(value, httpx.Request) else value.request
                assert "Authorization" not in request.headers
                assert value is request or not value.headers.get("X")


@pytest.mark.parametrize(
    ("raiser", "message"),
    [
        (raise_foreign, r"TransportError: ForeignError: refused: Basic \[redacted\] and more"),
        (raise_nested, r"KeyError: 'Basic \[redacted\]'"),
        (raise_group, r"ExceptionGroup: several \(2 sub-exceptions\)"),
        (stream_text, "TypeError: the body must be bytes; got str"),
    ],
)
def test_whatever_a_foreign_transport_raises_is_a_transport_error(
    runtime: Runtime, raiser: Callable[[httpx.Request], Any], message: str
) -> None:
    error = passing(runtime, raiser)

    assert type(error) is SignalWireRestTransportError
    assert error.attempts == 1
    with pytest.raises(SignalWireRestTransportError, match=f"no response: {message}"):
        raise error
