"""Every method sends the request of its operation, and returns what the contract says."""

import json
import uuid
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest
from support.runtimes import ID, Claim, Runtime
from support.servers import RawServer, Recorder, example, response
from support.typed import assert_typed

from signalwire_rest import (
    Conference,
    ConferenceCapacity,
    ConferenceToken,
    Page,
    RawResponse,
    Stream,
    UpdateConferenceRequestDict,
)
from signalwire_rest.resources._async._base import AsyncPage

PATH = f"/api/video/conferences/{ID}"
URL = "rtmp://live.example.com/app/stream-key"
NOON = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
LIMITS = {"starts_after": NOON, "ends_before": NOON.astimezone(UTC)}

# Method, arguments, request line, body, name of the example that is the response, type.
CALLS: list[tuple[str, list[Any], dict[str, Any], str, Any, str | None, Any]] = [
    (
        "conferences.list",
        [],
        {**LIMITS, "include_active_session": False, "page_size": 7, "page_number": 0},
        "GET /api/video/conferences?starts_after=2026-01-01T10%3A00%3A00Z"
        "&ends_before=2026-01-01T10%3A00%3A00Z&include_active_session=false"
        "&page_number=0&page_size=7",
        None,
        "conference-page",
        Conference,
    ),
    (
        "conferences.create",
        [],
        {"display_name": "Stand-up", "name": None, "size": "small", "join_from": NOON},
        "POST /api/video/conferences",
        {"display_name": "Stand-up", "size": "small", "join_from": "2026-01-01T10:00:00Z"},
        "created-conference",
        Conference,
    ),
    (
        "conferences.get",
        [ID],
        {"include_active_session": True},
        f"GET {PATH}?include_active_session=true",
        None,
        "documented",
        Conference,
    ),
    (
        "conferences.update",
        [uuid.UUID(ID)],
        {"size": ConferenceCapacity.LARGE, "extras": {"meta": {"a": [1]}, "description": None}},
        f"PUT {PATH}",
        {"size": "large", "meta": {"a": [1]}, "description": None},
        "updated-conference",
        Conference,
    ),
    ("conferences.update", [ID], {}, f"PUT {PATH}", {}, "updated-conference", Conference),
    ("conferences.delete", [ID], {}, f"DELETE {PATH}", None, None, None),
    (
        "conferences.list_conference_tokens",
        [ID],
        {"page_size": 2, "page_number": 1, "page_token": "PA/1"},
        f"GET {PATH}/conference_tokens?page_number=1&page_size=2&page_token=PA%2F1",
        None,
        "conference-token-page",
        ConferenceToken,
    ),
    ("conferences.list_streams", [ID], {}, f"GET {PATH}/streams", None, "stream-page", Stream),
    (
        "conferences.create_stream",
        [ID],
        {"url": URL, "extras": {"title": "x"}},
        f"POST {PATH}/streams",
        {"url": URL, "title": "x"},
        "created-stream",
        Stream,
    ),
    (
        "conference_tokens.get",
        [ID],
        {},
        f"GET /api/video/conference_tokens/{ID}",
        None,
        "conference-token",
        ConferenceToken,
    ),
    (
        "conference_tokens.reset",
        [ID],
        {},
        f"POST /api/video/conference_tokens/{ID}/reset",
        None,
        "conference-token",
        ConferenceToken,
    ),
    ("streams.get", [ID], {}, f"GET /api/video/streams/{ID}", None, "stream", Stream),
    (
        "streams.update",
        [ID],
        {"url": URL},
        f"PUT /api/video/streams/{ID}",
        {"url": URL},
        "stream",
        Stream,
    ),
    ("streams.delete", [ID], {}, f"DELETE /api/video/streams/{ID}", None, None, None),
]


def method_of(client: Any, name: str, *, raw: bool = False) -> Any:
    resource, _, method = name.partition(".")
    found = getattr(client.video, resource)
    return getattr(found.with_raw_response if raw else found, method)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
def test_a_method_sends_its_operation_and_returns_typed_values(
    runtime: Runtime, call: tuple[Any, ...]
) -> None:
    name, positional, keywords, line, body, example_name, kind = call
    value = example_name and example(example_name)
    answer = response(200, value) if value else b"HTTP/1.1 204 No Content\r\n\r\n"
    recorder = Recorder(answer)
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        found = caller.call(method_of(caller.client, name), *positional, **keywords)
        raw = caller.call(method_of(caller.client, name, raw=True), *positional, **keywords)

    for sent, headers, content in recorder.requests:
        assert sent == f"{line} HTTP/1.1"
        assert (json.loads(content) if content else None) == body
        assert headers.get("content-type") == (None if body is None else "application/json")
    assert len(recorder.requests) == 2
    assert isinstance(raw, RawResponse)
    assert (raw.json() if value else raw.content) == (value or b"")
    if kind is None:
        assert found is None
        assert raw.parse() is None
    elif "data" in value:
        for page in (found, raw.parse()):
            assert type(page) is (AsyncPage if runtime.is_async else Page)
            assert page.data == [kind.from_dict(each) for each in value["data"]]
            assert bool(page.links) is ("links" in value)
            for each in page.data:
                assert_typed(each)
    else:
        assert found == raw.parse() == kind.from_dict(value)
        assert_typed(found)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("name", ["conferences.create", "conferences.create_stream"])
