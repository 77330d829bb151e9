"""Guarantee 6: a canary token never shows up where a program or an error tracker could find it."""

import base64
import copy
import html
import json
import logging
import pickle
import re
import threading
import time
import weakref
from collections.abc import Callable
from itertools import product
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import pytest
from support.runtimes import ID, PROJECT, TOKEN, Claim, Runtime
from support.secrets import BASIC, FORMS, JSON_ESCAPED, assert_silent, chain, escaped, shown
from support.servers import Connection, RawServer, Script, always, example, in_turn, response

from signalwire_rest import RequestOptions, SignalWireRestError
from signalwire_rest._core.call import Call
from signalwire_rest._core.credentials import Credentials, _live
from signalwire_rest._core.redaction import redacted_body, redacted_cause
from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._decoding.normalisation import normalise
from signalwire_rest._decoding.reading import ValidationError
from signalwire_rest._options import ERROR_BODY_MAX, ResolvedOptions
from signalwire_rest.resources._any_request import AnyRequest

FAST = RequestOptions(retries=1, retry_backoff=0.0, timeout=5.0, read_timeout=0.3)


ECHO = {
    "X-Echo": TOKEN,
    "X-Forms": " ".join(FORMS.values()),
    "X-Basic": f"Basic {BASIC}",
    TOKEN: "1",
    "X-Request-Id": f"{'-' * 95}{TOKEN}",
}


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
    **{
        f"404, echoed as {name}": always(response(404, f'{{"error": "{form}"}}'.encode()))
        for name, form in FORMS.items()
    },
    **{
        f"422, echoed {name}": always(
            response(422, f'{{"errors": [{{"message": "{JSON_ESCAPED}"}}], "x": {x}}}'.encode())
        )
        for name, x in {
            "in a long body": f'"{"y" * 70_000}"',
            "in a deep body": "[" * 101 + "]" * 101,
            "with a number out of range": "1e400",
            "with NaN": "NaN",
        }.items()
    },
    "500, echoed across the limit of an error": always(
        response(500, b"y" * (ERROR_BODY_MAX - 10) + TOKEN.encode())
    ),
    "422, echoed": always(
        response(422, {"errors": [{"message": TOKEN, "attribute": BASIC}]}, ECHO)
    ),
    "500, echoed in text": always(response(500, f"<p>{TOKEN} {BASIC}".encode(), ECHO)),
    "429, echoed": always(response(429, TOKEN.encode(), {**ECHO, "Retry-After": TOKEN})),
    "302, echoed": always(response(302, b"", {"Location": f"http://{TOKEN}@127.0.0.1/"})),
    "200 that is no JSON": always(response(200, TOKEN.encode(), ECHO)),
    "200 of another type": always(response(200, {"name": TOKEN, TOKEN: BASIC}, ECHO)),
    "200 coded as the token": always(response(headers={"Content-Encoding": TOKEN})),
    "500 coded as much and the token": always(
        response(500, headers={"Content-Encoding": f"{'x' * 30}{TOKEN}"})
    ),
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
    whole = (client, client.video, client.video.conferences, client._executor)
    for part in (*whole, client._configuration):
        for copied in (pickle.dumps, copy.deepcopy):
            with pytest.raises(TypeError) as caught:
                copied(part)
            assert_silent(caught.value)


def test_a_raw_response_is_neither_pickled_nor_copied(runtime: Runtime) -> None:
    with RawServer(always(response(headers=ECHO))) as server, runtime.client(server.host) as client:
        raw = client.call(client.client.video.conferences.with_raw_response.get, ID)
    parts = {"a raw response": raw, "credentials": client.client._configuration.credentials}
    for name, copied in product(parts, (pickle.dumps, copy.copy, copy.deepcopy)):
        with pytest.raises(TypeError, match=f"^{name} cannot be pickled or copied") as caught:
            copied(parts[name])
        assert_silent(caught.value)


def test_a_successful_call_never_logs_the_token(
    runtime: Runtime, logged: Callable[[], str]
) -> None:
    with RawServer(in_turn(response(503, TOKEN.encode(), ECHO), response(headers=ECHO))) as server:
        runtime.get(server.host, request_options=FAST)

    log = logged()
    assert "503 Service Unavailable" in log
    assert "retrying in" in log
    assert TOKEN not in log
    assert BASIC not in log


