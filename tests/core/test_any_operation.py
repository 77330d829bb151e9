"""The core handles every kind of operation of any contract, over real sockets."""

import importlib
import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any

import httpx
import pytest
from support.runtimes import BlockingClient, Runtime
from support.servers import Connection, RawServer, Recorder, always, request_of, response

from signalwire_rest import (
    RawResponse,
    RequestOptions,
    SignalWireRestContractError,
    SignalWireRestError,
    SignalWireRestNotFoundError,
    SignalWireRestTimeoutError,
    SignalWireRestTransportError,
)
from signalwire_rest._core.operation import Operation
from signalwire_rest._decoding.decode import decode
from signalwire_rest._decoding.reading import ValidationError

CONTRACT = Path(__file__).parents[1] / "support" / "any_contract.yaml"
ID = "c22d24f6-5a47-4597-9a23-c7d01e696b92"
THING = {"id": ID, "name": "x", "created_at": "2022-01-01T10:00:00Z"}
FAST = RequestOptions(retry_backoff=0.0)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package that the generator makes of the contract."""
    folder = tmp_path_factory.mktemp("generated")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    command += ["--path", str(CONTRACT), "--output-path", str(folder / "any_wire")]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    sys.path.insert(0, str(folder))
    importlib.import_module("any_wire.models")
    yield importlib.import_module("any_wire")
    sys.path.remove(str(folder))


class Things:
    """Calls operations of the package through the executor of a client."""

    def __init__(self, caller: BlockingClient) -> None:
        self._caller = caller

    def send(self, operation: str, response_type: Any, *path: Any, **arguments: Any) -> Any:
        return self.send_raw(operation, response_type, *path, **arguments).parse()

    def send_raw(
        self, operation: str, response_type: Any, *path: Any, **arguments: Any
    ) -> RawResponse[Any]:
        module = importlib.import_module(f"any_wire.api.things.{operation}")
        names = dict(zip(("thing_id", "part_name"), path, strict=False))
        send = self._caller.client._executor.send
        found: RawResponse[Any] = self._caller.call(
            send, Operation(module, response_type, names, arguments), FAST
        )
        return found


def models(wire: ModuleType) -> Any:
    return importlib.import_module(f"{wire.__name__}.models")


def thing_of(wire: ModuleType) -> Any:
    return models(wire).Thing.from_dict(THING)


def things_of(wire: ModuleType) -> Any:
    return list.__class_getitem__(models(wire).Thing)


EMPTY = b"HTTP/1.1 204 No Content\r\n\r\n"
NO_BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    ("operation", "path", "line"),
    [
        ("get_thing", (ID,), f"GET /things/{ID} HTTP/1.1"),
        ("get_thing", (uuid.UUID(ID),), f"GET /things/{ID} HTTP/1.1"),
        ("get_part", (ID, "a/ü?"), f"GET /things/{ID}/parts/a%2F%C3%BC%3F HTTP/1.1"),
    ],
)
def test_a_get_without_a_query_returns_a_model(
    runtime: Runtime, wire: ModuleType, operation: str, path: tuple[Any, ...], line: str
) -> None:
    recorder = Recorder(response(200, THING))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        found = Things(caller).send(operation, models(wire).Thing, *path)

    assert found == thing_of(wire)
    assert found.created_at.tzinfo is not None
    ((sent, headers, body),) = recorder.requests
    assert sent == line
    assert body == b""
    assert "content-length" not in headers


def test_query_arguments_are_checked_and_sent(runtime: Runtime, wire: ModuleType) -> None:
    recorder = Recorder(response(200, [THING]))
    after = datetime(2026, 1, 1, tzinfo=UTC)
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        things = Things(caller)
        result = things_of(wire)
        found = things.send(
            "list_things", result, created_after=after, color="red", limit=None, weight=2
        )
        with pytest.raises(ValueError, match="^color must be one of green, red; got 'blue'"):
            things.send("list_things", result, color="blue")
        with pytest.raises(ValueError, match="^created_after must have a time zone"):
            things.send("list_things", result, created_after=after.replace(tzinfo=None))
        with pytest.raises(TypeError, match="^limit must be of type int or None; got bool"):
            things.send("list_things", result, limit=True)

    assert found == [thing_of(wire)]
    ((line, _, _),) = recorder.requests
    query = "created_after=2026-01-01T00%3A00%3A00%2B00%3A00&color=red&weight=2.0"
    assert line == f"GET /things?{query} HTTP/1.1"


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize(
    ("operation", "method", "path"),
    [
        ("create_thing", "POST", ()),
        ("replace_thing", "PUT", (ID,)),
        ("change_thing", "PATCH", (ID,)),
    ],
)
def test_a_json_body_is_sent_and_a_model_returned(
    runtime: Runtime,
    wire: ModuleType,
    operation: str,
    method: str,
    path: tuple[str, ...],
    status: int,
) -> None:
    recorder = Recorder(response(status, THING))
    body = models(wire).NewThing(name="ü", weight=1.5)
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        things = Things(caller)
        if status == 201 and operation != "create_thing":
            with pytest.raises(SignalWireRestContractError, match="documents no 201 response"):
                things.send(operation, models(wire).Thing, *path, body=body)
        else:
            assert things.send(operation, models(wire).Thing, *path, body=body) == thing_of(wire)

    ((line, headers, sent),) = recorder.requests
    assert line.startswith(f"{method} /things")
    assert headers["content-type"] == "application/json"
    assert json.loads(sent) == {"name": "ü", "weight": 1.5}


@pytest.mark.parametrize(
    ("operation", "method", "response"),
    [
        ("delete_thing", "DELETE", EMPTY),
        ("check_thing", "HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"),
        ("describe_thing", "OPTIONS", NO_BODY),
        ("reset_thing", "POST", NO_BODY.replace(b"200", b"202")),
    ],
)
def test_an_empty_success_returns_none(
    runtime: Runtime, wire: ModuleType, operation: str, method: str, response: bytes
) -> None:
    recorder = Recorder(response)
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        for _ in range(2):
            assert Things(caller).send(operation, NoneType, ID) is None

    assert server.accepted == 1
    assert [line.split()[0] for line, _, _ in recorder.requests] == [method] * 2


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ([{**THING, "name": 1}], "[0].name"),
        ([THING, {}], "[1].id"),
        ({}, None),
        ("", None),
        (None, None),
    ],
)
def test_a_list_that_does_not_match_the_contract_is_an_error(
    runtime: Runtime, wire: ModuleType, body: Any, path: str | None
) -> None:
    data = json.dumps(body).encode()
    with (
        RawServer(always(response(200, data))) as server,
        runtime.client(server.host) as caller,
    ):
        with pytest.raises(SignalWireRestContractError) as caught:
            Things(caller).send("list_things", things_of(wire))

    assert caught.value.path == path


def test_a_list_of_strings_is_returned(runtime: Runtime, wire: ModuleType) -> None:
    with (
        RawServer(always(response(200, ["a", "b"]))) as server,
        runtime.client(server.host) as caller,
    ):
        assert Things(caller).send("list_names", list[str]) == ["a", "b"]


def test_unusual_values_in_a_list_are_normalised(runtime: Runtime, wire: ModuleType) -> None:
    thing = {**THING, "created_at": "2022-01-01t10:00:00z", "weight": 2}
    with (
        RawServer(always(response(200, [thing]))) as server,
        runtime.client(server.host) as caller,
    ):
        (found,) = Things(caller).send("list_things", things_of(wire))

    assert found.created_at == thing_of(wire).created_at
    assert type(found.weight) is float


ODD = {
    "displayName": "x",
    "from": "2022-01-01T10:00:00+00:00",
    "class": 7,
    "Start-Time": None,
    "1st": 1.5,
    "day": "2022-01-01",
    "colors": ["red"],
    "owners": [ID],
    "times": [["2022-01-01T10:00:00+00:00"]],
    "end": {"at": "2022-01-01T10:00:00+00:00"},
    "display_name": 2.0,
    "Displayname": 3.0,
    "starttime": 4.0,
}


@pytest.mark.parametrize("unusual", [{}, {"class": 7.0}, {"times": [["2022-01-01t10:00:00"]]}])
def test_a_property_is_found_by_its_exact_name_in_json(
    wire: ModuleType, unusual: dict[str, Any]
) -> None:
    model = models(wire).Odd
    found = decode(model, model.from_dict, {**ODD, **unusual, "parts": [{**ODD, **unusual}]})

    assert found.to_dict() == {**ODD, "parts": [ODD]}
    assert found.additional_properties.keys() == {"display_name", "Displayname", "starttime"}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"Start-Time": 7}, "Start-Time"),
        ({"1st": "x"}, "1st"),
        ({"1st": float("inf")}, "1st"),
        ({"day": "20220101"}, "day"),
        ({"colors": ["blue"]}, "colors[0]"),
        ({"colors": {}}, "colors"),
        ({"owners": [ID, f"{{{ID}}}"]}, "owners[1]"),
        ({"times": [[], ["2022-01-01"]]}, "times[1][0]"),
        ({"parts": [{**ODD, "from": "2022"}]}, "parts[0].from"),
        ({"parts": [list(ODD.items())]}, "parts[0]"),
        ({"end": {"at": "2022-01-01"}}, "end.at"),
        ({"starttime": "x"}, "starttime"),
        ({"starttime": float("inf")}, "starttime"),
    ],
    ids=lambda each: str(each)[:40],
)
def test_a_mismatch_is_located_by_its_name_in_json(
    wire: ModuleType, change: dict[str, Any], path: str
) -> None:
    model = models(wire).Odd
    decode(model, model.from_dict, ODD)
    with pytest.raises(ValidationError) as caught:
        decode(model, model.from_dict, {**ODD, **change})

    assert caught.value.path == path


def test_a_property_with_a_default_is_unset_if_omitted_and_checked_if_sent(
    wire: ModuleType,
) -> None:
    model = models(wire).Thing
    sent = {**THING, "ends_at": "2031-01-01T00:00:00Z"}
    assert not decode(model, model.from_dict, THING).ends_at
    assert decode(model, model.from_dict, sent).ends_at == datetime(2031, 1, 1, tzinfo=UTC)
    with pytest.raises(ValidationError) as caught:
        decode(model, model.from_dict, {**sent, "ends_at": "2031-01-01"})

    assert caught.value.path == "ends_at"


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_path_argument_never_changes_the_path(
    runtime: Runtime, wire: ModuleType, name: str
) -> None:
    with (
        RawServer(always(response(200, THING))) as server,
        runtime.client(server.host) as caller,
    ):
        with pytest.raises(ValueError, match="^part_name must be a path segment"):
            Things(caller).send("get_part", models(wire).Thing, ID, name)
        with pytest.raises(ValueError, match="^thing_id must be a UUID such as"):
            Things(caller).send("get_thing", models(wire).Thing, "x")

    assert server.accepted == 0


def test_a_body_of_another_type_is_rejected_before_any_io(
    runtime: Runtime, wire: ModuleType
) -> None:
    with (
        RawServer(always(response(200, THING))) as server,
        runtime.client(server.host) as caller,
    ):
        new = models(wire).NewThing
        naive = datetime(2026, 1, 1)
        wrong = {
            "body must be of type NewThing; got dict": {"name": "x"},
            "body must be of type NewThing; got NoneType": None,
            "body.name must be of type str; got int": new(name=1),
            "body.weight must be of type float or None; got int": new(name="x", weight=1),
            "body.color must be of type Color or None; got str": new(name="x", color="red"),
            r"body.owners\[1\] must be of type UUID or str; got str": new(
                name="x", owners=[uuid.UUID(ID), ID]
            ),
            r"body.parts\[0\].name must be of type str; got NoneType": new(
                name="x", parts=[new(name=None)]
            ),
            "body.created_at must have a time zone": new(name="x", created_at=naive),
            "body.weight must be a finite number": new(name="x", weight=float("nan")),
            "body.name must be Unicode text": new(name="\ud800"),
        }
        for message, body in wrong.items():
            with pytest.raises((TypeError, ValueError), match=f"^{message}"):
                Things(caller).send("create_thing", models(wire).Thing, body=body)
        assert wrong["body.created_at must have a time zone"].created_at is naive
        strange = new(name="x")
        strange["other"] = object()
        with pytest.raises(TypeError, match="^the arguments cannot be sent: "):
            Things(caller).send("create_thing", models(wire).Thing, body=strange)

    assert server.accepted == 0


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({"tags": ["a", "b c"]}, "tags=a&tags=b+c"),
        ({"flag": True}, "flag=true"),
        ({"flag": 1}, "flag=1"),
        ({"weight": 0.0}, "weight=0.0"),
        ({"weight": -0.0}, "weight=-0.0"),
        ({"limit": None, "tags": []}, ""),
    ],
    ids=repr,
)
def test_equal_and_repeated_query_values_are_sent_as_given(
    runtime: Runtime, wire: ModuleType, arguments: dict[str, Any], query: str
) -> None:
    recorder = Recorder(response(200, []))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        assert Things(caller).send("list_things", things_of(wire), **arguments) == []

    ((line, _, _),) = recorder.requests
    assert line == f"GET /things{'?' if query else ''}{query} HTTP/1.1"


def test_headers_of_the_contract_are_sent_but_never_replace_ours(
    runtime: Runtime, wire: ModuleType
) -> None:
    recorder = Recorder(response(200, []))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        things = Things(caller)
        things.send("list_things", things_of(wire), x_trace="abc", authorization="Bearer x")
        for value in ("a\r\nb", "ü", "a\x00"):
            with pytest.raises(ValueError, match="X-Trace must be printable ASCII"):
                things.send("list_things", things_of(wire), x_trace=value)

    ((_, headers, _),) = recorder.requests
    assert headers["x-trace"] == "abc"
    assert headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"tags": ["\ud800"]}, ValueError, r"tags\[0\] must be Unicode text"),
        ({"tags": ["x" * 70_000]}, ValueError, "the arguments cannot be sent: URL"),
        ({"tags": [7]}, TypeError, r"tags\[0\] must be of type str; got int"),
        ({"tags": "a"}, TypeError, "tags must be of type list or None; got str"),
        ({"limit": 10**5000}, ValueError, "limit must be a number of at most 308 digits"),
        ({"weight": -(10**5000)}, ValueError, "weight must be a number of at most 308 digits"),
        ({"weight": float("inf")}, ValueError, "weight must be a finite number"),
        ({"unknown": 1}, TypeError, "the operation takes .*; got "),
    ],
    ids=["surrogate", "too long", "item", "list", "huge", "huge float", "infinite", "unknown"],
)
def test_what_cannot_be_sent_is_rejected_before_any_io(
    runtime: Runtime,
    wire: ModuleType,
    arguments: dict[str, Any],
    error: type[Exception],
    message: str,
) -> None:
    with RawServer(always(response(200, []))) as server, runtime.client(server.host) as caller:
        with pytest.raises(error, match=f"^{message}"):
            Things(caller).send("list_things", things_of(wire), **arguments)

    assert server.accepted == 0


def test_an_operation_can_return_a_model_or_nothing(runtime: Runtime, wire: ModuleType) -> None:
    thing = models(wire).Thing
    script = Recorder(EMPTY, response(200, THING), NO_BODY.replace(b"200", b"202"))
    with RawServer(script) as server, runtime.client(server.host) as caller:
        found = [Things(caller).send("reset_thing", thing | None, ID) for _ in range(3)]

    assert found == [None, thing_of(wire), None]


def test_subclasses_of_plain_values_are_sent_as_their_value(
    runtime: Runtime, wire: ModuleType
) -> None:
    class Text(str):
        __slots__ = ()

        def __str__(self) -> str:
            return ".."

    class Id(uuid.UUID):
        def __str__(self) -> str:
            return ".."

    class Instant(datetime):
        pass

    recorder = Recorder(response(200, THING), response(200, []))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        Things(caller).send("get_part", models(wire).Thing, Id(ID), Text("x"))
        instant = Instant(2026, 1, 1, tzinfo=UTC)
        Things(caller).send("list_things", things_of(wire), created_after=instant)

    first, second = (line for line, _, _ in recorder.requests)
    assert first == f"GET /things/{ID}/parts/x HTTP/1.1"
    assert second.startswith("GET /things?created_after=2026-01-01T00%3A00%3A00%2B00%3A00 ")


def test_a_raw_response_tells_what_arrived(runtime: Runtime, wire: ModuleType) -> None:
    busy = response(503, b"", {"Retry-After": "0"})
    good = response(200, {**THING, "name": 1}, {"X-Request-Id": "r1"})
    with RawServer(Recorder(busy, good)) as server, runtime.client(server.host) as caller:
        raw = Things(caller).send_raw("get_thing", models(wire).Thing, ID)

    assert (raw.status_code, raw.attempts, raw.request_id) == (200, 2, "r1")
    assert raw.json() == {**THING, "name": 1}
    assert 0 < raw.elapsed < 30
    with pytest.raises(SignalWireRestContractError) as caught:
        raw.parse()
    assert caught.value.path == "name"


def lose_connection(connection: Connection) -> None:
    request_of(connection)
    connection.reset()


SENDS: dict[str, tuple[str, Any, tuple[str, ...]]] = {
    "POST": ("reset_thing", NoneType, (ID,)),
    "DELETE": ("delete_thing", NoneType, (ID,)),
    "HEAD": ("check_thing", NoneType, (ID,)),
    "OPTIONS": ("describe_thing", NoneType, (ID,)),
}


@pytest.mark.parametrize("method", SENDS)
@pytest.mark.parametrize("status", [429, 500, 503, 408, 404, None])
def test_only_a_request_that_is_safe_to_repeat_is_sent_again(
    runtime: Runtime, wire: ModuleType, method: str, status: int | None
) -> None:
    script = lose_connection if status is None else Recorder(response(status, b""))
    with RawServer(script) as server, runtime.client(server.host) as caller:
        with pytest.raises(SignalWireRestError) as caught:
            Things(caller).send(SENDS[method][0], SENDS[method][1], *SENDS[method][2])

    repeated = status == 429 or (status != 404 and method != "POST")
    assert len(server.requests) == caught.value.attempts == (3 if repeated else 1)
    assert caught.value.may_have_been_processed is (status not in (404, 429))


def test_a_request_that_was_never_sent_cannot_have_been_processed(
    runtime: Runtime, wire: ModuleType
) -> None:
    with RawServer(always(b"")) as server:
        host = server.host
    with runtime.client(host) as caller:
        with pytest.raises(SignalWireRestTransportError) as caught:
            Things(caller).send("reset_thing", NoneType, ID)

    assert caught.value.attempts == 3
    assert caught.value.may_have_been_processed is False


def own_client(runtime: Runtime, **options: Any) -> Any:
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    return kind(**options)


@pytest.mark.parametrize("given", [False, True], ids=["our transport", "http_client"])
def test_a_deadline_before_sending_cannot_have_been_processed(
    runtime: Runtime, wire: ModuleType, given: bool
) -> None:
    arguments = {"http_client": own_client(runtime)} if given else {}
    short = RequestOptions(timeout=0.4)
    # The connection is accepted, but the TLS handshake never ends.
    with RawServer(lambda connection: connection.hold(), address="127.0.0.2") as server:
        with runtime.client(server.host, request_options=short, **arguments) as caller:
            with pytest.raises(SignalWireRestTimeoutError) as caught:
                Things(caller).send("reset_thing", NoneType, ID)

    assert caught.value.may_have_been_processed is False


@pytest.mark.parametrize("given", [False, True], ids=["our transport", "http_client"])
def test_a_deadline_after_sending_may_have_been_processed(
    runtime: Runtime, wire: ModuleType, given: bool
) -> None:
    arguments = {"http_client": own_client(runtime)} if given else {}
    short = RequestOptions(timeout=0.4)

    def script(connection: Connection) -> None:
        request_of(connection)
        connection.hold()

    with RawServer(script) as server:
        with runtime.client(server.host, request_options=short, **arguments) as caller:
            with pytest.raises(SignalWireRestTimeoutError) as caught:
                Things(caller).send("reset_thing", NoneType, ID)

    assert caught.value.may_have_been_processed is True
    assert len(server.requests) == 1


def test_a_hook_that_cannot_connect_does_not_repeat_the_request(
    runtime: Runtime, wire: ModuleType
) -> None:
    def hook(received: httpx.Response) -> None:
        raise httpx.ConnectError("the hook's own server is down")

    async def async_hook(received: httpx.Response) -> None:
        hook(received)

    hooks = {"response": [async_hook if runtime.is_async else hook]}
    http_client = own_client(runtime, event_hooks=hooks)
    with RawServer(always(response(200, THING))) as server:
        with runtime.client(server.host, http_client=http_client) as caller:
            with pytest.raises(SignalWireRestTransportError) as caught:
                Things(caller).send("reset_thing", NoneType, ID)

    assert caught.value.may_have_been_processed is True
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError])
def test_a_transport_that_reports_no_events_is_not_believed(
    runtime: Runtime, wire: ModuleType, kind: type[httpx.TransportError]
) -> None:
    requests: list[httpx.Request] = []

    def lose(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        raise kind("Server disconnected")  # as httpx-aiohttp does after sending the request

    http_client = own_client(runtime, transport=httpx.MockTransport(lose))
    options = RequestOptions(retry_backoff=0)
    with runtime.client("example.com", http_client=http_client, request_options=options) as caller:
        with pytest.raises(SignalWireRestTransportError) as caught:
            Things(caller).send("reset_thing", NoneType, ID)
        assert caught.value.may_have_been_processed is True
        assert len(requests) == 1


def test_a_socket_of_unix_that_refuses_cannot_have_processed_anything(
    runtime: Runtime, wire: ModuleType, tmp_path: Path
) -> None:
    if not runtime.is_async:
        pytest.skip("httpcore leaves the socket to the garbage collector")
    transport = httpx.AsyncHTTPTransport(uds=str(tmp_path / "missing"))
    http_client = own_client(runtime, transport=transport)
    options = RequestOptions(retry_backoff=0)
    with runtime.client("127.0.0.1", http_client=http_client, request_options=options) as caller:
        with pytest.raises(SignalWireRestTransportError) as caught:
            Things(caller).send("reset_thing", NoneType, ID)
    assert (caught.value.may_have_been_processed, caught.value.attempts) == (False, 3)


def test_a_hook_can_change_the_timeouts_of_a_request(runtime: Runtime, wire: ModuleType) -> None:
    def hook(request: httpx.Request) -> None:
        request.extensions["timeout"] = httpx.Timeout(5).as_dict()

    async def async_hook(request: httpx.Request) -> None:
        hook(request)

    hooks = {"request": [async_hook if runtime.is_async else hook]}
    http_client = own_client(runtime, event_hooks=hooks)
    with RawServer(always(response(200, THING))) as server:
        with runtime.client(server.host, http_client=http_client) as caller:
            assert Things(caller).send("get_thing", models(wire).Thing, ID) == thing_of(wire)


def test_an_earlier_attempt_may_have_been_processed(runtime: Runtime, wire: ModuleType) -> None:
    recorder = Recorder(response(503, b""), response(404, b""))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        with pytest.raises(SignalWireRestNotFoundError) as caught:
            Things(caller).send("check_thing", NoneType, ID)

    assert caught.value.may_have_been_processed is True


def test_a_404_for_a_repeated_delete_is_a_success(runtime: Runtime, wire: ModuleType) -> None:
    with RawServer(Recorder(response(503, b""), response(404, b""))) as server:
        with runtime.client(server.host) as caller:
            raw = Things(caller).send_raw("delete_thing", NoneType, ID)

    assert (raw.status_code, raw.attempts, raw.parse()) == (404, 2, None)
