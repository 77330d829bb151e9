"""Guarantee 5 on the wire: what is retried, how often, and one request per attempt."""

import logging
import socket
import time
from email.utils import formatdate

import pytest
from support.runtimes import Runtime
from support.servers import Connection, RawServer, always, in_turn, response

from signalwire_rest import (
    RequestOptions,
    SignalWireRestError,
    SignalWireRestRateLimitError,
    SignalWireRestServerError,
    SignalWireRestTransportError,
)

FAST = RequestOptions(retry_backoff=0.0)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
def test_a_retryable_status_is_retried(runtime: Runtime, status: int) -> None:
    script = in_turn(response(status, b""), response(status, b""), response())
    with RawServer(script) as server:
        assert runtime.get(server.host, request_options=FAST).name == "my_conference"
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 302, 204])
def test_any_other_status_is_requested_once(runtime: Runtime, status: int) -> None:
    with RawServer(always(response(status, b""))) as server:
        with pytest.raises(SignalWireRestError):
            runtime.get(server.host, request_options=FAST)
    assert len(server.requests) == 1


def test_attempts_are_on_the_error_and_in_the_log(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "signalwire.rest")
    with RawServer(always(response(503, b""))) as server:
        with pytest.raises(SignalWireRestServerError, match=r"\(3 attempts\)") as caught:
            runtime.get(server.host, request_options=FAST)

    assert caught.value.attempts == 3 == len(server.requests)
    lines = [r.getMessage() for r in caplog.records if r.name == "signalwire.rest"]
    assert ["retrying in" in line for line in lines] == [True, True, False]


def test_a_host_that_cannot_be_resolved_is_a_transport_error(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(SignalWireRestTransportError, match="Name or service not known") as caught:
        runtime.get("unknown.example.com", request_options=FAST)
    assert caught.value.attempts == 3
    assert caught.value.may_have_been_processed is False


def breaking(connection: Connection, sent: bytes) -> None:
    connection.read_request()
    connection.send(sent)
    connection.reset()


@pytest.mark.parametrize(
    "sent",
    [b"", b"HTTP/1.1 200", response()[:100], response()[:-10]],
    ids=["before the first byte", "in the status line", "in the headers", "in the body"],
)
@pytest.mark.parametrize("how", ["reset", "closed"])
def test_a_broken_connection_is_retried(runtime: Runtime, sent: bytes, how: str) -> None:
    def script(connection: Connection) -> None:
        if connection.number == 1:
            connection.read_request()
            connection.send(sent)
            if how == "reset":
                connection.reset()
        else:
            always(response())(connection)

    with RawServer(script) as server:
        assert runtime.get(server.host, request_options=FAST).name == "my_conference"
    assert len(server.requests) == 2


def test_connections_that_keep_breaking_are_a_transport_error(runtime: Runtime) -> None:
    def script(connection: Connection) -> None:
        connection.read_request()

    with RawServer(script) as server:
        with pytest.raises(SignalWireRestTransportError) as caught:
            runtime.get(server.host, request_options=FAST)
    assert caught.value.attempts == 3 == len(server.requests)


def test_a_truncated_error_body_keeps_the_error_of_its_status(runtime: Runtime) -> None:
    with RawServer(lambda connection: breaking_off(connection, 404)) as server:
        with pytest.raises(SignalWireRestError, match="404"):
            runtime.get(server.host, request_options=FAST)
    assert len(server.requests) == 1


def breaking_off(connection: Connection, status: int) -> None:
    connection.read_request()
    connection.send(response(status, b"half", {"Content-Length": "99"}))


def test_a_stale_connection_never_fails_a_call(runtime: Runtime) -> None:
    """The server closes each connection after one response, without announcing it."""

    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(response())

    with RawServer(script) as server, runtime.client(server.host) as client:
        for _ in range(5):
            assert client.get(request_options=FAST).name == "my_conference"
    assert server.accepted == 5 == len(server.requests)


def test_a_connection_that_the_server_closes_is_not_reused(runtime: Runtime) -> None:
    with RawServer(always(response(headers={"Connection": "close"}))) as server:
        with runtime.client(server.host) as client:
            for _ in range(3):
                client.get(request_options=RequestOptions(retries=0))
    assert server.accepted == 3


@pytest.mark.parametrize("kind", ["seconds", "a date"])
def test_a_retry_after_is_waited_for(runtime: Runtime, kind: str) -> None:
    # A date has whole seconds: two from now are at least one away.
    wait = "1" if kind == "seconds" else formatdate(time.time() + 2, usegmt=True)
    script = in_turn(response(429, b"", {"Retry-After": wait}), response())
    with RawServer(script) as server:
        began = time.monotonic()
        runtime.get(server.host, request_options=FAST)
        took = time.monotonic() - began
    assert 0.9 <= took < 4.0


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [("9", 9.0), ("9" * 400, 2.0**31), ("Fri, 01 Jan 9999 00:00:00 GMT", 2.0**31)],
)
def test_a_retry_after_beyond_retry_wait_max_is_raised_at_once(
    runtime: Runtime, wait: str, seconds: float
) -> None:
    with RawServer(always(response(503, b"", {"Retry-After": wait}))) as server:
        began = time.monotonic()
        with pytest.raises(SignalWireRestServerError) as caught:
            runtime.get(server.host, request_options=FAST)
        assert time.monotonic() - began < 2.0
    assert caught.value.retry_after == seconds
    assert len(server.requests) == 1


def test_a_retry_after_beyond_the_timeout_is_raised_at_once(runtime: Runtime) -> None:
    options = RequestOptions(timeout=3.0)
    with RawServer(always(response(429, b"", {"Retry-After": "5"}))) as server:
        began = time.monotonic()
        with pytest.raises(SignalWireRestRateLimitError) as caught:
            runtime.get(server.host, request_options=options)
        assert time.monotonic() - began < 2.0
    assert caught.value.retry_after == 5.0


@pytest.mark.parametrize("wait", ["-5", "nan", "1e9", "soon", ""])
def test_an_invalid_retry_after_is_ignored(runtime: Runtime, wait: str) -> None:
    script = in_turn(response(429, b"", {"Retry-After": wait}), response())
    with RawServer(script) as server:
        runtime.get(server.host, request_options=FAST)
    assert len(server.requests) == 2


def test_retry_on_status_selects_the_retried_statuses(runtime: Runtime) -> None:
    options = FAST.merge(RequestOptions(retry_on_status={418}))
    with RawServer(in_turn(response(418, b""), response(503, b""))) as server:
        with pytest.raises(SignalWireRestServerError):
            runtime.get(server.host, request_options=options)
    assert len(server.requests) == 2
