"""Promise 5 on the wire: what is tried again, how often, and one request for each attempt."""

import logging
import time
from email.utils import formatdate

import pytest
from support.servers import Connection, RawServer, always, answer, in_turn
from support.shells import Shell

from signalwire_rest import (
    RequestOptions,
    SignalWireRestError,
    SignalWireRestRateLimitError,
    SignalWireRestServerError,
    SignalWireRestTransportError,
)

FAST = RequestOptions(retry_backoff=0.0)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
def test_a_status_that_may_go_away_is_asked_for_again(shell: Shell, status: int) -> None:
    script = in_turn(answer(status, b""), answer(status, b""), answer())
    with RawServer(script) as server:
        assert shell.get(server.host, request_options=FAST).name == "my_conference"
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 302, 204])
def test_a_status_that_stays_is_asked_for_once(shell: Shell, status: int) -> None:
    with RawServer(always(answer(status, b""))) as server:
        with pytest.raises(SignalWireRestError):
            shell.get(server.host, request_options=FAST)
    assert len(server.requests) == 1


def test_the_number_of_attempts_is_on_the_error_and_in_the_log(
    shell: Shell, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "signalwire.rest")
    with RawServer(always(answer(503, b""))) as server:
        with pytest.raises(SignalWireRestServerError, match=r"\(3 attempts\)") as caught:
            shell.get(server.host, request_options=FAST)

    assert caught.value.attempts == 3 == len(server.requests)
    lines = [r.getMessage() for r in caplog.records if r.name == "signalwire.rest"]
    assert [f"attempt {n}" in line for n, line in enumerate(lines, 1)] == [True] * 3
    assert ["retrying in" in line for line in lines] == [True, True, False]


def breaking(connection: Connection, sent: bytes) -> None:
    connection.read_request()
    connection.send(sent)
    connection.reset()


@pytest.mark.parametrize(
    "sent",
    [b"", b"HTTP/1.1 200", answer()[:100], answer()[:-10]],
    ids=["before the first byte", "in the status line", "in the headers", "in the body"],
)
@pytest.mark.parametrize("how", ["reset", "closed"])
def test_a_broken_connection_is_tried_again(shell: Shell, sent: bytes, how: str) -> None:
    def script(connection: Connection) -> None:
        if connection.number == 1:
            connection.read_request()
            connection.send(sent)
            if how == "reset":
                connection.reset()
        else:
            always(answer())(connection)

    with RawServer(script) as server:
        assert shell.get(server.host, request_options=FAST).name == "my_conference"
    assert len(server.requests) == 2


def test_a_broken_connection_that_stays_broken_is_a_transport_error(shell: Shell) -> None:
    def script(connection: Connection) -> None:
        connection.read_request()

    with RawServer(script) as server:
        with pytest.raises(SignalWireRestTransportError) as caught:
            shell.get(server.host, request_options=FAST)
    assert caught.value.attempts == 3 == len(server.requests)


def test_an_error_that_breaks_off_is_the_error_of_its_status(shell: Shell) -> None:
    with RawServer(lambda connection: breaking_off(connection, 404)) as server:
        with pytest.raises(SignalWireRestError, match="404"):
            shell.get(server.host, request_options=FAST)
    assert len(server.requests) == 1


def breaking_off(connection: Connection, status: int) -> None:
    connection.read_request()
    connection.send(answer(status, b"half", {"Content-Length": "99"}))


def test_a_stale_connection_costs_no_call(shell: Shell) -> None:
    """The server closes each connection after one answer, and does not say so."""

    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(answer())

    with RawServer(script) as server, shell.client(server.host) as client:
        for _ in range(5):
            assert client.get(request_options=FAST).name == "my_conference"
    assert server.accepted == 5 == len(server.requests)


def test_a_connection_that_the_server_ends_is_not_used_again(shell: Shell) -> None:
    with RawServer(always(answer(headers={"Connection": "close"}))) as server:
        with shell.client(server.host) as client:
            for _ in range(3):
                client.get(request_options=RequestOptions(retries=0))
    assert server.accepted == 3


@pytest.mark.parametrize("kind", ["seconds", "a date"])
def test_a_wait_that_was_asked_for_is_slept(shell: Shell, kind: str) -> None:
    # A date has whole seconds: two from now are at least one away.
    wait = "1" if kind == "seconds" else formatdate(time.time() + 2, usegmt=True)
    script = in_turn(answer(429, b"", {"Retry-After": wait}), answer())
    with RawServer(script) as server:
        began = time.monotonic()
        shell.get(server.host, request_options=FAST)
        took = time.monotonic() - began
    assert 0.9 <= took < 4.0


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [("9", 9.0), ("9" * 400, 2.0**31), ("Fri, 01 Jan 9999 00:00:00 GMT", 2.0**31)],
)
def test_a_wait_beyond_the_longest_is_raised_at_once_and_stands_on_the_error(
    shell: Shell, wait: str, seconds: float
) -> None:
    with RawServer(always(answer(503, b"", {"Retry-After": wait}))) as server:
        began = time.monotonic()
        with pytest.raises(SignalWireRestServerError) as caught:
            shell.get(server.host, request_options=FAST)
        assert time.monotonic() - began < 2.0
    assert caught.value.retry_after == seconds
    assert len(server.requests) == 1


def test_a_wait_beyond_the_timeout_is_raised_at_once(shell: Shell) -> None:
    options = RequestOptions(timeout=3.0)
    with RawServer(always(answer(429, b"", {"Retry-After": "5"}))) as server:
        began = time.monotonic()
        with pytest.raises(SignalWireRestRateLimitError) as caught:
            shell.get(server.host, request_options=options)
        assert time.monotonic() - began < 2.0
    assert caught.value.retry_after == 5.0


@pytest.mark.parametrize("wait", ["-5", "nan", "1e9", "soon", ""])
def test_nonsense_is_no_wait(shell: Shell, wait: str) -> None:
    script = in_turn(answer(429, b"", {"Retry-After": wait}), answer())
    with RawServer(script) as server:
        shell.get(server.host, request_options=FAST)
    assert len(server.requests) == 2


def test_the_statuses_to_try_again_are_an_option(shell: Shell) -> None:
    options = FAST.merge(RequestOptions(retry_on_status={418}))
    with RawServer(in_turn(answer(418, b""), answer(503, b""))) as server:
        with pytest.raises(SignalWireRestServerError):
            shell.get(server.host, request_options=options)
    assert len(server.requests) == 2
