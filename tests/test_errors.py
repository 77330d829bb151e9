"""Guarantee 10: an error is a small value that tells what happened, in one line."""

import copy
import json
import pickle
from typing import Any

import httpx
import pytest
from support.runtimes import ID, Runtime
from support.servers import CONTRACT, RawServer, always, response

from signalwire_rest import (
    RequestOptions,
    SignalWireRestAuthenticationError,
    SignalWireRestBadRequestError,
    SignalWireRestClosedError,
    SignalWireRestContractError,
    SignalWireRestError,
    SignalWireRestNotFoundError,
    SignalWireRestPermissionError,
    SignalWireRestRateLimitError,
    SignalWireRestServerError,
    SignalWireRestTimeoutError,
    SignalWireRestTransportError,
    SignalWireRestValidationError,
)

ONCE = RequestOptions(retries=0)
CLASSES = {
    400: SignalWireRestBadRequestError,
    401: SignalWireRestAuthenticationError,
    403: SignalWireRestPermissionError,
    404: SignalWireRestNotFoundError,
    422: SignalWireRestValidationError,
    429: SignalWireRestRateLimitError,
}
STATUSES = [*range(201, 209), 226, 299, 300, 302, 304, 307, 400, 401, 402, 403, 404, 405, 408]
STATUSES += [418, 422, 425, 429, 451, 499, 500, 502, 503, 504, 520, 599, 600, 777, 999]
BODIES: dict[str, tuple[bytes, dict[str, str]]] = {
    "documented": (b'{"error": "In the API\'s own words"}', {}),
    "entries": (b'{"errors": [{"code": "x", "message": "m", "attribute": null}, 7]}', {}),
    "the other form of entries": (
        b'{"errors": [{"detail": "d", "status": "404", "title": "t"}]}',
        {},
    ),
    "errors that are no list": (b'{"errors": {"a": 1}, "error": 7}', {}),
    "a page": (b"<html>\n<title>502</title></html>" * 50, {"Content-Type": "text/html"}),
    "nothing": (b"", {}),
    "null": (b"null", {}),
    "a list": (b"[1, 2]", {}),
    "NaN": (b"NaN", {}),
    "no UTF-8": (b"\xff\xfe\x00", {"Content-Type": "application/json; charset=klingon"}),
    "gzip that is none": (b"plain", {"Content-Encoding": "gzip"}),
    "an unknown coding": (b"plain", {"Content-Encoding": "br"}),
    "deep": (b"[" * 400 + b"]" * 400, {}),
    "very deep": (b"[" * 200_000, {}),
    "long": (b'"' + b"x" * 300_000 + b'"', {}),
    "many lines": (b"one\r\ntwo\nthree\x1b[31m\xc2\x85four" + b" five" * 200, {}),
}


def class_of(status: int) -> type[SignalWireRestError]:
    if status < 300:
        return SignalWireRestContractError
    if 500 <= status < 600:
        return SignalWireRestServerError
    return CLASSES.get(status, SignalWireRestError)


def failure(runtime: Runtime, data: bytes) -> SignalWireRestError:
    with RawServer(always(data)) as server, pytest.raises(SignalWireRestError) as caught:
        runtime.get(server.host, request_options=ONCE)
    return caught.value


@pytest.mark.parametrize("body", BODIES)
def test_any_status_with_any_body_raises_the_error_of_its_class(
    runtime: Runtime, body: str
) -> None:
    raw, headers = BODIES[body]
    turn = {"status": 0}

    def script(connection: Any) -> None:
        while connection.read_request():
            # 204 and 304 have no body on the wire, whatever their headers.
            empty = turn["status"] in (204, 304)
            lengths = {"Content-Length": "0"} if empty else {}
            connection.send(response(turn["status"], b"" if empty else raw, headers | lengths))

    with RawServer(script) as server, runtime.client(server.host, request_options=ONCE) as client:
        for status in STATUSES:
            turn["status"] = status
            with pytest.raises(SignalWireRestError) as caught:
                client.get()
            error = caught.value
            assert type(error) is class_of(status)
            assert error.status_code == status
            assert str(status) in str(error)
            assert len(str(error)) < 500
            assert str(error).isprintable(), "one line, and nothing that a terminal obeys"
            assert_survives(error)


