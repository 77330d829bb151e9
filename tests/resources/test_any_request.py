"""``client.request`` makes any request to the space, under every promise of a call."""

import json
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from support.runtimes import TOKEN, Runtime
from support.secrets import frames
from support.servers import RawServer, Recorder, always, in_turn, response

from signalwire_rest import (
    RequestOptions,
    SignalWireRestContractError,
    SignalWireRestNotFoundError,
    SignalWireRestServerError,
    SignalWireRestValidationError,
)

FAST = RequestOptions(retries=2, retry_backoff=0)
EMPTY = b"HTTP/1.1 204 No Content\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"


def test_a_request_has_the_credentials_and_its_response_is_raw(runtime: Runtime) -> None:
    recorder = Recorder(response(200, {"rooms": [1]}, {"X-Request-Id": "r-1"}))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        raw = caller.call(
            caller.client.request,
            "post",
            "/api/video/rooms?a=b",
            params={"page_size": 2, "on": True, "ids": ["x", "y"], "none": None, "text": "ä &"},
            json={"name": "lobby"},
        )
    ((line, headers, body),) = recorder.requests
    method, target, _ = line.split()
    assert method == "POST"
    assert urlsplit(target).path == "/api/video/rooms"
    expected = [("a", "b"), ("page_size", "2"), ("on", "true"), ("ids", "x"), ("ids", "y")]
    assert parse_qsl(urlsplit(target).query) == [*expected, ("text", "ä &")]
    assert headers["authorization"].startswith("Basic ")
    assert headers["content-type"] == "application/json"
    assert json.loads(body) == {"name": "lobby"}
    assert (raw.status_code, raw.request_id, raw.attempts) == (200, "r-1", 1)
    assert raw.parse() == raw.json() == {"rooms": [1]}
    assert raw.elapsed > 0


class Size(int, Enum):
    LARGE = 1000


class Ratio(float, Enum):
    HALF = 0.5


class Kind(str, Enum):  # noqa: UP042
    LOBBY = "lobby"


def test_a_param_of_an_enum_is_sent_as_its_value(runtime: Runtime) -> None:
    recorder = Recorder(response())
    params = {"a": Size.LARGE, "b": [Ratio.HALF, Size.LARGE], "c": Kind.LOBBY, "d": False}
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        caller.call(caller.client.request, "GET", "/x", params=params)
    assert recorder.requests[0][0] == "GET /x?a=1000&b=0.5&b=1000&c=lobby&d=false HTTP/1.1"


def test_json_that_is_nested_too_deeply_is_an_error_of_its_own(runtime: Runtime) -> None:
    with RawServer(always(response(200, b"[" * 100_000))) as server:
        with runtime.client(server.host) as caller:
            raw = caller.call(caller.client.request, "GET", "/x")
    with pytest.raises(ValueError, match="^the body is nested too deeply$"):
        raw.json()
    with pytest.raises(SignalWireRestContractError, match="the body is not JSON"):
        raw.parse()


@pytest.mark.parametrize(
    ("method", "sent", "status"),
    [("DELETE", EMPTY, 204), ("HEAD", HEAD, 200), ("OPTIONS", EMPTY, 204), ("PATCH", EMPTY, 204)],
)
def test_a_response_without_a_body_is_none(
    runtime: Runtime, method: str, sent: bytes, status: int
) -> None:
    with RawServer(always(sent)) as server, runtime.client(server.host) as caller:
        raw = caller.call(caller.client.request, method, "/api/video/rooms")
        assert (raw.status_code, raw.content, raw.parse()) == (status, b"", None)


def test_what_is_not_json_fails_in_parse_alone(runtime: Runtime) -> None:
    with (
        RawServer(always(response(200, f"<p>{TOKEN}".encode()))) as server,
        runtime.client(server.host) as caller,
    ):
        raw = caller.call(caller.client.request, "GET", "/x")
        with pytest.raises(SignalWireRestContractError, match="the body is not JSON") as caught:
            raw.parse()
    assert raw.content.endswith(TOKEN.encode())
    assert TOKEN not in repr(caught.value.body)


@pytest.mark.parametrize(
    ("method", "attempts"), [("GET", 3), ("PUT", 3), ("POST", 1), ("PATCH", 1)]
)
def test_a_request_is_retried_by_its_method(runtime: Runtime, method: str, attempts: int) -> None:
    with RawServer(always(response(503))) as server, runtime.client(server.host) as caller:
        with pytest.raises(SignalWireRestServerError) as caught:
            caller.call(caller.client.request, method, "/x", json={}, request_options=FAST)
    assert caught.value.attempts == attempts == len(server.requests)


def test_a_status_is_the_same_error_as_everywhere(runtime: Runtime) -> None:
    with RawServer(always(response(404, {"error": TOKEN}))) as server:
        with runtime.client(server.host) as caller:
            with pytest.raises(SignalWireRestNotFoundError) as caught:
                caller.call(caller.client.request, "GET", "/x")
    assert TOKEN not in f"{caught.value}{caught.value.body}"