def test_a_log_of_a_library_is_redacted_and_otherwise_unchanged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "httpx")
    alive = Credentials(PROJECT, TOKEN)
    # The second one was collected while the record was redacted.
    kept = [weakref.ref(alive), lambda: None]
    monkeypatch.setattr("signalwire_rest._core.credentials._live", kept)
    logging.getLogger("httpx").info("HTTP %d %s", 200, "OK")
    logging.getLogger("httpx").info("HTTP %d %s, 100%%", 400, TOKEN)

    # A record that cannot be printed is left to its handlers.
    malformed = logging.makeLogRecord({"msg": "%d", "args": ("x",)})
    assert logging.getLogger("httpx").filter(malformed)

    unchanged, redacted = caplog.records
    assert (unchanged.msg, unchanged.args) == ("HTTP %d %s", (200, "OK"))
    assert redacted.getMessage() == "HTTP 400 [redacted], 100%"


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
        {"token": f"{TOKEN}\ud800", "project": "100%"},
        {"token": [TOKEN]},
        {"token": TOKEN.encode()},
        {"token": Claim(str)},
        {"project": Claim(str)},
        {"host": Claim(str)},
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

    monkeypatch.setenv("SIGNALWIRE_SPACE", "https://user:s3cret@example.com")
    with pytest.raises(ValueError, match="SIGNALWIRE_SPACE is malformed$") as caught:
        runtime.client_class(PROJECT, TOKEN)
    for where, text in shown(caught.value):
        assert "s3cret" not in text, where


def test_a_conference_that_contains_the_token_is_unchanged(runtime: Runtime) -> None:
    body = json.loads(response().partition(b"\r\n\r\n")[2])
    with RawServer(always(response(200, {**body, "description": TOKEN}))) as server:
        assert runtime.get(server.host).description == TOKEN


@pytest.mark.parametrize(
    "token",
    [
        "a+/b?~>>?ÿÿÿ",
        "ünïcödé-€",
        "qu\"ote\\s/and'<&>\\",
        "😀😀😀😀😀😀",
        "a b 😀 c dX",
        "100%41&amp;-key",
    ],
)
def test_every_form_of_an_unusual_token_is_redacted(token: str) -> None:
    credentials = Credentials(PROJECT, token)
    pair = f"{PROJECT}:{token}".encode()
    in_bytes = token.encode().decode("latin-1")
    forms = [
        *(token, in_bytes, json.dumps(token), json.dumps(token, ensure_ascii=False)),
        *(json.dumps(json.dumps(token)), json.dumps(token).replace("/", "\\/")),
        *(
            quote(token, safe=""),
            quote(quote(token, safe="")),
            re.sub("%..", lambda each: each[0].lower(), quote(token, safe="")),
        ),
        *(quote_plus(token), quote(json.dumps(token)), html.escape(token).replace("&", "\\u0026")),
        *(html.escape(token), html.escape(html.escape(token)), escaped("&#{:d};", token)),
        *(repr(token), repr(token.encode())[1:]),
        *(encode(pair).decode() for encode in (base64.b64encode, base64.urlsafe_b64encode)),
        quote(base64.b64encode(pair), safe=""),
    ]
    for form in forms:
        redacted = credentials.redact(f"({form})")
        around = (
            r"(&#92;|[^\w+/]|%(25)*(22|3D|5[Cc]))*"  # quotation marks, padding, a last backslash
        )
        assert re.fullmatch(rf"{around}\[redacted\]{around}", redacted, re.ASCII), form


def test_further_secrets_are_redacted_beside_the_token() -> None:
    credentials = Credentials(PROJECT, TOKEN).including(["secret", "short"])
    assert credentials.redact(f"{TOKEN} secret short") == "[redacted] [redacted] short"
    assert repr(credentials) == f"Credentials(project='{PROJECT}', token='[redacted]')"


def test_a_secret_within_another_leaves_no_part_of_it() -> None:
    credentials = Credentials(PROJECT, TOKEN).including(["middle", "a-middle-z", "a-middle-zz"])
    assert credentials.redact("a-middle-z middle a-middle-zz") == " ".join(["[redacted]"] * 3)


@pytest.mark.parametrize("token", ["token-1", "token-12", "tokenW"])
def test_base64_is_redacted_with_its_padding_and_without(token: str) -> None:
    credentials = Credentials(PROJECT, token)
    for data in (token, f"{PROJECT}:{token}"):
        form = base64.b64encode(data.encode()).decode()
        assert credentials.redact(f"{form} {form.rstrip('=')}").replace("=", "") == (
            "[redacted] [redacted]"
        )


def test_a_text_is_cut_only_beyond_its_length() -> None:
    credentials = Credentials(PROJECT, "secret")
    assert credentials.redact("secret", 6) == "[redacted]"
    for more in range(2000):
        assert credentials.redact(f"{'secret' * 9}{'y' * more}", 95).startswith(
            ("[redacted]" * 9)[: 95 if more else 90]
        )


def test_credentials_that_are_gone_cost_a_log_nothing() -> None:
    before = len(_live)
    kept = [Credentials(PROJECT, TOKEN) for _ in range(10)]
    assert len(_live) == before + 10
    kept.clear()
    assert len(_live) == before


