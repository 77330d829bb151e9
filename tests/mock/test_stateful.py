"""The mock server remembers: what one call did, the next one sees, in sync and async code."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from support.runtimes import Runtime
from support.vectors import vectors

from signalwire_rest import (
    RequestOptions,
    RestClient,
    SignalWireRestNotFoundError,
    SignalWireRestTransportError,
    SignalWireRestValidationError,
)
from signalwire_rest.testing import Space
from signalwire_rest_mock import MockApi, MockServer, Request, Response

SCRIPT = Path(sys.executable).with_name("signalwire-rest-mock")
URL = "rtmp://live.example.com/app/stream-key"
API = MockApi()
DOCUMENTED = API.contract.example("documented")
EXAMPLES = [
    each.name
    for each in API.contract.operation("get_video_conference").examples
    if each.status == 200
]


@contextmanager
def connected(api: MockApi) -> Iterator[RestClient]:
    with MockServer(api) as server, RestClient(api.project, api.token, server.host) as client:
        yield client


def test_the_story_of_a_conference(runtime: Runtime) -> None:
    api = MockApi(space=Space())
    with (
        MockServer(api) as server,
        runtime.client(server.host, project=api.project, token=api.token) as client,
    ):
        call, video = client.call, client.client.video
        conferences = video.conferences
        new = call(conferences.create, display_name="Stand-up", extras={"meta": {"team": "é"}})
        assert new.meta["team"] == "é"
        assert call(conferences.get, new.id) == new
        assert call(conferences.list).data == [new]
        assert call(conferences.update, new.id, enable_chat=False).enable_chat is False

        api.space.start_session(new.id)
        running = call(conferences.get, new.id, include_active_session=True)
        assert running.active_session.status == "in-progress"
        api.space.end_session(new.id)
        ended = call(conferences.get, new.id, include_active_session=True)
        assert (ended.active_session.status, ended.active_session.duration) == ("completed", 1)

        moderator, guest = call(conferences.list_conference_tokens, new.id).data
        reset = call(video.conference_tokens.reset, moderator.id)
        assert reset.token != moderator.token
        assert call(video.conference_tokens.get, moderator.id) == reset
        assert call(video.conference_tokens.get, guest.id) == guest

        stream = call(conferences.create_stream, new.id, url=URL)
        changed = call(video.streams.update, stream.id, url=f"{URL}2")
        assert call(conferences.list_streams, new.id).data == [changed]
        assert call(video.streams.get, stream.id) == changed
        call(video.streams.delete, stream.id)
        assert call(conferences.list_streams, new.id).data == []

        call(conferences.delete, new.id)
        with pytest.raises(SignalWireRestNotFoundError):
            call(conferences.get, new.id)


def test_a_walk_over_many_pages_sees_each_conference_once() -> None:
    space = Space()
    names = [space.add_conference().name for _ in range(23)]
    with connected(MockApi(space=space)) as client:
        assert [each.name for each in client.video.conferences.paginate(page_size=5)] == names


def test_an_invalid_request_is_an_error_with_the_documented_code() -> None:
    with connected(MockApi()) as client:
        conferences = client.video.conferences
        for call, expected in (
            (
                lambda: conferences.create(display_name="x", name="my_conference"),
                ("value_not_unique", "name"),
            ),
            (lambda: conferences.list(page_size=0), ("invalid_parameter", "page_size")),
            (lambda: conferences.list(page_number=1), ("page_token_required", "page_token")),
        ):
            with pytest.raises(SignalWireRestValidationError) as caught:
                call()
            assert [(each.code, each.attribute) for each in caught.value.errors] == [expected]


def send(api: MockApi, method: str, path: str, body: Any = None) -> Response:
    headers = {**next(vectors())["request"]["headers"], "Content-Type": "application/json"}
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return api.respond(Request(method, f"/api/video/{path}", headers, data))


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "conferences", {}, {"display_name": "missing_required_parameter"}),
        ("POST", "conferences", None, {"body": "missing_required_parameter"}),
        ("POST", "conferences", [], {"body": "invalid_parameter"}),
        (
            "POST",
            "conferences",
            {"display_name": 7, "enable_chat": 1, "join_from": "soon", "size": 1},
            {
                "display_name": "not_a_string",
                "enable_chat": "not_a_boolean",
                "join_from": "not_a_datetime",
                "size": "invalid_parameter",
            },
        ),
        ("GET", "conferences?starts_after=soon", None, {"starts_after": "not_a_datetime"}),
        (
            "GET",
            "conferences?include_active_session=1",
            None,
            {"include_active_session": "not_a_boolean"},
        ),
        ("GET", "streams/x", None, {"id": "invalid_parameter"}),
    ],
    ids=str,
)
def test_what_the_contract_forbids_is_422_with_a_code_for_each_attribute(
    method: str, path: str, body: Any, expected: dict[str, str]
) -> None:
    response = send(API, method, path, body)
    assert response.status == 422
    errors = json.loads(response.body)["errors"]
    assert {each["attribute"]: each["code"] for each in errors} == expected


def test_text_that_is_no_unicode_is_returned_as_it_came() -> None:
    body = b'{"display_name": "\\ud83c"}'
    assert b'"display_name": "\\ud83c"' in send(MockApi(), "POST", "conferences", body).body


def test_a_body_that_nobody_asked_for_is_ignored() -> None:
    path = "conference_tokens/7d0e3b1c-52c4-4d0f-8f6a-0c9a1b2d3e01/reset"
    assert send(MockApi(), "POST", path, b"{").status == 200


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_listed_changed_and_deleted(name: str) -> None:
    api = MockApi()
    example = api.contract.example(name)
    with connected(api) as client:
        conferences = client.video.conferences
        assert example.id in {str(each.id) for each in conferences.list().data}
        first = conferences.get(example.id, include_active_session=True)
        assert first.to_dict().keys() == example.value.keys()

        changed = conferences.update(example.id, display_name="Another name")
        assert conferences.get(example.id).display_name == changed.display_name == "Another name"
        conferences.delete(example.id)
        with pytest.raises(SignalWireRestNotFoundError):
            conferences.get(example.id)


def test_the_token_and_the_stream_of_an_example_can_be_changed() -> None:
    api = MockApi()
    token_id, stream_id = (api.contract.example(name).id for name in ("conference-token", "stream"))
    with connected(api) as client:
        tokens, streams = client.video.conference_tokens, client.video.streams
        before = tokens.get(token_id)
        assert tokens.reset(token_id).token != before.token
        assert tokens.get(token_id).token != before.token
        assert streams.update(stream_id, url=f"{URL}2").url == f"{URL}2"
        assert streams.get(stream_id).url == f"{URL}2"


def test_a_session_that_a_test_starts_is_seen_on_an_example() -> None:
    api = MockApi()
    example = api.contract.example("without-session")
    with connected(api) as client:
        get = client.video.conferences.get
        assert not get(example.id, include_active_session=True).active_session
        started = api.space.start_session(example.id)
        assert get(example.id, include_active_session=True).active_session == started


def test_the_documented_conference_has_the_tokens_and_the_stream_of_the_examples() -> None:
    with connected(MockApi()) as client:
        conferences = client.video.conferences
        found = {
            "conference-token-page": [
                each.to_dict() for each in conferences.list_conference_tokens(DOCUMENTED.id).data
            ],
            "stream-page": [
                each.to_dict() for each in conferences.list_streams(DOCUMENTED.id).data
            ],
        }
    assert found == {name: API.contract.example(name).value["data"] for name in found}


def test_an_empty_space_lists_nothing_and_still_serves_every_printed_id() -> None:
    api = MockApi(space=Space())
    of_conferences = (each for each in vectors() if each["operation"] == "get_video_conference")
    for each in of_conferences:
        path, expected = each["request"]["path"], each["response"]
        found = send(api, "GET", path.removeprefix("/api/video/"))
        assert found.status == expected["status"]
    with connected(api) as client:
        assert client.video.conferences.list().data == []
        with pytest.raises(SignalWireRestNotFoundError):
            client.video.conferences.update(DOCUMENTED.id, enable_chat=False)


def test_every_response_matches_the_contract() -> None:
    api = MockApi()
    schema = {"$ref": "#/components/schemas/ConferencePage", **api.contract.document}
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    page = json.loads(send(api, "GET", "conferences?include_active_session=true").body)
    assert len(page["data"]) == len(EXAMPLES)
    assert list(validator.iter_errors(page)) == []


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Run the command, and kill it at the end; yields the address that it prints."""
    with subprocess.Popen([SCRIPT, *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().split()[-1].removeprefix("http://")
        finally:
            process.kill()


def test_a_client_survives_a_server_that_is_killed_and_started_again() -> None:
    options = RequestOptions(retries=1, retry_backoff=0.01)
    with ExitStack() as clients:
        with serving("--empty") as host:
            client = clients.enter_context(
                RestClient(API.project, API.token, host, request_options=options)
            )
            conferences = client.video.conferences
            first = conferences.create(display_name="Before")
            assert conferences.get(first.id) == first
        with pytest.raises(SignalWireRestTransportError) as caught:
            conferences.get(first.id)
        assert host in str(caught.value)

        again = ("--empty", "--port", host.partition(":")[2], "--seed", "1")
        with serving(*again):
            # The server has forgotten the conference.
            with pytest.raises(SignalWireRestNotFoundError, match="Not Found"):
                conferences.get(first.id)
            assert conferences.list().data == []
        # The client still holds a connection to the server that was killed.
        with serving(*again):
            created = conferences.create(display_name="After")
            assert conferences.get(created.id) == created


def test_a_seed_determines_what_the_command_serves() -> None:
    found = []
    for seed in ("1", "1", "2"):
        with serving("--empty", "--seed", seed) as host:
            with RestClient(API.project, API.token, host) as client:
                found.append(client.video.conferences.create(display_name="x"))
    assert found[0] == found[1]
    assert found[0].id != found[2].id
