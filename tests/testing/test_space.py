"""A space remembers what was done, and answers as the contract and its descriptions say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.typed import assert_matches

from signalwire_rest import UNSET
from signalwire_rest.testing import ApiError, Response, Space

CONFERENCES = "/api/video/conferences"
UNKNOWN = "33333333-3333-4333-8333-333333333333"


def send(space: Space, method: str, path: str, body: Any = None, **query: str) -> Response:
    found = space.respond(method, path, query, body)
    assert found
    return found


def create(space: Space, **fields: Any) -> Any:
    response = send(space, "POST", CONFERENCES, {"display_name": "Stand-up", **fields})
    assert response.status == 200
    return response.body


def code(response: Response) -> tuple[int, str, str | None]:
    (entry,) = response.body["errors"]
    return response.status, entry["code"], entry["attribute"]


def test_a_space_starts_empty() -> None:
    page = send(Space(), "GET", CONFERENCES).body

    assert page["data"] == []
    assert page["links"].keys() == {"self", "first"}
    assert_matches("ConferencePage", page)


def test_a_created_conference_can_be_fetched_listed_changed_and_deleted() -> None:
    space = Space()
    created = create(space, name="stand-up", meta={"team": "blue"}, colour="unknown")
    path = f"{CONFERENCES}/{created['id']}"
    assert_matches("Conference", created)
    assert (created["size"], created["meta"]) == ("medium", {"team": "blue"})
    assert "colour" not in created
    assert (
        send(space, "GET", path.upper().replace(CONFERENCES.upper(), CONFERENCES)).body == created
    )
    assert send(space, "GET", CONFERENCES).body["data"] == [created]

    changed = send(space, "PUT", path, {"enable_chat": False, "id": "other"}).body
    assert changed["updated_at"] > changed["created_at"] == created["created_at"]
    assert changed == {**created, "enable_chat": False, "updated_at": changed["updated_at"]}

    assert send(space, "DELETE", path) == (204, {}, None)
    assert send(space, "GET", CONFERENCES).body["data"] == []
    for method in ("GET", "DELETE"):
        assert send(space, method, path) == (
            404,
            {"Content-Type": "application/json"},
            {"error": "Not Found"},
        )


def test_what_is_done_to_a_response_does_not_change_the_space() -> None:
    space = Space()
    created = create(space)
    before = dict(created)
    created["meta"]["x"] = 1
    conference = space.add_conference(name="other", meta={"tags": ["a"]})
    assert conference.meta
    conference.meta["tags"].append("b")

    bodies = send(space, "GET", CONFERENCES).body["data"]
    assert bodies[0] == {**before, "meta": {}}
    assert bodies[1]["meta"] == {"tags": ["a"]}


def test_the_tokens_of_a_conference_can_be_listed_fetched_and_reset() -> None:
    space = Space()
    path = f"{CONFERENCES}/{create(space)['id']}/conference_tokens"
    page = send(space, "GET", path).body
    assert_matches("ConferenceTokenPage", page)
    moderator, guest = page["data"]
    assert [moderator["name"], guest["name"]] == ["moderator", "guest"]

    token = f"/api/video/conference_tokens/{moderator['id']}"
    new = send(space, "POST", f"{token}/reset").body
    assert new["token"] != moderator["token"]
    assert new == {**moderator, "token": new["token"]} == send(space, "GET", token).body
    assert send(space, "GET", path).body["data"] == [new, guest]


def test_the_streams_of_a_conference_can_be_created_changed_and_stopped() -> None:
    space = Space()
    path = f"{CONFERENCES}/{create(space)['id']}/streams"
    stream = send(space, "POST", path, {"url": "rtmp://live.example.com/app/key"}).body
    assert_matches("Stream", stream)
    one = f"/api/video/streams/{stream['id']}"
    changed = send(space, "PUT", one, {"url": "rtmps://live.example.com/app/key"}).body
    assert changed == {**stream, "url": changed["url"], "updated_at": changed["updated_at"]}
    assert send(space, "GET", path).body["data"] == [changed] == [send(space, "GET", one).body]
    assert_matches("StreamPage", send(space, "GET", path).body)

    assert send(space, "DELETE", one).status == 204
    assert send(space, "GET", path).body["data"] == []
    assert send(space, "GET", one).status == 404


def test_tokens_and_streams_are_deleted_with_their_conference() -> None:
    space = Space()
    kept, deleted = (
        str(space.add_conference(streams=[{"url": "rtmp://a/b"}]).id) for _ in range(2)
    )
    below = [
        f"/api/video/{kind}/{each['id']}"
        for kind in ("conference_tokens", "streams")
        for each in send(space, "GET", f"{CONFERENCES}/{deleted}/{kind}").body["data"]
    ]
    send(space, "DELETE", f"{CONFERENCES}/{deleted}")

    assert {send(space, "GET", each).status for each in below} == {404}
    assert len(send(space, "GET", f"{CONFERENCES}/{kept}/conference_tokens").body["data"]) == 2
    assert len(send(space, "GET", f"{CONFERENCES}/{kept}/streams").body["data"]) == 1


def test_only_the_named_kind_of_resource_is_deleted() -> None:
    space = Space()
    conference = space.add_conference(streams=[{"id": UNKNOWN, "url": "rtmp://a/b"}])
    same = space.add_conference(id=UNKNOWN)

    assert send(space, "DELETE", f"/api/video/streams/{UNKNOWN}").status == 204
    assert send(space, "GET", f"{CONFERENCES}/{UNKNOWN}/conference_tokens").body["data"]
    assert send(space, "GET", f"{CONFERENCES}/{same.id}").status == 200
    assert send(space, "GET", f"{CONFERENCES}/{conference.id}").status == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", f"conferences/{UNKNOWN}", {}),
        ("GET", f"conferences/{UNKNOWN}/conference_tokens", None),
        ("GET", f"conferences/{UNKNOWN}/streams", None),
        ("POST", f"conferences/{UNKNOWN}/streams", {"url": "rtmp://a/b"}),
        ("GET", f"conference_tokens/{UNKNOWN}", None),
        ("POST", f"conference_tokens/{UNKNOWN}/reset", None),
        ("PUT", f"streams/{UNKNOWN}", {"url": "rtmp://a/b"}),
        ("DELETE", f"streams/{UNKNOWN}", None),
    ],
)
def test_an_unknown_id_is_404(method: str, path: str, body: Any) -> None:
    response = send(Space(), method, f"/api/video/{path}", body)
    assert (response.status, response.body) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("path", ["/api/video/rooms", "/conferences", f"{CONFERENCES}/x/y", "/"])
def test_an_operation_that_the_api_does_not_have_is_none(path: str) -> None:
    assert Space().respond("GET", path) is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": "taken"}, ("value_not_unique", "name")),
        ({"name": ""}, ("invalid_parameter", "name")),
        ({"name": "with space"}, ("invalid_parameter", "name")),
        ({"name": "x" * 101}, ("invalid_parameter", "name")),
        ({"display_name": "x" * 201}, ("invalid_parameter", "display_name")),
        ({"description": "x" * 3001}, ("invalid_parameter", "description")),
        ({"dark_primary": "red"}, ("invalid_parameter", "dark_primary")),
        ({"tone_on_entry_and_exit": "yes"}, ("invalid_parameter", "tone_on_entry_and_exit")),
        ({"meta": [1]}, ("invalid_parameter", "meta")),
        ({"quality": None}, ("invalid_parameter", "quality")),
        ({"join_from": "2025-01-01T00:00:60Z"}, ("not_a_datetime", "join_from")),
        (
            {"join_from": "2025-01-02T00:00:00Z", "join_until": "2025-01-01T00:00:00Z"},
            ("invalid_join_until_date", "join_until"),
        ),
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_value_that_the_api_does_not_accept_is_422_and_changes_nothing(
    method: str, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    space = Space()
    create(space, name="taken")
    other = create(space, name="other")
    path = f"{CONFERENCES}/{other['id']}" if method == "PUT" else CONFERENCES

    assert code(send(space, method, path, fields)) == (422, *expected)
    assert send(space, "GET", f"{CONFERENCES}/{other['id']}").body == other
    assert len(send(space, "GET", CONFERENCES).body["data"]) == 2


def test_the_longest_values_unknown_enums_and_null_are_accepted() -> None:
    space = Space()
    conference = create(space, name="x" * 100, display_name="x" * 200, layout="spiral")
    path = f"{CONFERENCES}/{conference['id']}"
    fields = {"name": "x" * 100, "description": None, "meta": None, "join_from": "2025-01-01"}

    assert send(space, "PUT", path, fields).status == 200


@pytest.mark.parametrize("url", ["", "live.example.com", "https://example.com/a", "rtmp://", None])
def test_an_address_that_is_not_rtmp_is_422(url: str | None) -> None:
    space = Space()
    path = f"{CONFERENCES}/{create(space)['id']}/streams"

    assert code(send(space, "POST", path, {"url": url})) == (422, "url_failed_to_parse", "url")


def test_a_conference_has_a_limit_of_streams() -> None:
    space = Space()
    path = f"{CONFERENCES}/{create(space)['id']}/streams"
    statuses = [send(space, "POST", path, {"url": "rtmp://a/b"}).status for _ in range(11)]

    assert statuses == [200] * 10 + [422]
    refused = send(space, "POST", path, {"url": "rtmp://a/b"})
    assert code(refused) == (422, "exceeds_platform_stream_limit", None)


def test_a_session_is_shown_if_asked_for_while_it_runs_and_when_it_has_ended() -> None:
    now = datetime(2025, 5, 5, 8, tzinfo=UTC)
    space = Space(clock=lambda: now)
    conference = space.add_conference(name="stand-up", size="large", enable_room_previews=True)
    path = f"{CONFERENCES}/{conference.id}"

    def shown() -> Any:
        found = send(space, "GET", path, include_active_session="true").body
        assert_matches("Conference", found)
        page = send(space, "GET", CONFERENCES, include_active_session="true").body
        assert page["data"] == [found]
        return found.get("active_session")

    assert shown() is None
    started = space.start_session(conference.id)
    assert shown() == started.to_dict()
    assert (started.status, started.max_members) == ("in-progress", 300)
    assert started.preview_url
    assert "active_session" not in send(space, "GET", path).body
    assert "active_session" not in send(space, "GET", CONFERENCES).body["data"][0]

    now += timedelta(minutes=90)
    ended = space.end_session(conference.id)
    assert shown() == ended.to_dict()
    assert (ended.status, ended.duration, ended.end_time) == ("completed", 5400, now)
    assert ended.preview_url is UNSET
    assert space.start_session(conference.id).id != started.id


def test_a_session_is_started_and_ended_once() -> None:
    space = Space()
    conference = space.add_conference()
    with pytest.raises(ValueError, match="^no session of this conference"):
        space.end_session(conference.id)
    space.start_session(conference.id)
    with pytest.raises(ValueError, match="^a session of this conference"):
        space.start_session(conference.id)
    with pytest.raises(ApiError, match="404"):
        space.start_session(UNKNOWN)


def script(space: Space) -> list[Any]:
    first = create(space)["id"]
    create(space)
    send(space, "POST", f"{CONFERENCES}/{first}/streams", {"url": "rtmp://a/b"})
    space.start_session(first)
    below = [f"/{first}/conference_tokens", f"/{first}/streams", f"/{first}", ""]
    query = {"include_active_session": "true"}
    return [send(space, "GET", f"{CONFERENCES}{each}", **query).body for each in below]


def test_a_seed_determines_ids_secrets_and_times() -> None:
    assert script(Space()) == script(Space(seed=0))
    assert script(Space(seed=7)) == script(Space(seed=7)) != script(Space())
