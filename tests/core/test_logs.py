"""One log record per attempt, with fields that hold nothing of a call's data."""

import json
import logging
from typing import Any

import pytest
import yaml
from support.pages import ROOT
from support.runtimes import ID, TOKEN, Runtime
from support.servers import RawServer, always, in_turn, response

from signalwire_rest import RequestOptions, SignalWireRestError

FAST = RequestOptions(retries=2, retry_backoff=0)
PATH = "/api/video/conferences/{id}"
STANDARD = {*vars(logging.makeLogRecord({})), "message", "asctime"}


@pytest.fixture
def records(caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.DEBUG, "signalwire.rest")
    return lambda: [each for each in caplog.records if each.name == "signalwire.rest"]


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in STANDARD}


def test_each_attempt_has_a_record_with_fields(runtime: Runtime, records: Any) -> None:
    limited = response(429, b"{}", {"Retry-After": "0", "X-Request-Id": "r-1"}, "Whatever")
    with RawServer(in_turn(limited, b"garbage\r\n\r\n", response())) as server:
        runtime.get(server.host, include_active_session=True, request_options=FAST)

    found = [fields_of(record) for record in records()]
    durations = [fields.pop("duration_ms") for fields in found]
    waits = [fields.pop("retry_in") for fields in found]
    always_the_same = {
        "method": "GET",
        "path_template": PATH,
        "operation": "get_video_conference",
    }
    expected: list[dict[str, Any]] = [
        {"status_code": 429, "attempt": 1, "attempts_left": 2, "request_id": "r-1"},
        {"status_code": None, "attempt": 2, "attempts_left": 1, "request_id": None},
        {"status_code": 200, "attempt": 3, "attempts_left": 0, "request_id": None},
    ]
    errors = ["SignalWireRestRateLimitError", "RemoteProtocolError", None]
    assert found == [
        {**always_the_same, **each, "error_type": error}
        for each, error in zip(expected, errors, strict=True)
    ]
    assert all(0 < duration < 10_000 for duration in durations)
    assert [type(wait) for wait in waits] == [float, float, type(None)]
    levels = [record.levelno for record in records()]
    assert levels == [logging.INFO, logging.INFO, logging.DEBUG]


def test_the_text_is_short_and_has_the_url_at_debug_level_only(
    runtime: Runtime, records: Any
) -> None:
    limited = response(429, b"{}", {"Retry-After": "0"})
    with RawServer(in_turn(limited, b"garbage\r\n\r\n", response(500))) as server:
        with pytest.raises(SignalWireRestError):
            runtime.get(server.host, include_active_session=True, request_options=FAST)

    first, second, last = (record.getMessage() for record in records())
    assert first == f"GET {PATH}: 429 Too Many Requests, retrying in 0.00 s"
    assert second == f"GET {PATH}: no response (RemoteProtocolError), retrying in 0.00 s"
    url = f"http://{server.host}/api/video/conferences/{ID}?include_active_session=true"
    assert last == f"GET {url}: 500 Internal Server Error"
    assert records()[2].error_type == "SignalWireRestServerError"


def test_a_final_failure_says_why_at_debug_level(runtime: Runtime, records: Any) -> None:
    with RawServer(always(b"HTTP/2.0 200 OK\r\n\r\n")) as server:
        with pytest.raises(SignalWireRestError):
            runtime.get(server.host, request_options=RequestOptions(retries=0))
    (record,) = records()
    assert record.status_code is None
    assert record.error_type == "RemoteProtocolError"
    assert record.attempts_left == 0
    assert record.getMessage().startswith(f"GET http://{server.host}/api")
    assert ": no response (" in record.getMessage()


def test_no_field_holds_data_of_the_call(runtime: Runtime, records: Any) -> None:
    secret = "s3cret-display-name"
    echo = response(503, {"error": f"{secret} {TOKEN}"}, {"X-Request-Id": f"r {TOKEN}"})
    with RawServer(always(echo)) as server, runtime.client(server.host) as caller:
        conferences = caller.client.video.conferences
        calls: list[Any] = [
            lambda: caller.call(conferences.create, display_name=secret),
            lambda: caller.call(conferences.update, ID, display_name=secret, request_options=FAST),
            lambda: caller.call(conferences.list, page_token=secret, request_options=FAST),
            lambda: caller.call(
                caller.client.request,
                "PUT",
                f"/x/{secret}",
                params={"a": secret},
                json=secret,
                request_options=FAST,
            ),
        ]
        for each in calls:
            with pytest.raises(SignalWireRestError):
                each()
    assert len(records()) == 1 + 3 + 3 + 3
    for record in records():
        fields = json.dumps(fields_of(record))
        for private in (secret, ID, TOKEN):
            assert private not in fields
        if record.levelno >= logging.INFO:
            assert secret not in record.getMessage()
            assert ID not in record.getMessage()
    assert {record.path_template for record in records()[-3:]} == {None}
    assert {record.operation for record in records()[-3:]} == {None}
    assert records()[-3].getMessage().startswith("PUT request: 503 Service Unavailable, retrying")


def test_every_operation_has_the_path_and_name_of_the_contract(
    runtime: Runtime, records: Any
) -> None:
    document = yaml.safe_load((ROOT / "openapi" / "openapi.yaml").read_text("utf-8"))
    known = {
        (method.upper(), path, operation["operationId"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict) and "operationId" in operation
    }
    with RawServer(always(response(404, {}))) as server, runtime.client(server.host) as caller:
        video = caller.client.video
        for resource in (video.conferences, video.conference_tokens, video.streams):
            for name in vars(type(resource.with_raw_response)):
                if name.startswith("_"):
                    continue
                method = getattr(resource, name)
                arguments: list[str] = [] if name in ("list", "create") else [ID]
                bodies: Any = {
                    "create": {"display_name": "x"},
                    "create_stream": {"url": "rtmp://x/y"},
                    "update": {"url": "rtmp://x/y"} if resource is video.streams else {},
                }
                with pytest.raises(SignalWireRestError):
                    caller.call(method, *arguments, **bodies.get(name, {}))
    found = {(each.method, each.path_template, each.operation) for each in records()}
    assert found == known
    assert len(found) == 13


def test_a_record_factory_that_sets_the_same_attributes_breaks_no_call(
    runtime: Runtime, records: Any
) -> None:
    factory = logging.getLogRecordFactory()

    def with_request_id(*arguments: Any, **options: Any) -> logging.LogRecord:
        record = factory(*arguments, **options)
        record.request_id = "of the program"
        return record

    logging.setLogRecordFactory(with_request_id)
    try:
        with RawServer(always(response(headers={"X-Request-Id": "r-1"}))) as server:
            runtime.get(server.host)
    finally:
        logging.setLogRecordFactory(factory)
    assert [record.request_id for record in records()] == ["r-1"]


def test_a_disabled_level_costs_no_record(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "signalwire.rest")
    with RawServer(always(response(503))) as server, pytest.raises(SignalWireRestError):
        runtime.get(server.host, request_options=FAST)
    assert [each for each in caplog.records if each.name == "signalwire.rest"] == []
