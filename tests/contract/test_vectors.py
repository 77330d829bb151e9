"""The Python client passes the contract's vectors, as every client of the contract has to."""

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
    """Make the call of a vector; return what came back, or the error."""
    arguments = dict(vector["request"]["arguments"])
    # A vector is about one answer.
    options = RequestOptions(retries=0)
    client = {**vector["request"]["credentials"], "request_options": options}
    try:
        return runtime.get(host, arguments.pop("id"), client=client, **arguments)
    except SignalWireRestError as error:
        return error


def assert_expected(vector: Vector, outcome: Any) -> None:
    expected = vector["expect"]
    if "error" in expected:
        assert isinstance(outcome, SignalWireRestError), f"{outcome!r} is no error"
        assert_error(outcome, expected["error"])
        return
    assert type(outcome).__name__ == expected["model"], f"{outcome!r}"
    for path, value in expected["values"].items():
        assert_value(outcome, path, value)


@each_vector
def test_the_client_asks_what_the_vector_asks_and_makes_of_its_bytes_what_it_expects(
    runtime: Runtime, vector: Vector
) -> None:
    with RawServer(always(raw_response(vector))) as server:
        outcome = call(runtime, server.host, vector)

    assert_expected(vector, outcome)
    (request,) = server.requests
    line, *rest = request.decode().rstrip().split("\r\n")
    method, target, _ = line.split(" ")
    headers = {name.title(): value for name, _, value in (h.partition(": ") for h in rest)}
    asked = vector["request"]
    assert method == asked["method"]
    assert urlsplit(target).path == asked["path"]
    assert dict(parse_qsl(urlsplit(target).query)) == asked["query"]
    assert {name: headers.get(name) for name in asked["headers"]} == asked["headers"]


@each_vector
def test_the_mock_server_sends_the_vector_that_an_id_selects(
    runtime: Runtime, vector: Vector, mock_server: MockServer
) -> None:
    assert_expected(vector, call(runtime, mock_server.host, vector))
