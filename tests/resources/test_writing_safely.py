"""A write is never carried out twice unseen, and a lost response is told for what it is."""

from typing import Any

import pytest
from support.runtimes import ID, Runtime
from support.servers import Connection, RawServer, Recorder, Script, example, request_of, response

from signalwire_rest import (
    RequestOptions,
    SignalWireRestError,
    SignalWireRestNotFoundError,
    SignalWireRestTransportError,
)

FAST = RequestOptions(retry_backoff=0.0)
OPTIONS = {"silence": RequestOptions(retry_backoff=0.0, read_timeout=0.3)}
"""The options of a call by what happens to it: only silence needs to be noticed soon."""
URL = "rtmp://live.example.com/app/stream-key"
GONE = b"HTTP/1.1 204 No Content\r\n\r\n"
MISSING = response(404, {"error": "Not Found"})
POSTS: dict[str, tuple[str, list[Any], dict[str, Any], str]] = {
    "create": ("conferences", [], {"display_name": "Stand-up"}, "created-conference"),
    "create_stream": ("conferences", [ID], {"url": URL}, "created-stream"),
    "reset": ("conference_tokens", [ID], {}, "conference-token"),
}
DELETES = [("conferences", "delete"), ("streams", "delete")]


def lost(how: str) -> Script:
    """Return a script that reads a request and whose response never arrives complete."""

    def script(connection: Connection) -> None:
        if not request_of(connection)[0]:
            return
        if how == "silence":
            connection.hold()
        if how == "cut off":
            connection.send(response()[:-10])
        if how == "reset":
            connection.reset()

    return script


def call(
    caller: Any, resource: str, method: str, *arguments: Any, fault: Any = None, **keywords: Any
) -> Any:
    found = getattr(getattr(caller.client.video, resource), method)
    options = OPTIONS.get(fault, FAST)
    return caller.call(found, *arguments, request_options=options, **keywords)


@pytest.mark.parametrize("method", POSTS)
@pytest.mark.parametrize(
    "fault", ["silence", "cut off", "reset", "closed", 408, 500, 502, 503, 504]
)
def test_a_post_that_may_have_been_processed_is_never_sent_again(
    runtime: Runtime, method: str, fault: Any
) -> None:
    resource, arguments, keywords, _ = POSTS[method]
    script = lost(fault) if isinstance(fault, str) else Recorder(response(fault, b""))
    with RawServer(script) as server, runtime.client(server.host) as caller:
        with pytest.raises(SignalWireRestError) as caught:
            call(caller, resource, method, *arguments, fault=fault, **keywords)

    assert caught.value.may_have_been_processed is True
    assert caught.value.attempts == len(server.requests) == 1


@pytest.mark.parametrize("method", POSTS)
def test_a_post_that_was_rejected_for_its_rate_is_sent_again(runtime: Runtime, method: str) -> None:
    resource, arguments, keywords, name = POSTS[method]
    recorder = Recorder(response(429, b""), response(200, example(name)))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        call(caller, resource, method, *arguments, **keywords)

    first, second = recorder.requests
    assert first == second


@pytest.mark.parametrize("method", POSTS)
def test_a_post_whose_response_cannot_be_read_was_processed(runtime: Runtime, method: str) -> None:
    resource, arguments, keywords, _ = POSTS[method]
    with RawServer(Recorder(response(200, b"<p>Created"))) as server:
        with runtime.client(server.host) as caller:
            with pytest.raises(SignalWireRestError) as caught:
                call(caller, resource, method, *arguments, **keywords)

    assert caught.value.may_have_been_processed is True
    assert len(server.requests) == 1


def test_a_post_without_a_connection_is_sent_again_and_was_not_processed(runtime: Runtime) -> None:
    with RawServer(Recorder(response())) as server:
        host = server.host
    with runtime.client(host) as caller:
        with pytest.raises(SignalWireRestTransportError) as caught:
            call(caller, "conferences", "create", display_name="Stand-up")

    assert caught.value.attempts == 3
    assert caught.value.may_have_been_processed is False