def assert_survives(error: SignalWireRestError) -> None:
    for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)
        assert twin.__cause__ is None


def test_the_message_has_the_api_s_text_and_the_request_id(runtime: Runtime) -> None:
    headers = {"X-Request-Id": "req-1"}
    error = failure(runtime, response(404, {"error": "There is no such room"}, headers))

    url = error.url
    assert str(error) == f"GET {url}: 404 Not Found: There is no such room (request id req-1)"
    assert url.endswith(f"/api/video/conferences/{ID}")
    assert error.method == "GET"
    assert error.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "name",
    ["X-Request-Id", "x-signalwire-request-id", "Request-Id", "x-amzn-RequestId"],
)
def test_the_request_id_is_read_from_each_known_header(runtime: Runtime, name: str) -> None:
    assert failure(runtime, response(500, b"", {name: "r"})).request_id == "r"


def test_the_first_known_request_id_header_wins(runtime: Runtime) -> None:
    headers = {"x-amzn-RequestId": "4", "Request-Id": "3", "X-Request-Id": "1"}

    assert failure(runtime, response(500, b"", headers)).request_id == "1"


def test_the_entries_of_a_422_are_read_leniently(runtime: Runtime) -> None:
    entries: list[Any] = [
        *CONTRACT.example("unprocessable-entity-twice").value["errors"],
        {"title": "t", "status": "422"},
        {"message": 7},
        "what",
    ]
    error = failure(runtime, response(422, {"errors": entries}))

    assert [each.code for each in error.errors] == [
        "invalid_parameter",
        "cannot_process",
        None,
        None,
    ]
    assert [each.attribute for each in error.errors] == ["id", None, None, None]
    assert error.errors[2].message == "t"
    assert "id: id must be a UUID; The request cannot be processed" in str(error)


def test_a_rate_limit_error_has_its_retry_after(runtime: Runtime) -> None:
    body = CONTRACT.example("too-many-requests").value
    error = failure(runtime, response(429, body, {"Retry-After": "17"}))

    assert error.retry_after == 17.0
    assert "retry after 17 s" in str(error)
    assert failure(runtime, response(429, body)).retry_after is None


def test_no_response_is_a_transport_error_with_its_cause(runtime: Runtime) -> None:
    with RawServer(always(b"")) as server:
        host = server.host

    with pytest.raises(SignalWireRestTransportError) as caught:
        runtime.get(host, request_options=ONCE)

    error = caught.value
    assert error.status_code is None
    assert isinstance(error.__cause__, httpx.ConnectError)
    assert isinstance(error.body, str)
    assert_survives(error)


def test_a_timeout_is_a_timeout_error(runtime: Runtime) -> None:
    with RawServer(lambda connection: connection.hold()) as server:
        with pytest.raises(SignalWireRestTimeoutError) as caught:
            runtime.get(server.host, request_options=RequestOptions(timeout=0.3))

    assert "0.3 s" in str(caught.value)
    assert_survives(caught.value)


def test_a_call_after_close_is_a_clear_error(runtime: Runtime) -> None:
    with RawServer(always(response())) as server:
        with runtime.client(server.host) as client:
            client.get()
            client.close()
            client.close()
            with pytest.raises(SignalWireRestClosedError, match="this client is closed") as caught:
                client.get()

    assert isinstance(caught.value, RuntimeError)
    assert len(server.requests) == 1
    assert_survives(caught.value)


def test_an_error_can_be_constructed_as_in_the_vendor_s_package() -> None:
    error = SignalWireRestError(418, {"error": "teapot"}, "https://h/x", "PUT", {"A": "b"})

    assert (error.status_code, error.method, error.headers["a"]) == (418, "PUT", "b")
    assert str(error) == "PUT https://h/x: 418 I'm a Teapot: teapot"
    transport = SignalWireRestTransportError("no route", "https://h/x")
    assert isinstance(transport, SignalWireRestError)
    assert (transport.status_code, transport.body) == (None, "no route")


def test_an_error_keeps_little_of_a_long_response(runtime: Runtime) -> None:
    error = failure(runtime, response(500, json.dumps(["x" * 1000] * 1000).encode()))

    assert len(pickle.dumps(error)) < 80_000
