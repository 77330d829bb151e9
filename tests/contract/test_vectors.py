"""The Python client passes the contract's vectors, as every client must."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from support.runtimes import Runtime
from support.servers import RawServer, always
from support.vectors import Vector, assert_error, assert_value, raw_response, vectors

from signalwire_rest import RequestOptions, SignalWireRestError
from signalwire_rest_mock import MockServer

VECTORS = list(vectors())

each_vector = pytest.mark.parametrize("vector", VECTORS, ids=[each["name"] for each in VECTORS])


def call(runtime: Runtime, host: str, vector: Vector) -> Any:
    """Make the call of a vector; return the result or the error."""
    arguments = dict(vector["request"]["arguments"])
    # A vector has only one response.
    options = RequestOptions(retries=0)
    client = {**vector["request"]["credentials"], "request_options": options}
    try:
        return runtime.get(host, arguments.pop("id"), client=client, **arguments)
    except SignalWireRestError as error:
        return error


def assert_expected(vector: Vector, outcome: Any) -> None:
    expected = vector["expect"]
    if "error" in expected:
        assert isinstance(outcome, SignalWireRestError), f"{outcome!r} is not an error"
        assert_error(outcome, expected["error"])
        return
    assert type(outcome).__name__ == expected["model"], f"{outcome!r}"
    for path, value in expected["values"].items():
        assert_value(outcome, path, value)


@each_vector
def test_request_and_result_are_as_the_vector_expects(runtime: Runtime, vector: Vector) -> None:
    with RawServer(always(raw_response(vector))) as server:
        outcome = call(runtime, server.host, vector)

    assert_expected(vector, outcome)
    (request,) = server.requests
    line, *rest = request.decode().rstrip().split("\r\n")
    method, target, _ = line.split(" ")
    headers = {name.title(): value for name, _, value in (h.partition(": ") for h in rest)}
    expected = vector["request"]
    assert method == expected["method"]
    assert urlsplit(target).path == expected["path"]
    assert dict(parse_qsl(urlsplit(target).query)) == expected["query"]
    assert {name: headers.get(name) for name in expected["headers"]} == expected["headers"]


@each_vector
def test_the_mock_server_sends_the_vector_that_an_id_selects(
    runtime: Runtime, vector: Vector, mock_server: MockServer
) -> None:
    assert_expected(vector, call(runtime, mock_server.host, vector))
