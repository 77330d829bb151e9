"""Guarantee 9: how many calls run at once, and what becomes of those that wait."""

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

import pytest
from support.runtimes import PROJECT, TOKEN, BlockingClient, Runtime
from support.servers import Connection, RawServer, always, response

from signalwire_rest import (
    RequestOptions,
    RestClient,
    SignalWireRestClosedError,
    SignalWireRestError,
    SignalWireRestTimeoutError,
)
from signalwire_rest._http.async_network import AsyncHandover
from signalwire_rest._http.network import Handover

IDS = [f"{number:08d}-5a47-4597-9a23-c7d01e696b92" for number in range(5)]
OPTIONS = RequestOptions(timeout=10.0, retries=0)


class Gate:
    """Responds once it is open."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.open = threading.Event()

    def script(self, connection: Connection) -> None:
        while connection.read_request():
            self.asked.set()
            self.open.wait(10)
            connection.send(response())


def test_calls_that_wait_for_a_connection_fail_at_once_when_the_client_is_closed(
    runtime: Runtime,
) -> None:
    gate = Gate()
    with RawServer(gate.script) as server, ThreadPoolExecutor(4) as threads:
        with runtime.client(server.host, request_options=OPTIONS, max_connections=1) as client:
            first = threads.submit(client.get)
            assert gate.asked.wait(5)
            waiting = [threads.submit(client.get) for _ in range(3)]
            threading.Event().wait(0.2)  # until they wait
            client.close()
            for each in waiting:
                assert isinstance(each.exception(2), SignalWireRestClosedError)
            gate.open.set()
            assert first.result(5).name == "my_conference"
    assert len(server.requests) == 1


def test_the_error_of_a_call_that_waited_in_vain_says_so(runtime: Runtime) -> None:
    gate = Gate()
    with RawServer(gate.script) as server, ThreadPoolExecutor(1) as threads:
        with runtime.client(server.host, request_options=OPTIONS, max_connections=1) as client:
            first = threads.submit(client.get)
            assert gate.asked.wait(5)
            began = time.monotonic()
            message = "no response: all connections were in use until the timeout of the call$"
            with pytest.raises(SignalWireRestTimeoutError, match=message) as caught:
                client.get(request_options=RequestOptions(timeout=0.3))
            assert time.monotonic() - began > 0.29
            gate.open.set()
            first.result(5)
    assert caught.value.may_have_been_processed is False
    assert len(server.requests) == 1


def pool_of(client: BlockingClient) -> Any:
    """Return the only pool of a client."""
    found: Any = client.client._sender._transport._pool
    return next(iter(found._by_loop.values())) if client.portal else found


def test_max_connections_can_be_huge(runtime: Runtime) -> None:
    began = time.monotonic()
    with RawServer(always(response(headers={"Connection": "close"}))) as server:
        with runtime.client(server.host, max_connections=sys.maxsize) as client:
            for _ in range(5):
                client.get()
            assert not pool_of(client)._connections
    assert time.monotonic() - began < 2


def test_a_connection_whose_exchange_failed_is_closed_at_once(runtime: Runtime) -> None:
    asked, closed = threading.Event(), threading.Event()

    def script(connection: Connection) -> None:
        connection.read_request()
        asked.set()
        connection.hold()
        if not connection.server.stopping.is_set():
            closed.set()

    options = OPTIONS.merge(RequestOptions(read_timeout=0.3))
    with RawServer(script) as server, ThreadPoolExecutor(1) as threads:
        with runtime.client(server.host, request_options=options) as client:
            call = threads.submit(client.get)
            assert asked.wait(5)
            kept = [each() for each in pool_of(client)._connections]  # from the garbage collector
            assert isinstance(call.exception(5), SignalWireRestTimeoutError)
            assert closed.wait(5)
            assert not pool_of(client)._connections  # Another may be opened.
            del kept


def test_idle_connections_are_closed_oldest_first_once_they_expire(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, now, passed = threading.Barrier(3), time.monotonic, 0.0
    closed: SimpleQueue[int] = SimpleQueue()

    def script(connection: Connection) -> None:
        while request := connection.read_request():
            if IDS[0].encode() in request:
                together.wait(5)
            connection.send(response())
        closed.put(connection.number)

    with RawServer(script) as server, ThreadPoolExecutor(3) as threads:
        with runtime.client(server.host, request_options=OPTIONS) as client:
            for call in [threads.submit(client.get, IDS[0]) for _ in range(3)]:
                call.result(5)
            middle = pool_of(client)._idle[1]
            monkeypatch.setattr(time, "monotonic", lambda: now() + passed)
            passed = 6.0
            client.get()
            assert len({closed.get(timeout=5) for _ in range(2)}) == 2
            assert pool_of(client)._idle[0] is middle
            client.get()
            closed.get(timeout=5)
            assert len(pool_of(client)._idle) == 1
    assert server.accepted == 4


def test_waiting_calls_are_served_in_order_of_arrival() -> None:
    gate = Gate()
    with RawServer(gate.script) as server, ThreadPoolExecutor(5) as threads:
        with RestClient(PROJECT, TOKEN, server.host, OPTIONS, max_connections=1) as client:
            calls = []
            for each in IDS:
                calls.append(threads.submit(client.video.conferences.get, each))
                threading.Event().wait(0.05)  # until it waits
            gate.open.set()
            for call in calls:
                call.result(5)
    assert [request[27:63].decode() for request in server.requests] == IDS


class StrikeError(Exception):
    """Raised in a call that waits for a connection, by a signal handler for example."""


def test_a_connection_that_reaches_an_interrupted_call_goes_to_the_next(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait, async_wait, strikes = Handover.wait, AsyncHandover.wait, [StrikeError()]

    def strike(handover: Handover | AsyncHandover) -> None:
        if handover.connection is not None and strikes:
            raise strikes.pop()

    def wait_and_strike(handover: Handover, timeout: float) -> None:
        wait(handover, timeout)
        strike(handover)

    async def async_wait_and_strike(handover: AsyncHandover, timeout: float) -> None:
        await async_wait(handover, timeout)
        strike(handover)

    monkeypatch.setattr(Handover, "wait", wait_and_strike)
    monkeypatch.setattr(AsyncHandover, "wait", async_wait_and_strike)
    gate = Gate()
    with RawServer(gate.script) as server, ThreadPoolExecutor(3) as threads:
        with runtime.client(server.host, request_options=OPTIONS, max_connections=1) as client:
            first = threads.submit(client.get)
            assert gate.asked.wait(5)
            waiting = [threads.submit(client.get) for _ in range(2)]
            threading.Event().wait(0.2)  # until they wait
            gate.open.set()
            assert first.result(5).name == "my_conference"
            outcomes = sorted(type(each.exception(5)).__name__ for each in waiting)
    assert outcomes == ["NoneType", "StrikeError"]
    assert server.accepted == 1


def test_a_call_that_has_given_up_is_handed_no_connection(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[object] = []  # as a traceback keeps them
    for kind in (Handover, AsyncHandover):
        monkeypatch.setattr(kind, "wait", keeping(kind.wait, kept))
    gate = Gate()
    with RawServer(gate.script) as server, ThreadPoolExecutor(1) as threads:
        with runtime.client(server.host, request_options=OPTIONS, max_connections=1) as client:
            first = threads.submit(client.get)
            assert gate.asked.wait(5)
            with pytest.raises(SignalWireRestTimeoutError, match="in use until the timeout"):
                client.get(request_options=RequestOptions(timeout=0.2))
            assert kept
            gate.open.set()
            first.result(5)
            client.get()
    assert server.accepted == 1


def keeping(wait: Callable[..., Any], kept: list[object]) -> Callable[..., Any]:
    def keep_and_wait(handover: object, timeout: float) -> Any:
        kept.append(handover)
        return wait(handover, timeout)

    return keep_and_wait


def test_many_calls_finish_over_few_connections(runtime: Runtime) -> None:
    with RawServer(always(response())) as server, ThreadPoolExecutor(64) as threads:
        with runtime.client(server.host, request_options=OPTIONS, max_connections=4) as client:
            calls = [threads.submit(client.get) for _ in range(640)]
            assert {call.result(20).name for call in calls} == {"my_conference"}
    assert len(server.requests) == 640
    assert server.accepted <= 4


def test_a_kept_error_holds_no_connection(runtime: Runtime) -> None:
    kept = []
    with RawServer(always(b"HTTP/1.1 200 OK\nbad")) as server:
        with runtime.client(server.host, request_options=OPTIONS, max_connections=1) as client:
            for _ in range(3):
                with pytest.raises(SignalWireRestError) as caught:
                    client.get()
                assert "in use" not in str(caught.value)
                kept.append(caught.value)
    assert server.accepted == 3
