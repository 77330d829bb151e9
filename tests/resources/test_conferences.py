"""``client.video.conferences.get``: what it sends and what it returns."""

import copy
import json
import pickle
import uuid
from typing import Any

import pytest
from support.runtimes import ID, PROJECT, Runtime
from support.servers import RawServer, always, example, in_turn, response

from signalwire_rest import (
    UNSET,
    ActiveSession,
    Conference,
    FramesPerSecond,
    RawResponse,
    RequestOptions,
    SessionStatus,
    SignalWireRestContractError,
    SignalWireRestNotFoundError,
    VideoLayout,
    VideoQuality,
)
from signalwire_rest_mock import MockServer


def credentials(server: MockServer) -> dict[str, Any]:
    return {"project": server.api.project, "token": server.api.token}


def test_the_documented_example_returns_a_typed_conference(
    runtime: Runtime, mock_server: MockServer
) -> None:
    conference = runtime.get(
        mock_server.host, ID, client=credentials(mock_server), include_active_session=True
    )

    assert type(conference) is Conference
    assert conference.id == uuid.UUID(ID)
    assert conference.quality is VideoQuality.P720
    assert conference.layout is VideoLayout.GRID_RESPONSIVE
    assert conference.created_at.isoformat() == "2022-01-01T10:00:00+00:00"
    session = conference.active_session
    assert isinstance(session, ActiveSession)
    assert session.fps is FramesPerSecond.FPS_20
    assert session.status is SessionStatus.COMPLETED


def test_a_session_that_was_not_requested_is_unset(
    runtime: Runtime, mock_server: MockServer
) -> None:
    conference = runtime.get(mock_server.host, client=credentials(mock_server))

    assert conference.active_session is UNSET
    assert not conference.active_session


def test_an_unknown_conference_is_a_not_found_error(
    runtime: Runtime, mock_server: MockServer
) -> None:
    with pytest.raises(SignalWireRestNotFoundError) as caught:
        runtime.get(mock_server.host, str(uuid.uuid4()), client=credentials(mock_server))

    assert caught.value.status_code == 404
    assert caught.value.request_id


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({}, ""),
        ({"include_active_session": None}, ""),
        ({"include_active_session": True}, "?include_active_session=true"),
        ({"include_active_session": False}, "?include_active_session=false"),
    ],
)
@pytest.mark.parametrize("conference_id", [ID, ID.upper(), uuid.UUID(ID)], ids=repr)
def test_the_request_is_the_documented_one(
    runtime: Runtime, conference_id: Any, arguments: dict[str, Any], query: str
) -> None:
    with RawServer(always(response())) as server:
        runtime.get(server.host, conference_id, **arguments)

    (request,) = server.requests
    line, *headers = request.decode().rstrip().split("\r\n")
    assert line == f"GET /api/video/conferences/{ID}{query} HTTP/1.1"
    fields = {name.lower(): value for name, _, value in (h.partition(": ") for h in headers)}
    assert fields["host"] == server.host
    assert fields["authorization"].startswith("Basic ")
    assert fields["accept"] == "application/json"
    assert fields["accept-encoding"] == "identity"
    assert fields["user-agent"].startswith("signalwire-rest/")


@pytest.mark.parametrize(
    ("conference_id", "error"),
    [
        ("conference-id", ValueError),
        ("", ValueError),
        ("..", ValueError),
        ("a/b", ValueError),
        (f"{{{ID}}}", ValueError),
        (f"urn:uuid:{ID}", ValueError),
        (ID.replace("-", ""), ValueError),
        (f"{ID}\n", ValueError),
        (f" {ID}", ValueError),
        (ID.replace("2", "٢"), ValueError),
        (7, TypeError),
        (None, TypeError),
        (ID.encode(), TypeError),
    ],
    ids=repr,
)
def test_an_id_that_is_not_a_uuid_is_rejected_before_any_io(
    runtime: Runtime, conference_id: Any, error: type[Exception]
) -> None:
    with RawServer(always(response())) as server, pytest.raises(error, match="conference_id"):
        runtime.get(server.host, conference_id)

    assert server.accepted == 0


def test_a_flag_that_is_not_a_bool_is_rejected_before_any_io(runtime: Runtime) -> None:
    with RawServer(always(response())) as server:
        with pytest.raises(TypeError, match="include_active_session"):
            runtime.get(server.host, include_active_session="yes")
        with pytest.raises(TypeError, match="request_options"):
            runtime.get(server.host, request_options={"timeout": 1})

    assert server.accepted == 0


def test_with_raw_response_returns_the_response_as_it_arrived(runtime: Runtime) -> None:
    sent = {**example(), "name": 7}
    headers = {"X-Request-Id": "r1"}
    with RawServer(in_turn(response(), response(200, sent, headers))) as server:
        with runtime.client(server.host) as client:
            get = client.client.video.conferences.with_raw_response.get
            good, bad = client.call(get, ID), client.call(get, conference_id=ID)

    assert good.parse() == client_result(good)
    assert (bad.status_code, bad.request_id, bad.attempts) == (200, "r1", 1)
    assert bad.json() == sent
    assert bad.content == json.dumps(sent).encode()
    assert bad.headers["content-type"] == "application/json"
    assert "content" not in repr(bad)
    with pytest.raises(SignalWireRestContractError) as caught:
        bad.parse()
    assert caught.value.path == "name"


def test_with_raw_response_raises_for_an_error_status(runtime: Runtime) -> None:
    with RawServer(always(response(404, {"error": "Not Found"}))) as server:
        with runtime.client(server.host) as client:
            with pytest.raises(SignalWireRestNotFoundError):
                client.call(client.client.video.conferences.with_raw_response.get, ID)


def client_result(raw: RawResponse[Conference]) -> Conference:
    return Conference.from_dict(raw.json())


def test_a_conference_equals_its_pickle_and_its_deep_copy(
    runtime: Runtime, mock_server: MockServer
) -> None:
    with runtime.client(mock_server.host, **credentials(mock_server)) as client:
        for each in mock_server.api.contract.operation("get_video_conference").examples:
            if each.status == 200:
                for asked in (True, False):
                    conference = client.get(each.id, include_active_session=asked)
                    assert pickle.loads(pickle.dumps(conference)) == conference
                    assert copy.deepcopy(conference) == conference


def test_an_option_of_the_call_overrides_the_client_s(runtime: Runtime) -> None:
    patient = RequestOptions(retries=2, retry_backoff=0.0)
    with RawServer(always(response(500, {"error": "Internal Server Error"}))) as server:
        with runtime.client(server.host, request_options=patient) as client:
            for options, requests in ((None, 3), (RequestOptions(retries=0), 1)):
                server.requests.clear()
                with pytest.raises(Exception, match="500"):
                    client.get(request_options=options)
                assert len(server.requests) == requests


def test_one_connection_serves_one_call_after_another(runtime: Runtime) -> None:
    with RawServer(always(response())) as server, runtime.client(server.host) as client:
        for _ in range(5):
            client.get()

    assert server.accepted == 1
    assert PROJECT in repr(client.client)