@pytest.mark.parametrize("fault", ["reset", 503])
def test_an_update_is_sent_again_with_the_same_body(runtime: Runtime, fault: Any) -> None:
    recorder = Recorder(response(503, b""), response(200, example("updated-conference")))

    def script(connection: Connection) -> None:
        if connection.number == 1 and fault == "reset":
            lost("reset")(connection)
        else:
            recorder(connection)

    with RawServer(script) as server, runtime.client(server.host) as caller:
        call(caller, "conferences", "update", ID, description="Weekly")

    assert len(server.requests) == (2 if fault == 503 else 3)
    assert {body for _, _, body in recorder.requests} == {b'{"description":"Weekly"}'}


@pytest.mark.parametrize(("resource", "method"), DELETES)
@pytest.mark.parametrize("fault", ["silence", "cut off", "reset", 408, 500, 503])
def test_a_404_for_a_delete_after_a_lost_response_is_a_success(
    runtime: Runtime, resource: str, method: str, fault: Any
) -> None:
    failing = lost(fault) if isinstance(fault, str) else None

    def script(connection: Connection) -> None:
        if failing and connection.number % 2:
            failing(connection)
        else:
            Recorder(*([] if failing else [response(fault, b"")]), MISSING)(connection)

    for raw in (False, True):
        with RawServer(script) as server, runtime.client(server.host) as caller:
            name = f"{method}" if not raw else f"with_raw_response.{method}"
            found: Any = getattr(caller.client.video, resource)
            for part in name.split("."):
                found = getattr(found, part)
            result = caller.call(found, ID, request_options=OPTIONS.get(fault, FAST))

        assert len(server.requests) == 2
        if raw:
            assert (result.status_code, result.attempts) == (404, 2)
            assert result.json() == {"error": "Not Found"}
            result = result.parse()
        assert result is None


@pytest.mark.parametrize(("resource", "method"), DELETES)
@pytest.mark.parametrize("earlier", [(), (response(429, b""),)], ids=["first", "after 429"])
def test_a_404_for_a_delete_that_was_not_processed_is_an_error_unless_missing_ok(
    runtime: Runtime, resource: str, method: str, earlier: tuple[bytes, ...]
) -> None:
    for missing_ok in (False, True):
        with RawServer(Recorder(*earlier, MISSING)) as server:
            with runtime.client(server.host) as caller:
                found = getattr(caller.client.video, resource)
                delete, raw = getattr(found, method), getattr(found.with_raw_response, method)
                if missing_ok:
                    result = caller.call(raw, ID, missing_ok=True, request_options=FAST)
                    assert (result.status_code, result.parse()) == (404, None)
                    assert caller.call(delete, ID, missing_ok=True) is None
                else:
                    for each in (delete, raw):
                        with pytest.raises(SignalWireRestNotFoundError) as caught:
                            caller.call(each, ID, request_options=FAST)
                        assert caught.value.may_have_been_processed is False


@pytest.mark.parametrize("status", [200, 400, 401, 403, 422])
def test_missing_ok_accepts_no_other_status(runtime: Runtime, status: int) -> None:
    with RawServer(Recorder(response(status, b""))) as server:
        with runtime.client(server.host) as caller:
            with pytest.raises(SignalWireRestError) as caught:
                call(caller, "conferences", "delete", ID, missing_ok=True)

    assert caught.value.status_code == status


def test_a_404_is_an_error_for_every_other_method(runtime: Runtime) -> None:
    busy = response(503, b"")
    with RawServer(Recorder(busy, MISSING, busy, MISSING)) as server:
        with runtime.client(server.host) as caller:
            for method, keywords in (("get", {}), ("update", {"description": "x"})):
                with pytest.raises(SignalWireRestNotFoundError):
                    call(caller, "conferences", method, ID, **keywords)
