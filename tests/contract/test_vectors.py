"""The Python client passes the contract's vectors, as every client must."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from support.runtimes import Runtime
from support.servers import RawServer, Recorder
from support.vectors import Vector, assert_error, assert_value, call, raw_response, vectors

from signalwire_rest import RequestOptions, SignalWireRestContractError, SignalWireRestError
from signalwire_rest_mock import MockServer

VECTORS = list(vectors())
PAGES = [each for each in VECTORS if "next" in each["expect"]]

each_vector = pytest.mark.parametrize("vector", VECTORS, ids=[each["name"] for each in VECTORS])


def client_arguments(vector: Vector) -> dict[str, Any]:
    # A vector has only one response.
    options = RequestOptions(retries=0)
    return {**vector["request"]["credentials"], "request_options": options}


def assert_expected(vector: Vector, outcome: Any) -> None:
    expected = vector["expect"]
    if "error" in expected:
        assert isinstance(outcome, SignalWireRestError), f"{outcome!r} is not an error"
        assert_error(outcome, expected["error"])
        return
    if expected["model"] is None:
        assert outcome is None
    elif "next" in expected:
        assert type(outcome).__name__ in ("Page", "AsyncPage"), f"{outcome!r}"
    else:
        assert type(outcome).__name__ == expected["model"], f"{outcome!r}"
    for path, value in expected["values"].items():
        assert_value(outcome, path, value)


def without_zeros(text: str) -> str:
    """Return a text without the trailing zeros of fractions in date-times."""
    return re.sub(r"(?:\.0+|(\.\d*[1-9])0+)Z", r"\1Z", text)


def query_of(target: str) -> dict[str, str]:
    pairs = parse_qsl(urlsplit(target).query, strict_parsing="?" in target)
    return {name: without_zeros(value) for name, value in pairs}


@each_vector
def test_request_and_result_are_as_the_vector_expects(runtime: Runtime, vector: Vector) -> None:
    recorder = Recorder(raw_response(vector))
    with RawServer(recorder) as server:
        with runtime.client(server.host, **client_arguments(vector)) as caller:
            outcome = call(caller, vector)

    assert_expected(vector, outcome)
    ((line, headers, body),) = recorder.requests
    method, target, _ = line.split(" ")
    expected = vector["request"]
    assert method == expected["method"]
    assert urlsplit(target).path == expected["path"]
    assert query_of(target) == expected["query"]
    named = ("Authorization", "Accept", "Content-Type")
    found = {name: headers[name.lower()] for name in named if name.lower() in headers}
    assert found == expected["headers"]
    sent = json.loads(without_zeros(body.decode())) if body else None
    assert sent == expected.get("body")


@pytest.mark.parametrize("vector", PAGES, ids=[each["name"] for each in PAGES])
def test_a_next_link_is_followed_or_refused_as_the_vector_expects(
    runtime: Runtime, vector: Vector
) -> None:
    expected = vector["expect"]["next"]
    last = {**vector["response"], "body": ['{"links": {"self": "/", "first": "/"}, "data": []}']}
    recorder = Recorder(raw_response(vector), raw_response({"response": last}))
    with RawServer(recorder) as server:
        with runtime.client(server.host, **client_arguments(vector)) as caller:
            page = call(caller, vector)
            if expected == "refused":
                with pytest.raises(SignalWireRestContractError, match=r"links\.next") as caught:
                    caller.call(page.next_page)
                assert caught.value.path == "links.next"
            else:
                assert (caller.call(page.next_page) is None) is (expected == "end")

    lines = [line for line, _, _ in recorder.requests]
    if isinstance(expected, str):
        assert len(lines) == 1
    else:
        method, target, _ = lines[1].split(" ")
        assert (method, urlsplit(target).path) == ("GET", vector["request"]["path"])
        assert query_of(target) == expected["query"]


@each_vector
def test_the_mock_server_sends_the_vector_that_its_name_selects(
    runtime: Runtime, vector: Vector, mock_server: MockServer
) -> None:
    make: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    http_client = make(headers={"Prefer": f"example={vector['name']}"}, verify=False)
    arguments = client_arguments(vector)
    with runtime.client(mock_server.host, http_client=http_client, **arguments) as caller:
        outcome = call(caller, vector)

    assert_expected(vector, outcome)
