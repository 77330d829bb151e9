"""Guarantee 6: a canary token never shows up where a program or an error tracker could find it."""

import base64
import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import httpx
import pytest
from support.runtimes import PROJECT, TOKEN, Runtime
from support.servers import Connection, RawServer, Script, always, in_turn, response

from signalwire_rest import RequestOptions, SignalWireRestError

BASIC = base64.b64encode(f"{PROJECT}:{TOKEN}".encode()).decode()
FAST = RequestOptions(retries=1, retry_backoff=0.0, timeout=5.0, read_timeout=0.3)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Everything that is logged while root is at DEBUG."""
    names = ("", "httpx", "httpcore", "signalwire")
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield lambda: "\n".join(f"{r.getMessage()} {r.args} {r.exc_text}" for r in caplog.records)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def chain(error: BaseException | None) -> Iterator[BaseException]:
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        each = pending.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        pending += [each.__cause__, each.__context__, *getattr(each, "exceptions", ())]


def frames(error: BaseException) -> Iterator[FrameType]:
    """Yield the frames of the client and of libraries; not those of the tests."""
    for each in chain(error):
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if "/tests/" not in frame.f_code.co_filename:
                yield frame


def shown(error: BaseException) -> Iterator[tuple[str, str]]:
    for each in chain(error):
        kind = type(each).__name__
        yield f"repr of {kind}", repr(each)
        yield f"str of {kind}", str(each)
        yield f"vars of {kind}", repr(vars(each))
        yield f"args of {kind}", repr(each.args)
    yield "traceback", "".join(traceback.format_exception(error))
    for frame in frames(error):
        for name, value in frame.f_locals.items():
            yield f"local {name} of {frame.f_code.co_qualname}", repr(value)
    if isinstance(error, SignalWireRestError):
        yield "pickle", pickle.dumps(error).decode("latin-1")
        yield "deep copy", repr(vars(copy.deepcopy(error)))
        yield "headers", repr(list(error.headers.items()))
        yield "body", json.dumps(error.body)


def assert_silent(error: BaseException, log: str = "") -> None:
    for where, text in (*shown(error), ("log", log)):
        for secret in (TOKEN, BASIC, TOKEN.encode().hex()):
            assert secret not in text, f"{where}: {text[:300]}"


ECHO = {"X-Echo": TOKEN, "X-Basic": f"Basic {BASIC}", TOKEN: "1", "X-Request-Id": TOKEN}
ESCAPED = "".join(f"\\u{ord(letter):04x}" for letter in TOKEN).encode()


def cut_off(connection: Connection) -> None:
    connection.read_request()
    connection.send(response(headers={**ECHO, "Content-Length": "99999"}))


def reset(connection: Connection) -> None:
    connection.read_request()
    connection.reset()


def nonsense(connection: Connection) -> None:
    connection.read_request()
    connection.send(f"HTTP/1.1 {TOKEN} Basic {BASIC}\r\n\r\n".encode())


SCRIPTS: dict[str, Script] = {
    "401, echoed": always(response(401, {"error": f"bad {TOKEN}", "b": [BASIC]}, ECHO, TOKEN)),
    "404, echoed in other letters": always(response(404, b'{"error": "' + ESCAPED + b'"}')),
    "422, echoed": always(
        response(422, {"errors": [{"message": TOKEN, "attribute": BASIC}]}, ECHO)
    ),
    "500, echoed in text": always(response(500, f"<p>{TOKEN} {BASIC}".encode(), ECHO)),
    "429, echoed": always(response(429, TOKEN.encode(), {**ECHO, "Retry-After": TOKEN})),
    "302, echoed": always(response(302, b"", {"Location": f"http://{TOKEN}@127.0.0.1/"})),
    "200 that is no JSON": always(response(200, TOKEN.encode(), ECHO)),
    "200 of another type": always(response(200, {"name": TOKEN, TOKEN: BASIC}, ECHO)),
    "200 coded as the token": always(response(headers={"Content-Encoding": TOKEN})),
    "cut off": cut_off,
    "reset": reset,
    "a status line that is none": nonsense,
    "silence": lambda connection: connection.hold(),
    "closed at once": lambda connection: None,
}


@pytest.mark.parametrize("own", [False, True], ids=["our transport", "the user's client"])
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_failed_call_never_shows_the_token(
    runtime: Runtime, name: str, own: bool, logged: Callable[[], str]
) -> None:
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    with RawServer(SCRIPTS[name]) as server:
        arguments = {"http_client": kind()} if own else {}
        with runtime.client(server.host, **arguments) as client:
            assert_hidden(client.client)
            with pytest.raises(SignalWireRestError) as caught:
                client.get(request_options=FAST, include_active_session=True)
            assert_silent(caught.value, logged())
            assert_hidden(client.client)


def assert_hidden(client: Any) -> None:
    for text in (repr(client), str(client), repr(vars(client))):
        assert TOKEN not in text
        assert BASIC not in text
    for part in vars(client).values():
        assert TOKEN not in repr(part)
        assert BASIC not in repr(getattr(part, "__dict__", ""))
    for part in (client, client.video, client.video.conferences, client._executor):
        for copied in (pickle.dumps, copy.deepcopy):
            with pytest.raises(TypeError) as caught:
                copied(part)
            assert_silent(caught.value)


def test_a_successful_call_never_logs_the_token(
    runtime: Runtime, logged: Callable[[], str]
) -> None:
    with RawServer(in_turn(response(503, TOKEN.encode(), ECHO), response(headers=ECHO))) as server:
        runtime.get(server.host, request_options=FAST)

    log = logged()
    assert "signalwire.rest" in log or "attempt 1" in log
    assert "retrying in" in log
    assert TOKEN not in log
    assert BASIC not in log


def test_a_refused_connection_never_shows_the_token(
    runtime: Runtime, logged: Callable[[], str]
) -> None:
    with RawServer(always(b"")) as server:
        host = server.host
    with pytest.raises(SignalWireRestError) as caught:
        runtime.get(host, request_options=FAST)
    assert_silent(caught.value, logged())


@pytest.mark.parametrize(
    "arguments",
    [
        {"token": f"{TOKEN}\n"},
        {"token": f"\r\n{TOKEN}"},
        {"token": f"{TOKEN}\ud800"},
        {"token": [TOKEN]},
        {"token": TOKEN.encode()},
        {"project": f"a:{TOKEN}"},
        {"project": f"{TOKEN}\n"},
        {"project": None},
        {"host": f"{PROJECT}:{TOKEN}@example.com"},
        {"host": None},
        {"host": 7},
        {"host": f"https://x/{TOKEN}"},
        {"request_options": 7},
        {"http_client": 7},
        {"ssl_context": 7},
        {"max_connections": 0},
    ],
    ids=lambda each: str(each)[:40],
)
def test_an_invalid_argument_never_shows_the_token(
    runtime: Runtime, arguments: dict[str, Any]
) -> None:
    given = {"project": PROJECT, "token": TOKEN, "host": "example.com", **arguments}
    with pytest.raises((ValueError, TypeError)) as caught:
        runtime.client_class(**given)
    assert_silent(caught.value)


def test_an_invalid_token_from_the_environment_is_never_shown(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNALWIRE_API_TOKEN", f"{TOKEN}\n")
    with pytest.raises(ValueError, match="^token must not contain a line break") as caught:
        runtime.client_class("project", host="example.com")
    assert_silent(caught.value)


def test_an_invalid_space_from_the_environment_never_shows_the_token(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNALWIRE_SPACE", f"https://{PROJECT}:{TOKEN}@example.com")
    with pytest.raises(ValueError, match="^host must be a host name") as caught:
        runtime.client_class(PROJECT, TOKEN)
    assert_silent(caught.value)


def test_a_conference_that_contains_the_token_is_unchanged(runtime: Runtime) -> None:
    body = json.loads(response().partition(b"\r\n\r\n")[2])
    with RawServer(always(response(200, {**body, "description": TOKEN}))) as server:
        assert runtime.get(server.host).description == TOKEN
