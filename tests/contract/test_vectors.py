"""The Python client passes the contract's vectors, as every client must."""

from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from support.runtimes import Runtime
from support.servers import RawServer, Recorder
from support.vectors import (
    Vector,
    assert_expected,
    assert_request,
    call,
    query_of,
    raw_response,
    vectors,
)

from signalwire_rest import RequestOptions, SignalWireRestContractError
from signalwire_rest_mock import MockServer

VECTORS = list(vectors())
PAGES = [each for each in VECTORS if "next" in each["expect"]]

each_vector = pytest.mark.parametrize("vector", VECTORS, ids=[each["name"] for each in VECTORS])


def client_arguments(vector: Vector) -> dict[str, Any]:
    # A vector has only one response.
    options = RequestOptions(retries=0)
    return {**vector["request"]["credentials"], "request_options": options}


@each_vector
def test_request_and_result_are_as_the_vector_expects(runtime: Runtime, vector: Vector) -> None:
    recorder = Recorder(raw_response(vector))
    with RawServer(recorder) as server:
        with runtime.client(server.host, **client_arguments(vector)) as caller:
            outcome = call(caller, vector)

    assert_expected(vector, outcome)
    ((line, headers, body),) = recorder.requests
    method, target, _ = line.split(" ")
    assert_request(vector, method, target, headers, body)


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