def test_the_text_around_escaped_tokens_is_kept() -> None:
    form = FORMS["percent-encoded"]
    redacted = Credentials(PROJECT, TOKEN).redact(f"{form}{form} and %41{form}!")
    assert redacted == "[redacted][redacted] and %41[redacted]!"


@pytest.mark.parametrize("after", ["", "z" * 100_000], ids=["at the end", "in the middle"])
@pytest.mark.parametrize("form", [TOKEN, *FORMS.values()], ids=["plain", *FORMS])
def test_a_token_across_a_cut_keeps_no_part(form: str, after: str) -> None:
    credentials = Credentials(PROJECT, TOKEN)
    for before in range(1000 - len(form), 1001, 7):
        cut = credentials.redact("y" * before + form + after, 1000)
        assert re.fullmatch(r"y+(\[redacted\]?=*|\[[redact]*)?(%3D)*z*", cut)
        assert len(cut) <= 1000
    for length in range(200, 300):
        cut = credentials.redact(f"{form} " * 1000 + after, length)
        assert re.fullmatch(r"(\[redacted\](=|%3D)* )*(\[redacted\](=|%3D?)*|\[[redact]*)?", cut)


def test_a_body_that_was_cut_keeps_no_part_of_the_token() -> None:
    credentials = Credentials(PROJECT, TOKEN)
    for length in range(len(TOKEN)):
        body = f'{{"error": "bad token {TOKEN[:length]}'.encode()
        assert redacted_body(body, credentials, complete=False) == '{"error": "bad token '
        assert redacted_body(body.replace(b"bad token ", b"X"), credentials, complete=False) == (
            '{"error": "'
        )
    assert redacted_body(b"a word", credentials) == "a word"


@pytest.mark.parametrize(
    ("body", "is_parsed"),
    [
        ("[" * 100 + "]" * 100, True),
        ("[" * 101 + "]" * 101, False),
        ('{"a":' * 101 + "1" + "}" * 101, False),
        (f"[{'[],' * 200}[]]", True),
        (f"[{'[],' * 50}{'[' * 100}{']' * 100}]", False),
        (f'"{"y" * (ERROR_BODY_MAX - 2)}"', True),
        (f'["{"[" * 200}\\"[", 1]', True),
        (f'["{"]" * 200}", {"[" * 100}{"]" * 100}]', False),
        (f'["\\\\", {"[" * 100}{"]" * 100}]', False),
        (f'["{"]" * 30_000}", {"[" * 30_000}', False),
    ],
    ids=[
        *("100 levels", "101 levels", "objects", "siblings", "siblings first", "long"),
        *("text opens", "text closes", "after a backslash", "beyond the recursion limit"),
    ],
)
def test_a_body_of_at_most_100_levels_and_65536_characters_is_parsed(
    body: str, is_parsed: bool
) -> None:
    kept = redacted_body(body.encode(), Credentials(PROJECT, TOKEN))
    assert kept == (json.loads(body) if is_parsed else body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_a_token_is_redacted_in_a_body_of_either_encoding(encoding: str) -> None:
    credentials = Credentials(PROJECT, "ünïcödé-token")
    body = '{"error": "bad ünïcödé-token, ünïcödé-token ü'.encode(encoding)
    assert redacted_body(body[:-1], credentials) == '{"error": "bad [redacted], [redacted] '


def test_a_body_that_is_too_long_keeps_no_part_of_the_token(runtime: Runtime) -> None:
    first = threading.Event()

    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(response(500, f"bad {TOKEN}".encode() * 100)[: -100 * 30 + 20])
        first.wait(0.2)
        connection.send(TOKEN.encode() * 100)

    with RawServer(script) as server, pytest.raises(SignalWireRestError) as caught:
        runtime.get(server.host, request_options=FAST.merge(RequestOptions(max_response_bytes=50)))

    assert caught.value.status_code == 500
    assert TOKEN[:5] not in repr(vars(caught.value))


def test_the_copy_of_a_cause_keeps_what_is_not_secret() -> None:
    context = ValueError(True, None, 2.5, f"bad {TOKEN}")
    cause: Any = OSError(5, f"broken {TOKEN}")
    cause.host, cause.port, cause.request = f"{TOKEN}.example", 7, object()
    cause.__context__ = context
    response = httpx.Response(503, text=TOKEN, headers={"X": TOKEN})
    request = httpx.Request("PUT", f"https://{TOKEN}.example")
    error = httpx.HTTPStatusError(f"503 {TOKEN}", request=request, response=response)
    error.__cause__ = cause

    first: Any = redacted_cause(error, Credentials(PROJECT, TOKEN))
    second, third = first.__cause__, first.__cause__.__context__

    assert (type(first), str(first)) == (httpx.HTTPStatusError, "503 [redacted]")
    assert (first.request.method, str(first.request.url)) == ("GET", "/")
    assert (first.response.status_code, first.response.content) == (503, b"")
    assert (type(second), second.args) == (OSError, (5, "broken [redacted]"))
    assert vars(second) == {"host": "[redacted].example", "port": 7}
    assert (type(third), third.args) == (ValueError, (True, None, 2.5, "bad [redacted]"))


class UnprintableError(Exception):
    """An exception that cannot be shown."""

    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (ValueError(PurePosixPath("a")), ValueError, "a"),
        (ValueError("y" * 100_000), ValueError, "y" * ERROR_BODY_MAX),
        (UnprintableError(), httpx.TransportError, "UnprintableError: UnprintableError"),
        (
            UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"),
            httpx.TransportError,
            "UnicodeDecodeError",
        ),
    ],
    ids=lambda each: type(each).__name__,
)
def test_the_copy_of_a_cause_has_its_message(error: Exception, kind: type, message: str) -> None:
    copied = redacted_cause(error, Credentials(PROJECT, TOKEN))
    assert type(copied) is kind
    assert str(copied).startswith(message)
    assert len(str(copied)) <= ERROR_BODY_MAX