SECRETS = {"token": "s3cret-value", "deep": [{"url": "rtmp://x.example/key-12345"}]}


def test_what_the_contract_calls_a_secret_is_redacted(runtime: Runtime) -> None:
    echo = f"bad: s3cret-value x.example/key-12345 {TOKEN}".encode()
    with RawServer(always(response(422, echo))) as server, runtime.client(server.host) as caller:
        with pytest.raises(Exception, match="422") as caught:
            caller.call(caller.client.request, "POST", "/x", json=SECRETS, params={"token": "q"})
    error: Any = caught.value
    for secret in ("s3cret-value", "key-12345", TOKEN):
        assert secret not in f"{error}{error.body}"
    found = [frame.f_locals for frame in frames(error)]
    assert found
    assert "s3cret-value" not in repr(found)


PATHS = [
    *("", "x", "//evil.example/x", "https://evil.example/x", "/a b", "/a\n", "/a\tb", "/a\x7f"),
    *("/ä", "/a\u2028", "/a#b", "/a\\b", "/a/../b", "/a/.", "/%2e%2e/a", "/..", "/.?x=1"),
    *("\\\\evil.example", "/\\evil.example", "@evil.example", ":80/x", "?x=1"),
]


@pytest.mark.parametrize("path", PATHS, ids=ascii)
def test_a_path_that_could_lead_elsewhere_is_refused(runtime: Runtime, path: str) -> None:
    with RawServer(always(response())) as server, runtime.client(server.host) as caller:
        with pytest.raises(ValueError, match="^path must be an absolute path"):
            caller.call(caller.client.request, "GET", path)
    assert server.requests == []


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        (("TRACE", "/x"), ValueError, "method must be one of GET, HEAD"),
        (("GET\r\nX: y", "/x"), ValueError, "method must be one of"),
        ((7, "/x"), TypeError, "method must be a str; got int"),
        (("GET", b"/x"), TypeError, "path must be a str; got bytes"),
        (("GET", f"/{'x' * 70_000}"), ValueError, "the arguments cannot be sent"),
    ],
)
def test_a_wrong_argument_is_named_before_anything_is_sent(
    runtime: Runtime, arguments: tuple[Any, ...], kind: type[Exception], message: str
) -> None:
    with RawServer(always(response())) as server, runtime.client(server.host) as caller:
        with pytest.raises(kind, match=message):
            caller.call(caller.client.request, *arguments)
        for params in ([("a", "b")], {"a": object()}, {7: "a"}, {"a": {"b": 1}}, {"a": b"x"}):
            with pytest.raises(TypeError, match="^params must"):
                caller.call(caller.client.request, "GET", "/x", params=params)
        for value in ("\ud800", 10**5000):
            with pytest.raises(ValueError, match="^params must be Unicode text and numbers"):
                caller.call(caller.client.request, "GET", "/x", params={"a": value})
        for body, error in (({"a": {1}}, TypeError), ({"a": float("nan")}, ValueError)):
            with pytest.raises(error, match="^the arguments cannot be sent"):
                caller.call(caller.client.request, "POST", "/x", json=body)
    assert server.requests == []


def test_a_redirect_is_not_followed(runtime: Runtime) -> None:
    moved = response(302, {}, {"Location": "/elsewhere"})
    with RawServer(in_turn(moved)) as server, runtime.client(server.host) as caller:
        with pytest.raises(Exception, match="302 Found"):
            caller.call(caller.client.request, "GET", "/x")
    assert len(server.requests) == 1


def test_a_request_goes_through_an_http_client(runtime: Runtime) -> None:
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    own = kind(
        transport=httpx.MockTransport(lambda request: httpx.Response(200, json=request.method))
    )
    with runtime.client("example.com", http_client=own) as caller:
        assert caller.call(caller.client.request, "OPTIONS", "/x").parse() == "OPTIONS"


def test_a_body_of_any_depth_is_sent_or_refused(runtime: Runtime) -> None:
    body: Any = {"token": "s3cret-value"}
    outcomes = set()
    with RawServer(always(response(422, b"s3cret-value"))) as server:
        with runtime.client(server.host) as caller:
            for _ in range(12):
                with pytest.raises((ValueError, SignalWireRestValidationError)) as caught:
                    caller.call(caller.client.request, "POST", "/x", json=body)
                outcomes.add(caught.type)
                assert "s3cret-value" not in f"{caught.value}{vars(caught.value)}"
                for _ in range(120):
                    body = {"deep": [body]}
            endless: list[Any] = []
            endless.append(endless)
            with pytest.raises(ValueError, match="^the arguments cannot be sent"):
                caller.call(caller.client.request, "POST", "/x", json=endless)
    assert SignalWireRestValidationError in outcomes