def test_both_statuses_of_a_creation_are_read(runtime: Runtime, name: str, status: int) -> None:
    _, positional, keywords, _, _, value, kind = next(each for each in CALLS if each[0] == name)
    with RawServer(Recorder(response(status, example(str(value))))) as server:
        with runtime.client(server.host) as caller:
            found = caller.call(method_of(caller.client, name), *positional, **keywords)

    assert type(found) is kind


class NoOffset(tzinfo):
    """A time zone that leaves a date-time naive."""

    def utcoffset(self, _: datetime | None) -> None:
        return None

    dst = tzname = utcoffset

    def __repr__(self) -> str:
        return "NoOffset()"


NAIVE = datetime(2026, 1, 1, tzinfo=NoOffset())
TOO_EARLY = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("name", "keywords", "error", "message"),
    [
        ("create", {}, TypeError, "display_name is required"),
        ("create", {"display_name": None}, TypeError, "display_name is required"),
        ("create", {"display_name": 7}, TypeError, "display_name must be of type str; got int"),
        ("create", {"colour": "red"}, TypeError, "colour is not documented"),
        ("create", {"size": 3}, TypeError, "size must be of type ConferenceCapacity or str or"),
        ("create", {"join_from": "2026-01-01"}, TypeError, "join_from must be of type datetime"),
        ("create", {"join_from": datetime(2026, 1, 1)}, ValueError, "join_from must have a time"),
        ("create", {"join_from": NAIVE}, ValueError, "join_from must have a time zone"),
        ("create", {"join_from": Claim(datetime)}, TypeError, "join_from must be of type"),
        ("create", {"display_name": Claim(str)}, TypeError, "display_name must be of type str"),
        ("delete", {"conference_id": Claim(uuid.UUID)}, TypeError, "conference_id must be of type"),
        ("create", {"join_from": TOO_EARLY}, ValueError, "join_from must be in the years"),
        ("create", {"additional_properties": {}}, TypeError, "additional_properties is not doc"),
        ("create", {"extras": [1]}, TypeError, "extras must be a mapping; got list"),
        ("create", {"extras": {1: 2}}, TypeError, "the keys of extras must be of type str"),
        ("create", {"extras": {"a": {1}}}, TypeError, "the arguments cannot be sent: "),
        ("create", {"extras": {"a": float("nan")}}, ValueError, "the arguments cannot be sent: "),
        ("create", {"extras": {"display_name": "y"}}, ValueError, "display_name must not be in"),
        ("update", {"name": "x"}, TypeError, "name is not documented; pass .* in extras"),
        ("create_stream", {}, TypeError, "url is required"),
        ("list", {"starts_after": datetime(2026, 1, 1)}, ValueError, "starts_after must have a"),
        ("list", {"ends_before": TOO_EARLY}, ValueError, "ends_before must be in the years"),
        ("list", {"page_size": "7"}, TypeError, "page_size must be of type int"),
        ("list", {"limit": 7}, TypeError, "the operation takes"),
        ("delete", {"conference_id": "x"}, ValueError, "conference_id must be a UUID"),
        ("paginate", {"limit": -1}, ValueError, "limit must be 0 or more; got -1"),
        ("paginate", {"limit": True}, TypeError, "limit must be of type int; got bool"),
    ],
    ids=str,
)
def test_a_wrong_argument_is_named_and_nothing_is_sent(
    runtime: Runtime, name: str, keywords: dict[str, Any], error: type[Exception], message: str
) -> None:
    required = {"create": {"display_name": "x"}, "list": {}, "paginate": {}}
    given = required.get(name, {"conference_id": ID}) | keywords
    if message.startswith("display_name is required"):
        given.pop("display_name")
    with RawServer(Recorder(response())) as server, runtime.client(server.host) as caller:
        with pytest.raises(error, match=f"^{message}"):
            caller.call(getattr(caller.client.video.conferences, name), **given)

    assert server.accepted == 0


def test_a_body_never_changes_the_arguments_of_the_caller(runtime: Runtime) -> None:
    fields, extras = {"url": URL}, {"title": "x"}
    with RawServer(Recorder(response(200, example("created-stream")))) as server:
        with runtime.client(server.host) as caller:
            create = caller.client.video.conferences.create_stream
            for _ in range(2):
                caller.call(create, ID, extras=extras, **fields)

    assert (fields, extras) == ({"url": URL}, {"title": "x"})


def test_read_change_and_send_back_keeps_every_documented_field(runtime: Runtime) -> None:
    before, recorder = example("documented"), Recorder(response(), response(200, example()))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        conference, names = caller.get(), UpdateConferenceRequestDict.__annotations__
        fields = {name: getattr(conference, name) for name in names}
        fields["description"] = "Weekly"
        caller.call(caller.client.video.conferences.update, ID, **fields)

    sent = json.loads(recorder.requests[1][2])
    expected = {name: before[name] for name in names if before[name] is not None}
    assert sent == {**expected, "description": "Weekly"}
