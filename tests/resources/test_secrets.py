"""The value of a conference token and the address of a stream are shown by their attribute only."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from rich.pretty import pretty_repr
from support.runtimes import ID, Runtime
from support.runtimes import TOKEN as API_TOKEN
from support.secrets import chain, frames, shown
from support.servers import Connection, RawServer, Recorder, Script, example, request_of, response

from signalwire_rest import (
    Conference,
    ConferenceToken,
    RequestOptions,
    SignalWireRestError,
    Stream,
    from_json,
)

FAST = RequestOptions(retries=1, retry_backoff=0.0, read_timeout=0.3)
KEY = "live_1234-key"
URL = f"rtmps://live.example.com/app/{KEY}"
# No pattern tells that this one is an address: only the call knows that it was sent.
PLAIN = f"live.example.com/app/{KEY}"
VALUE = "vpt_62c65414de4d067d07415a7ced8183be"
HEADERS = {"X-Echo": f"to {PLAIN}", "X-Token": VALUE, "Location": f"/x?{URL}"}


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


def malformed(connection: Connection) -> None:
    request_of(connection)
    connection.send(f"HTTP/1.1 {PLAIN} {VALUE}\r\n\r\n".encode())


def cut_off(connection: Connection) -> None:
    request_of(connection)
    connection.send(response(200, example("stream"), {**HEADERS, "Content-Length": "9999"}))


def silent(connection: Connection) -> None:
    request_of(connection)
    connection.hold()


ECHOES: dict[str, Script] = {
    "a message": Recorder(response(422, {"error": f"bad {PLAIN}"}, HEADERS)),
    "a value": Recorder(response(400, {"errors": [{"message": PLAIN, "url": URL}]})),
    "a key": Recorder(response(403, {PLAIN: {VALUE: 1}})),
    "escaped slashes": Recorder(
        response(422, json.dumps({"a": PLAIN}).replace("/", "\\/").encode())
    ),
    "escaped letters": Recorder(response(422, f'{{"a": "{escaped(PLAIN)}"}}'.encode())),
    "text": Recorder(response(500, f"<p>{PLAIN} {VALUE} {URL}".encode(), HEADERS)),
    "a redirect": Recorder(response(302, b"", HEADERS)),
    "a success that is not JSON": Recorder(response(200, f"{PLAIN} {VALUE} {URL}".encode())),
    "a success of another type": Recorder(response(200, [PLAIN, {"url": PLAIN}], HEADERS)),
    "a reason phrase": Recorder(response(500, b"", HEADERS, PLAIN)),
    "a malformed response": malformed,
    "a response that is cut off": cut_off,
    "silence": silent,
}


@pytest.mark.parametrize("name", ECHOES)
@pytest.mark.parametrize("url", [URL, PLAIN])
@pytest.mark.parametrize("method", ["conferences.create_stream", "streams.update"])
def test_an_address_that_was_sent_is_in_no_error_and_no_log(
    runtime: Runtime, logged: Callable[[], str], name: str, url: str, method: str
) -> None:
    resource, _, attribute = method.partition(".")
    with RawServer(ECHOES[name]) as server, runtime.client(server.host) as caller:
        found = getattr(getattr(caller.client.video, resource), attribute)
        with pytest.raises(SignalWireRestError) as caught:
            caller.call(found, ID, url=url, request_options=FAST)

    for _, text in (*shown(caught.value), ("log", logged())):
        assert KEY not in text.replace("\\u002d", "-"), text[:300]
        assert VALUE not in text, text[:300]


def test_an_address_is_redacted_without_its_first_scheme(runtime: Runtime) -> None:
    rest = f"live.example.com/{KEY}?then=rtmp://b.example.com"
    with RawServer(Recorder(response(422, {"error": f"bad {rest}"}))) as server:
        with runtime.client(server.host) as caller:
            with pytest.raises(SignalWireRestError) as caught:
                caller.call(caller.client.video.conferences.create_stream, ID, url=f"rtmp://{rest}")
    assert caught.value.body == {"error": "bad [redacted]"}


STREAM, TOKEN = example("stream"), example("conference-token")
STREAM["url"] = PLAIN
CREATED = {**example("created-conference"), "tokens": [{"name": "guest", "token": VALUE}]}
MISMATCHES: dict[str, tuple[str, Any]] = {
    "a stream with a wrong field": ("streams.get", {**STREAM, "fps": "20"}),
    "a stream without a field": ("streams.get", {"url": PLAIN}),
    "an address in a list": ("streams.get", {**STREAM, "url": [PLAIN, {"a": PLAIN}]}),
    "a page of streams": ("conferences.list_streams", {"data": [STREAM, {**STREAM, "id": 7}]}),
    "a list of streams": ("streams.get", [STREAM]),
    "a stream that is cut off": ("streams.get", json.dumps(STREAM)[:-1].encode()),
    "a stream in an escaped form": (
        "streams.get",
        json.dumps({**STREAM, "id": 7}).replace('"url"', '"\\u0075rl"').encode(),
    ),
    "a stream after the limit of a body": (
        "conferences.list_streams",
        {"data": [STREAM, {**STREAM, "id": "x" * 70_000}]},
    ),
    "a token with a wrong field": ("conference_tokens.get", {**TOKEN, "token": KEY, "scopes": 7}),
    "a token of another form": ("conference_tokens.reset", {**TOKEN, "id": 7, "token": KEY}),
    "a token in an unknown property": (
        "conferences.get",
        {**example(), "id": 7, "tokens": [VALUE, {"value": VALUE}], VALUE: f"({VALUE})"},
    ),
}


@pytest.mark.parametrize("name", MISMATCHES)
def test_a_secret_that_arrives_in_a_malformed_response_is_in_no_error_and_no_log(
    runtime: Runtime, logged: Callable[[], str], name: str
) -> None:
    method, body = MISMATCHES[name]
    resource, _, attribute = method.partition(".")
    with RawServer(Recorder(response(200, body))) as server:
        with runtime.client(server.host) as caller:
            found = getattr(getattr(caller.client.video, resource), attribute)
            with pytest.raises(SignalWireRestError) as caught:
                caller.call(found, ID, request_options=FAST)

    assert caught.value.body
    for _, text in (*shown(caught.value), ("log", logged())):
        assert KEY not in text, text[:300]
        assert VALUE not in text, text[:300]


def test_what_an_error_keeps_besides_its_secrets_is_unchanged(runtime: Runtime) -> None:
    error = example("url-not-parsed")
    stream, redacted = {**STREAM, "id": 7}, {**STREAM, "id": 7, "url": "[redacted]"}
    kept = {422: [error, error], 200: [stream, redacted], 201: [[stream, 7], [redacted, 7]]}
    sent = [response(status, body) for status, (body, _) in kept.items()]
    with RawServer(Recorder(*sent)) as server:
        with runtime.client(server.host) as caller:
            for _, body in kept.values():
                with pytest.raises(SignalWireRestError) as caught:
                    caller.call(caller.client.video.conferences.create_stream, ID, url=URL)
                assert caught.value.body == body


def test_the_attributes_give_the_values_and_the_reprs_do_not(runtime: Runtime) -> None:
    answers = [STREAM, TOKEN, CREATED]
    recorder = Recorder(*(response(200, each) for each in (*answers, *answers)))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        video, raw = caller.client.video, []
        stream = caller.call(video.conferences.create_stream, ID, url=PLAIN)
        token = caller.call(video.conference_tokens.get, ID)
        conference = caller.call(video.conferences.create, display_name="x")
        for method in (
            video.streams.with_raw_response.get,
            video.conference_tokens.with_raw_response.reset,
            video.conferences.with_raw_response.get,
        ):
            raw.append(caller.call(method, ID))

    assert isinstance(stream, Stream)
    assert isinstance(token, ConferenceToken)
    assert (stream.url, token.token) == (PLAIN, TOKEN["token"])
    assert conference["tokens"] == CREATED["tokens"]
    assert [each.json() for each in raw] == answers
    for each in (stream, token, conference, *raw, [stream], {"a": token}):
        for secret in (PLAIN, KEY, VALUE, TOKEN["token"]):
            assert secret not in repr(each)
            assert secret not in str(each)


def test_a_wrong_argument_never_shows_the_address(runtime: Runtime) -> None:
    with RawServer(Recorder(response())) as server, runtime.client(server.host) as caller:
        for url, extras in ((f"{URL}\ud800", {}), (URL, {"url": URL}), ([URL], {}), (URL, {1: 2})):
            with pytest.raises((ValueError, TypeError)) as caught:
                caller.call(
                    caller.client.video.conferences.create_stream, ID, url=url, extras=extras
                )
            assert KEY not in str(caught.value)
        for fields in ({"url": URL, "ulr": 1}, {"url": [URL]}, {"url": f"{URL}\ud800"}):
            with pytest.raises((ValueError, TypeError)) as caught:
                caller.call(caller.client.video.conferences.create_stream, ID, **fields)
            for where, text in shown(caught.value):
                assert KEY not in text, where

    assert server.accepted == 0


def test_a_token_in_the_place_of_its_id_is_never_shown(runtime: Runtime) -> None:
    with RawServer(Recorder(response())) as server, runtime.client(server.host) as caller:
        for value in (VALUE, API_TOKEN, f"{'x' * 90}{API_TOKEN}"):
            with pytest.raises(ValueError, match="token_id must be a UUID such as") as caught:
                caller.call(caller.client.video.conference_tokens.get, value)
            for each in chain(caught.value):
                assert VALUE not in repr(each)
                assert API_TOKEN[:6] not in repr(each)

    assert server.accepted == 0


def test_rich_shows_what_a_repr_shows(runtime: Runtime) -> None:
    token, stream = {**TOKEN, "token": KEY, "x": [{"a": VALUE}]}, {**STREAM, "backup": URL}
    for model, value in ((ConferenceToken, token), (Stream, stream), (Conference, CREATED)):
        made = from_json(model, json.dumps(value))
        for text in (repr(made), pretty_repr(made)):
            assert "***" in text
            for secret in (PLAIN, KEY, VALUE, TOKEN["token"]):
                assert secret not in text
    assert pretty_repr(from_json(Conference, json.dumps(example()))).startswith("Conference(\n")
    with runtime.client("127.0.0.1:1") as caller:
        requests: tuple[Callable[[], Any], ...] = (
            lambda: caller.call(caller.client.request, "POST", "/x", json={"url": URL}),
            lambda: caller.call(caller.client.video.conferences.create_stream, ID, url=URL),
        )
        for request in requests:
            with pytest.raises(SignalWireRestError) as caught:
                request()
            for frame in frames(caught.value):
                assert KEY not in pretty_repr({**frame.f_locals}), frame


@pytest.mark.parametrize("status", [200, 422])
@pytest.mark.parametrize(
    "body",
    [
        f'{{"error": "{VALUE}"}}'.replace("vpt", "\\u0076pt"),
        f'{{"error": "{VALUE}"}}'.replace("_", "\\u005f"),
        f'{{"error": "{quote(VALUE).replace("_", "%5F")} {quote(URL, safe="")}"}}',
        f"<p>{VALUE} {URL}".replace("_", "&#95;").replace("/", "&#x2F;"),
        URL.replace("rtmps", "RTMPS"),
        json.dumps({"error": json.dumps(URL).replace("/", "\\u002f")}),
    ],
)
def test_a_secret_is_recognised_however_it_is_escaped(
    runtime: Runtime, status: int, body: str
) -> None:
    with RawServer(Recorder(response(status, body.encode()))) as server:
        with runtime.client(server.host) as caller, pytest.raises(SignalWireRestError) as caught:
            caller.call(caller.client.video.conferences.get, ID)
    for where, text in shown(caught.value):
        for secret in (KEY, KEY.replace("_", "&#95;"), VALUE[4:]):
            assert secret not in text, where
