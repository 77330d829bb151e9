"""Options of a client and of a call, and the headers among them."""

import enum
import inspect
import pickle
import typing
from typing import Any

import pytest
from support.runtimes import ID, PROJECT, TOKEN, Runtime
from support.servers import RawServer, Recorder, response

from signalwire_rest import RequestOptions, SignalWireRestClosedError
from signalwire_rest._options import Options


class Text(str, enum.Enum):  # noqa: UP042
    """A string that prints something other than its value."""

    VALUE = "value"


def test_the_keywords_are_the_fields_of_the_options() -> None:
    fields = inspect.signature(RequestOptions).parameters
    hints = typing.get_type_hints(Options)
    assert list(hints) == [*fields]
    assert hints == typing.get_type_hints(RequestOptions)


@pytest.mark.parametrize("name", ["__init__", "with_options"])
def test_inspect_sees_each_option_as_a_keyword(runtime: Runtime, name: str) -> None:
    found = inspect.signature(getattr(runtime.client_class, name)).parameters
    assert found.keys() >= typing.get_type_hints(Options).keys()
    assert "options" not in found


def test_a_client_with_other_options_shares_the_connections(runtime: Runtime) -> None:
    recorder = Recorder(response())
    with RawServer(recorder) as server, runtime.client(server.host, timeout=9) as caller:
        client = caller.client
        other = client.with_options(timeout=5, retries=0, headers={"X-Team": "blue"})
        for each in (client, other, client, other):
            caller.call(each.video.conferences.get, ID)
        assert type(other) is type(client)
        options = [each._configuration.options for each in (client, other)]
        assert [(each.timeout, each.retries) for each in options] == [(9, 2), (5, 0)]
        assert other.video.conferences is other.video.conferences
        caller.call(other.aclose if runtime.is_async else other.close)
        caller.call(client.video.conferences.get, ID)
        caller.call(other.video.conferences.get, ID)
    sent = [headers.get("x-team") for _, headers, _ in recorder.requests]
    assert sent == [None, "blue", None, "blue", None, "blue"]
    assert server.accepted == 1


def test_a_client_with_other_options_is_closed_with_the_first(runtime: Runtime) -> None:
    with runtime.client("example.com") as caller:
        other = caller.client.with_options(timeout=5)
        again = other.with_options(retries=0)
    with runtime.client("example.com") as running:
        for each in (other, again):
            with pytest.raises(SignalWireRestClosedError):
                running.call(each.video.conferences.get, ID)


def test_keywords_of_the_constructor_override_its_request_options(runtime: Runtime) -> None:
    client = runtime.client_class(
        PROJECT,
        TOKEN,
        "example.com",
        RequestOptions(timeout=1, retries=7, headers={"A": "1", "B": "2"}),
        timeout=5,
        headers={"b": "3"},
    )
    options = client._configuration.options
    assert (options.timeout, options.retries, options.headers) == (5, 7, {"A": "1", "b": "3"})


def test_headers_of_a_call_are_merged_per_name(runtime: Runtime) -> None:
    recorder = Recorder(response())
    mine = {"X-Team": "blue", "X-Trace": "1", "Accept": "application/json, */*"}
    with (
        RawServer(recorder) as server,
        runtime.client(server.host, headers=mine) as caller,
    ):
        caller.get()
        caller.get(request_options=RequestOptions(headers={"x-trace": "2", "X-New": "yes"}))
        caller.get(request_options=RequestOptions(timeout=5))
    first, second, third = (headers for _, headers, _ in recorder.requests)
    assert [first.get(name) for name in ("x-team", "x-trace", "x-new")] == ["blue", "1", None]
    assert [second.get(name) for name in ("x-team", "x-trace", "x-new")] == ["blue", "2", "yes"]
    assert first == third
    assert first["accept"] == "application/json, */*"


