"""A fake space answers a client in the process: no socket, no real waits, the client's own path."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import anyio
import anyio.from_thread
import httpx
import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from support.runtimes import BlockingClient, Runtime

from signalwire_rest import (
    RequestOptions,
    SignalWireRestClosedError,
    SignalWireRestContractError,
    SignalWireRestError,
    SignalWireRestNotFoundError,
    SignalWireRestServerError,
    SignalWireRestTimeoutError,
    SignalWireRestTransportError,
    SignalWireRestValidationError,
)
from signalwire_rest.testing import FakeSpace, make_conference

START = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_socket_and_no_real_wait(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was connected")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 5


@contextmanager
def client_of(
    space: FakeSpace, runtime: Runtime, options: RequestOptions | None = None
) -> Iterator[BlockingClient]:
    if not runtime.is_async:
        with space.client(options) as client:
            yield BlockingClient(client)
        return
    with anyio.from_thread.start_blocking_portal(runtime.name) as portal:
        caller = BlockingClient(space.async_client(options), portal)
        yield caller
        caller.close()


def call(
    space: FakeSpace, runtime: Runtime, operation: str, /, *arguments: Any, **options: Any
) -> Any:
    """Call a method of the conferences, such as ``get``."""
    with client_of(space, runtime, options.pop("client_options", None)) as caller:
        method = getattr(caller.client.video.conferences, operation)
        return caller.call(method, *arguments, **options)


def test_a_client_sees_what_was_put_in_and_changes_it(runtime: Runtime) -> None:
    space = FakeSpace()
    made = make_conference(name="stand-up", meta={"team": "blue"})
    added = space.add_conference(**made.to_dict())
    assert added == made

    with client_of(space, runtime) as caller:
        conferences = caller.client.video.conferences
        assert caller.get(made.id) == made
        changed = caller.call(conferences.update, made.id, display_name="Now")
        assert caller.call(conferences.list).data == [changed]
        (moderator, guest) = caller.call(conferences.list_conference_tokens, made.id).data
        assert (moderator.name, guest.name) == ("moderator", "guest")
        with pytest.raises(SignalWireRestValidationError, match="Name has already been taken"):
            caller.call(conferences.create, name="stand-up", display_name="Again")
        assert caller.call(conferences.delete, made.id) is None
        with pytest.raises(SignalWireRestNotFoundError) as caught:
            caller.get(made.id)
    assert caught.value.request_id
    assert repr(caller.client) in (
        "RestClient(project='project', host='example.signalwire.com')",
        "AsyncRestClient(project='project', host='example.signalwire.com')",
    )


def test_a_session_starts_and_ends_in_virtual_time(runtime: Runtime) -> None:
    space = FakeSpace()
    conference = space.add_conference()
    assert conference.created_at == START

    def session() -> Any:
        found = call(space, runtime, "get", conference.id, include_active_session=True)
        return found.active_session

    assert not session()
    space.start_session(conference.id)
    space.time.sleep(5400)
    assert session().status == "in-progress"
    space.end_session(conference.id)
    assert (session().status, session().duration) == ("completed", 5400)
    assert space.time.now() == session().end_time == START + timedelta(seconds=5400)


def test_the_requests_can_be_looked_at(runtime: Runtime) -> None:
    space = FakeSpace()
    conference = call(space, runtime, "create", name="a", display_name="A & B")
    call(space, runtime, "list", page_size=7, starts_after=START)

    create, listed = space.requests
    url = "https://example.signalwire.com/api/video/conferences"
    assert (create.method, str(create.url)) == ("POST", url)
    assert json.loads(create.content) == {"name": "a", "display_name": "A & B"}
    assert (listed.method, listed.content) == ("GET", b"")
    assert str(listed.url.copy_with(query=None)) == url
    assert dict(listed.url.params) == {"page_size": "7", "starts_after": "2025-01-01T00:00:00Z"}
    assert listed.headers["User-Agent"].startswith("signalwire-rest/")
    assert "PT-fake-token" not in repr(space.requests)
    assert conference.name == "a"


def test_the_next_requests_fail_by_status_and_then_succeed(runtime: Runtime) -> None:
    space = FakeSpace()
    conference = space.add_conference()
    space.fail_next(2, status=503, headers={"Retry-After": "4"})
    assert call(space, runtime, "get", conference.id) == conference

    assert timedelta(seconds=8) <= space.time.now() - START <= timedelta(seconds=9)
    assert len(space.requests) == 3

    space.fail_next(3, status=599)
    with pytest.raises(SignalWireRestServerError) as caught:
        call(space, runtime, "get", conference.id)
    assert (caught.value.status_code, caught.value.attempts) == (599, 3)
    assert len(space.requests) == 6


def test_a_retry_after_that_is_a_date_is_in_virtual_time(runtime: Runtime) -> None:
    space = FakeSpace()
    conference = space.add_conference()
    space.time.sleep(1000)
    date = format_datetime(space.time.now() + timedelta(seconds=6), usegmt=True)
    space.fail_next(status=429, headers={"Retry-After": date})
    call(space, runtime, "get", conference.id)

    assert timedelta(seconds=1006) <= space.time.now() - START <= timedelta(seconds=1006.5)


def test_the_next_requests_fail_by_an_error_of_the_connection(runtime: Runtime) -> None:
    space = FakeSpace()
    space.fail_next(error=httpx.ConnectError("refused"))
    assert call(space, runtime, "create", display_name="A").name  # It cannot have been processed.
    assert len(space.requests) == 2

    space.fail_next(error=httpx.ReadError("reset by peer"))
    with pytest.raises(SignalWireRestTransportError, match="reset by peer") as caught:
        call(space, runtime, "create", display_name="B")
    assert caught.value.may_have_been_processed
    assert caught.value.attempts == 1
    assert len(call(space, runtime, "list").data) == 1


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<html>", "the body is not JSON"),
        ({"id": 7}, "expected a string"),
        ([], "expected an object"),
        (make_conference().to_dict() | {"enable_chat": "yes"}, "enable_chat: expected a boolean"),
    ],
    ids=["html", "fields", "list", "type"],
)
def test_the_next_response_is_not_the_contract(body: Any, problem: str, runtime: Runtime) -> None:
    space = FakeSpace()
    conference = space.add_conference()
    space.fail_next(body=body)
    with pytest.raises(SignalWireRestContractError, match=problem):
        call(space, runtime, "get", conference.id)
    assert call(space, runtime, "get", conference.id) == conference


def test_a_response_in_time_is_only_late(runtime: Runtime) -> None:
    space = FakeSpace()
    conference = space.add_conference()
    space.fail_next(delay=10)
    assert call(space, runtime, "get", conference.id) == conference
    assert len(space.requests) == 1
    assert space.time.now() == START + timedelta(seconds=10)


@pytest.mark.parametrize(
    ("options", "message", "attempts"),
    [
        (RequestOptions(read_timeout=3), r"no data for 3 s \(read_timeout\)", 3),
        (RequestOptions(timeout=4), r"timed out after 4 s \(timeout\)", 1),
        (RequestOptions(timeout=29.7, retries=9), r"timed out after 29.7 s \(timeout\)", 2),
    ],
    ids=["read", "total", "retries"],
)
def test_a_response_that_is_too_late_is_a_timeout(
    options: RequestOptions, message: str, attempts: int, runtime: Runtime
) -> None:
    space = FakeSpace()
    conference = space.add_conference()
    space.fail_next(9, delay=3600)
    with pytest.raises(SignalWireRestTimeoutError, match=message) as caught:
        call(space, runtime, "get", conference.id, client_options=options)
    assert caught.value.attempts == attempts == len(space.requests)


def test_a_request_whose_response_is_too_late_was_carried_out(runtime: Runtime) -> None:
    space = FakeSpace()
    space.fail_next(delay=60)
    with pytest.raises(SignalWireRestTimeoutError) as caught:
        call(space, runtime, "create", name="a", display_name="A")
    assert caught.value.may_have_been_processed
    assert [each.name for each in call(space, runtime, "list").data] == ["a"]


def test_failures_follow_one_another(runtime: Runtime) -> None:
    space = FakeSpace()
    space.fail_next(status=500, delay=2)
    space.fail_next(error=httpx.ConnectTimeout("slow"), delay=3)
    conference = space.add_conference()
    assert call(space, runtime, "get", conference.id) == conference
    assert timedelta(seconds=5.75) <= space.time.now() - START <= timedelta(seconds=6.5)
    assert len(space.requests) == 3


def test_a_failure_has_to_fail() -> None:
    with pytest.raises(ValueError, match="^fail_next needs a status"):
        FakeSpace().fail_next(3)


@pytest.mark.parametrize(
    "arguments",
    [
        {"error": httpx.ConnectError("refused"), "status": 500},
        {"error": httpx.ConnectError("refused"), "body": b""},
        {"headers": {"Retry-After": "2"}},
        {"headers": {"Retry-After": "2"}, "delay": 1.0},
    ],
)
def test_no_argument_of_a_failure_is_ignored(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="^fail_next takes an error, or a response with a status"):
        FakeSpace().fail_next(**arguments)


def test_events_happen_while_a_client_waits_and_in_order(runtime: Runtime) -> None:
    space, seen = FakeSpace(), list[tuple[str, float]]()

    def note(name: str) -> Callable[[], None]:
        return lambda: seen.append((name, (space.time.now() - START).total_seconds()))

    conference = space.add_conference()
    space.time.call_later(3, note("second"))
    space.time.call_later(1, note("first"))
    space.time.call_later(60, note("later"))
    space.fail_next(2, status=503, headers={"Retry-After": "2"})
    call(space, runtime, "get", conference.id)

    assert seen == [("first", 1.0), ("second", 3.0)]
    space.time.sleep(60)
    assert seen[2] == ("later", 60.0)


def test_waiting_for_a_session_takes_virtual_time(runtime: Runtime) -> None:
    space = FakeSpace()
    conference = space.add_conference()
    space.time.call_later(7, lambda: space.start_session(conference.id))
    found = call(space, runtime, "wait_for_session", conference.id, poll_interval=2, timeout=60)
    assert found.active_session.status == "in-progress"
    assert space.time.now() == START + timedelta(seconds=8)

    space.end_session(conference.id)
    with pytest.raises(SignalWireRestTimeoutError, match="no in-progress session within 3600 s"):
        call(space, runtime, "wait_for_session", conference.id, timeout=3600)


def test_options_of_a_derived_client_keep_the_space_and_its_time(runtime: Runtime) -> None:
    space = FakeSpace()
    conference = space.add_conference()
    space.fail_next(8, status=503)
    with client_of(space, runtime) as caller:
        derived = caller.client.with_options(retries=8, timeout=3600, retry_wait_max=600)
        assert caller.call(derived.video.conferences.get, conference.id) == conference
    assert len(space.requests) == 9
    assert space.time.now() > START + timedelta(seconds=60)


def test_what_goes_wrong_in_a_test_reaches_the_test(runtime: Runtime) -> None:
    space = FakeSpace()
    space.time.call_later(1, lambda: space.start_session("not there"))
    space.fail_next(delay=5)
    with pytest.raises(Exception, match="404"):
        call(space, runtime, "list")
    assert len(space.requests) == 1


def test_a_closed_client_sends_nothing(runtime: Runtime) -> None:
    space = FakeSpace()
    with client_of(space, runtime) as caller:
        caller.close()
        with pytest.raises(SignalWireRestClosedError, match="this client is closed"):
            caller.get()
    assert space.requests == []


def test_opentelemetry_records_the_requests(runtime: Runtime) -> None:
    space, exporter, provider = FakeSpace(), InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    space.fail_next(status=503)
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    try:
        call(space, runtime, "list")
    finally:
        HTTPXClientInstrumentor().uninstrument()

    spans = exporter.get_finished_spans()
    assert [dict(each.attributes or {})["http.status_code"] for each in spans] == [503, 200]
    assert all("traceparent" in each.headers for each in space.requests)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_tasks_wait_in_parallel(backend: str) -> None:
    space = FakeSpace()
    conference = space.add_conference()

    async def main() -> None:
        async with space.async_client() as client, anyio.create_task_group() as group:
            for _ in range(10):
                group.start_soon(client.video.conferences.get, conference.id)

    space.fail_next(10, delay=5)
    anyio.run(main, backend=backend)
    assert space.time.now() == START + timedelta(seconds=5)


def test_a_seed_determines_ids_and_tokens() -> None:
    one, same, other = (FakeSpace(seed=seed).add_conference() for seed in (1, 1, 2))
    assert one == same
    assert one.id != other.id


@pytest.mark.parametrize("error", [KeyError("a bug"), AssertionError("in a test")])
def test_an_error_that_no_connection_raises_is_no_transport_error(error: Any) -> None:
    space = FakeSpace()
    space.fail_next(error=error)
    with pytest.raises(type(error)) as caught:
        space.client().video.conferences.list()
    assert not isinstance(caught.value, SignalWireRestError)
