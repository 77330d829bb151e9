"""The mock API serves the contract's vectors byte for byte, by id and by name."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from support.vectors import Vector, of_operation, vectors

from signalwire_rest_mock import MockApi, Request, Response

VECTORS = list(vectors())
GETS = of_operation("get_video_conference")
API = MockApi()

each_vector = pytest.mark.parametrize("vector", VECTORS, ids=[each["name"] for each in VECTORS])


def send(path: str, vector: Vector, query: Mapping[str, str], **headers: str) -> Response:
    target = f"{path}?{urlencode(query)}" if query else path
    request = vector["request"]
    body = json.dumps(request["body"]).encode() if "body" in request else b""
    return API.respond(Request(request["method"], target, {**request["headers"], **headers}, body))


def is_the_vector(response: Response, vector: Vector) -> bool:
    expected = vector["response"]
    body = "\n".join(expected["body"]).encode()
    return (response.status, response.body, response.headers) == (
        expected["status"],
        body,
        expected["headers"],
    )


@pytest.mark.parametrize("vector", GETS, ids=[each["name"] for each in GETS])
def test_the_id_of_a_vector_selects_it_byte_for_byte(vector: Vector) -> None:
    request = vector["request"]

    assert is_the_vector(send(request["path"], vector, request["query"]), vector)


@each_vector
def test_the_name_of_a_vector_selects_it_whatever_the_id(vector: Vector) -> None:
    query = vector["request"]["query"]
    operation = API.contract.operation(vector["operation"])
    path = operation.path.replace("{id}", "00000000-0000-4000-8000-000000000000")

    response = send(path, vector, query, Prefer="example=" + vector["name"])

    assert is_the_vector(response, vector)


def test_no_two_vectors_share_an_id() -> None:
    ids = [each["request"]["arguments"]["id"] for each in GETS]

    assert sorted(set(ids)) == sorted(ids)


def test_the_session_of_a_vector_is_left_out_unless_asked_for() -> None:
    for vector in GETS:
        if "active_session" in vector["expect"].get("values", {}):
            whole = json.loads("\n".join(vector["response"]["body"]))
            whole.pop("active_session", None)

            response = send(vector["request"]["path"], vector, {})

            assert json.loads(response.body) == whole


def test_every_example_and_every_vector_is_one_case() -> None:
    for operation in API.contract.operations:
        cases = [(each.name, each.status) for each in API.cases.of(operation)]
        names = {name for name, _ in cases}

        assert len(set(cases)) == len(cases)
        assert {each["name"] for each in of_operation(operation.id)} <= names
        assert {each.name for each in operation.examples} <= names


def test_without_vectors_the_examples_are_served() -> None:
    bare = MockApi(vectors=())
    example = bare.contract.example("not-found")
    path = f"/api/video/conferences/{example.id}"
    headers = VECTORS[0]["request"]["headers"]

    response = bare.respond(Request("GET", path, headers))

    assert (response.status, json.loads(response.body)) == (404, example.value)


@pytest.mark.parametrize("prefer", ["example=not-found", "code=404, example=not-found"])
def test_a_name_is_accepted_with_and_without_a_status(prefer: str) -> None:
    (vector,) = (each for each in VECTORS if each["name"] == "not-found")
    path = "/api/video/conferences/00000000-0000-4000-8000-000000000000"

    assert is_the_vector(send(path, vector, {}, Prefer=prefer), vector)