@pytest.mark.parametrize("link", ["__cause__", "__context__"])
def test_the_copies_of_causes_are_bounded(link: str) -> None:
    def error(causes: int) -> Exception:
        found = ValueError(f"{causes} {TOKEN}")
        if causes:
            setattr(found, link, error(causes - 1))
        return found

    credentials = Credentials(PROJECT, TOKEN)
    copies = list(chain(redacted_cause(error(20), credentials)))
    assert [str(each) for each in copies] == [f"{left} [redacted]" for left in range(20, 11, -1)]
    group = ExceptionGroup("several", [error(20) for _ in range(8)])
    copies = list(chain(redacted_cause(group, credentials)))
    assert len(copies) == 1 + 8 * 5
    assert all(str(each).endswith(" [redacted]") for each in copies[1:])


def test_redacting_takes_linear_time() -> None:
    credentials = Credentials(PROJECT, TOKEN)
    near_misses = (TOKEN[:-1], JSON_ESCAPED[:-1], "\\u{ffffff}")
    for letters in ("\\", "%", "%25", "&amp;", "&#x0", *near_misses):
        text = letters * (1_000_000 // len(letters))
        started = time.thread_time()
        assert credentials.redact(text) == text
        assert time.thread_time() - started < 2


EVIL = "x\x1b[2J\x1b]0;pwned\x07 \x85\u2028ERROR root: forged\u2029\r\n\x00\u202e"


def test_what_a_server_sends_stays_on_one_printable_line(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "signalwire.rest")
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    problems: list[Any] = [
        httpx.Response(503, headers={b"X-Request-Id": EVIL.encode()}, json={"error": EVIL}),
        httpx.ReadError(EVIL),
        httpx.Response(
            200, headers={b"Request-Id": EVIL.encode() * 1000}, json={f"{EVIL * 9}{TOKEN}": {}}
        ),
        httpx.Response(200, json={**example(), "id": EVIL}),
        ValueError(EVIL * 100_000),
    ]

    def handler(request: httpx.Request) -> httpx.Response:
        problem = problems.pop(0)
        if isinstance(problem, Exception):
            raise problem
        response: httpx.Response = problem
        return response

    own = kind(transport=httpx.MockTransport(handler))
    with runtime.client("example.com", http_client=own) as client:
        while problems:
            with pytest.raises(SignalWireRestError) as caught:
                client.get(request_options=RequestOptions(retries=0))
            error = caught.value
            texts = [str(error), error.request_id or "", getattr(error, "path", None) or ""]
            texts += [error.body] if error.status_code is None else []
            assert all(text.isprintable() for text in texts)
            assert all(len(text) <= 1000 for text in texts)

    assert len(caplog.records) == 5
    for record in caplog.records:
        assert record.getMessage().isprintable()
        assert len(record.getMessage()) <= 1000


@pytest.mark.parametrize("key", ["k" * 4_000_000, "a\n" * 1000, TOKEN, f"{'k' * 190}{TOKEN}"])
def test_the_path_of_a_mismatch_is_short_and_redacted(runtime: Runtime, key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        normalise(annotation_of(dict[str, int]), {key: "x"})
    client = runtime.client_class(PROJECT, TOKEN, "example.com")
    call = Call(
        client._configuration,
        ResolvedOptions(),
        AnyRequest("GET", "/", None, None),
        None,
        time.monotonic,
        missing_ok=False,
    )

    error = call.contract_error(str(caught.value), caught.value.path)

    assert error.path is not None
    assert len(error.path) <= 200
    assert error.path.isprintable()
    assert TOKEN[:5] not in error.path + str(error)
    assert len(pickle.dumps(error)) < 10_000