def test_headers_reach_every_attempt_and_every_page(runtime: Runtime) -> None:
    links = dict.fromkeys(("self", "first"), "?page_number=0")
    pages = [
        {"data": [], "links": {**links, "next": "?page_number=1"}},
        {"data": [], "links": links},
    ]
    recorder = Recorder(response(503), *(response(200, page) for page in pages))
    options = RequestOptions(headers={"X-Team": "blue"}, retry_backoff=0)
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        page = caller.call(caller.client.video.conferences.list, request_options=options)
        assert caller.call(page.next_page).data == []
    assert [headers.get("x-team") for _, headers, _ in recorder.requests] == ["blue"] * 3


REFUSED = """
Authorization authorization Host Content-Length Connection Transfer-Encoding Accept-Encoding Cookie
Proxy-Authorization User-Agent Keep-Alive Proxy-Connection TE Trailer Upgrade Expect
"""


@pytest.mark.parametrize("name", REFUSED.split())
def test_a_header_that_the_client_sets_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match=f"^headers must not contain {name}: the client sets it"):
        RequestOptions(headers={name: "x"})


@pytest.mark.parametrize("name", ["", " ", "X Y", "X:", "X\r\nY", "Ä", "X\x00", "(x)"], ids=ascii)
def test_a_name_that_would_break_a_header_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="^headers must not contain .*: it is no header name"):
        RequestOptions(headers={name: "x"})


@pytest.mark.parametrize(
    "value", ["a\r\nB: c", "a\x00", "ä", " a", "a ", "a\tb", "\u2028"], ids=ascii
)
def test_a_value_that_would_break_a_header_is_refused_and_not_shown(value: str) -> None:
    with pytest.raises(ValueError, match=r"^headers\['X-Key'\] must be printable ASCII") as caught:
        RequestOptions(headers={"X-Key": f"s3cret{value}" if value[0] != " " else value + "s3cret"})
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("headers", ["X: y", ["X"], {"X": 7}, {7: "x"}, {"X": None}, {b"X": "y"}])
def test_headers_of_another_type_are_refused(headers: Any) -> None:
    with pytest.raises(TypeError, match="^headers must be a mapping of str to str; got"):
        RequestOptions(headers=headers)


def test_headers_are_plain_copies_and_never_shown() -> None:
    given = {Text.VALUE: Text.VALUE, "X-Key": "s3cret"}
    options = RequestOptions(headers=given)
    given["X-Key"] = "changed"
    assert options.headers == {"value": "value", "X-Key": "s3cret"}
    assert {type(part) for pair in options.headers.items() for part in pair} == {str}
    assert "s3cret" not in repr(options)
    assert "X-Key" in repr(options)
    assert hash(options) == hash(RequestOptions(headers={"other": "x"}))
    assert pickle.loads(pickle.dumps(options)) == options
    assert options.merge(RequestOptions(headers={"VALUE": "2"})).headers == {
        "X-Key": "s3cret",
        "VALUE": "2",
    }


def test_a_program_can_name_itself(runtime: Runtime) -> None:
    recorder = Recorder(response())
    with RawServer(recorder) as server:
        for info in (None, "my-service/1.2 (blue; team)"):
            with runtime.client(server.host, app_info=info) as caller:
                caller.get()
    plain, named = (headers["user-agent"] for _, headers, _ in recorder.requests)
    assert plain.startswith("signalwire-rest/")
    assert named == f"{plain} my-service/1.2 (blue; team)"


@pytest.mark.parametrize("info", ["", " x", "x\r\nY: z", "ä", "x\x00", TOKEN + "\n"], ids=ascii)
def test_a_name_that_would_break_the_user_agent_is_refused(runtime: Runtime, info: str) -> None:
    with pytest.raises(ValueError, match="^app_info must be printable ASCII") as caught:
        runtime.client_class(PROJECT, TOKEN, "example.com", app_info=info)
    assert TOKEN not in str(caught.value)
    with pytest.raises(TypeError, match="^app_info must be a str; got int"):
        runtime.client_class(PROJECT, TOKEN, "example.com", app_info=7)
