"""The stand-in serves the contract's vectors to the byte, by id and by name."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from support.vectors import Vector, vectors

from signalwire_rest_standin import Answer, Request, StandIn

VECTORS = list(vectors())
STAND_IN = StandIn()

each_vector = pytest.mark.parametrize("vector", VECTORS, ids=[each["name"] for each in VECTORS])


def ask(path: str, vector: Vector, query: Mapping[str, str], **headers: str) -> Answer:
    target = f"{path}?{urlencode(query)}" if query else path
    return STAND_IN.answer(Request("GET", target, {**vector["request"]["headers"], **headers}))


def is_the_vector(answer: Answer, vector: Vector) -> bool:
    response = vector["response"]
    body = "\n".join(response["body"]).encode()
    return (answer.status, answer.body, answer.headers) == (
        response["status"],
        body,
        response["headers"],
    )


@each_vector
def test_the_id_of_a_vector_asks_for_it_to_the_byte(vector: Vector) -> None:
    asked = vector["request"]

    assert is_the_vector(ask(asked["path"], vector, asked["query"]), vector)


@each_vector
def test_the_name_of_a_vector_asks_for_it_whatever_the_id(vector: Vector) -> None:
    asked = vector["request"]
    path = "/api/video/conferences/00000000-0000-4000-8000-000000000000"

    answer = ask(path, vector, asked["query"], Prefer="example=" + vector["name"])

    assert is_the_vector(answer, vector)


def test_no_two_vectors_share_an_id() -> None:
    ids = [each["request"]["arguments"]["id"] for each in VECTORS]

    assert sorted(set(ids)) == sorted(ids)


def test_who_does_not_ask_for_the_session_of_a_vector_gets_none() -> None:
    for vector in VECTORS:
        if "active_session" in vector["expect"].get("values", {}):
            whole = json.loads("\n".join(vector["response"]["body"]))
            whole.pop("active_session", None)

            answer = ask(vector["request"]["path"], vector, {})

            assert json.loads(answer.body) == whole


def test_the_stand_in_knows_an_id_for_every_example_and_every_vector() -> None:
    names = [each.name for each in STAND_IN.cases]

    assert len(set(names)) == len(names)
    assert {each["name"] for each in VECTORS} <= set(names)
    assert {each.name for each in STAND_IN.contract.examples} <= set(names)


def test_a_stand_in_without_vectors_answers_from_the_examples() -> None:
    bare = StandIn(vectors=())
    example = bare.contract.example("not-found")
    path = f"/api/video/conferences/{example.id}"
    headers = VECTORS[0]["request"]["headers"]

    answer = bare.answer(Request("GET", path, headers))

    assert (answer.status, json.loads(answer.body)) == (404, example.value)


@pytest.mark.parametrize("prefer", ["example=not-found", "code=404, example=not-found"])
def test_a_name_is_taken_in_either_form_that_is_in_use(prefer: str) -> None:
    (vector,) = (each for each in VECTORS if each["name"] == "not-found")
    path = "/api/video/conferences/00000000-0000-4000-8000-000000000000"

    assert is_the_vector(ask(path, vector, {}, Prefer=prefer), vector)
