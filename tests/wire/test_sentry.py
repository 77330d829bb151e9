"""Sentry sees the calls, in a process of its own: its patches cannot be taken back."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from support.pages import run_python
from support.runtimes import PROJECT, TOKEN, Runtime
from support.servers import RawServer, in_turn, response

PROGRAM = """
import json, sys
import httpx, sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

sys.path.insert(0, sys.argv[1])
from support.runtimes import Runtime
from signalwire_rest import RequestOptions, SignalWireRestNotFoundError

envelopes = []

class Recorder(Transport):
    def capture_envelope(self, envelope: Envelope) -> None:
        envelopes.append(envelope)

host, name, given = sys.argv[2:]
runtime = Runtime(name)
own = {"http_client": (httpx.AsyncClient if runtime.is_async else httpx.Client)()} if given else {}
options = RequestOptions(retry_backoff=0.0)
with runtime.client(host, request_options=options, **own) as client:
    client.get()
    sentry_sdk.init("http://key@127.0.0.1:9/1", transport=Recorder, traces_sample_rate=1.0)
    with sentry_sdk.start_transaction(name="poll") as transaction:
        client.get()
        try:
            client.get()
        except SignalWireRestNotFoundError as error:
            sentry_sdk.capture_exception(error)

items = [item.payload.json for each in envelopes for item in each.items if item.payload.json]
print(json.dumps({"trace": transaction.trace_id, "items": items}))
"""


@pytest.mark.parametrize("given", ["", "http_client"], ids=["our transport", "http_client"])
def test_sentry_records_each_request_and_adds_its_headers(
    runtime: Runtime, given: str, tmp_path: Path
) -> None:
    script = in_turn(
        *(response(), response(503, b""), response(), response(404, {"token": TOKEN})),
    )
    tests = str(Path(__file__).parents[1])
    with RawServer(script) as server:
        found = run_python("-c", PROGRAM, tests, server.host, runtime.name, given, cwd=tmp_path)
    assert found.returncode == 0, found.stderr

    recorded = json.loads(found.stdout)
    (error, transaction) = recorded["items"]
    spans = [each for each in transaction["spans"] if each["op"] == "http.client"]
    statuses = [503, 200, 404]
    assert [each["data"]["http.response.status_code"] for each in spans] == statuses
    assert _statuses_of_crumbs(error) == statuses

    before, *after = [_headers(request) for request in server.requests]
    assert not {"sentry-trace", "baggage"} & before.keys()
    assert [each["sentry-trace"] for each in after] == [
        [f"{recorded['trace']}-{span['span_id']}-1"] for span in spans
    ]
    assert all(len(each["baggage"]) == 1 for each in after)

    credentials = base64.b64encode(f"{PROJECT}:{TOKEN}".encode()).decode()
    assert TOKEN not in found.stdout
    assert credentials.rstrip("=") not in found.stdout


def _statuses_of_crumbs(event: Any) -> list[int]:
    crumbs = event["breadcrumbs"]["values"]
    return [each["data"]["http.response.status_code"] for each in crumbs if each["type"] == "http"]


def _headers(request: bytes) -> dict[str, list[str]]:
    """Return the values of each header by its name in lower case."""
    headers: dict[str, list[str]] = {}
    for line in request.decode().split("\r\n")[1:-2]:
        name, value = line.split(": ", 1)
        headers.setdefault(name.lower(), []).append(value)
    return headers
