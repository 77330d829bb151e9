"""Guarantee 9: how many calls run at once, and what becomes of those that wait."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.runtimes import PROJECT, TOKEN, Runtime
from support.servers import Connection, RawServer, always, response

from signalwire_rest import (
    RequestOptions,
    RestClient,
    SignalWireRestClosedError,
    SignalWireRestError,
    SignalWireRestTimeoutError,
)

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
            with pytest.raises(
                SignalWireRestTimeoutError, match="connections were in use"
            ) as caught:
                client.get(request_options=RequestOptions(timeout=0.3))
            gate.open.set()
            first.result(5)
    assert caught.value.may_have_been_processed is False
    assert len(server.requests) == 1


def test_max_connections_can_be_huge(runtime: Runtime) -> None:
    began = time.monotonic()
    with RawServer(always(response())) as server:
        with runtime.client(server.host, max_connections=sys.maxsize) as client:
            client.get()
    assert time.monotonic() - began < 2


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
