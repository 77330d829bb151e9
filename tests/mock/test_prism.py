"""Prism serves the examples as the mock server does; where it differs, VECTORS.md has a row.

Needs the tools from npm: ``make prism``.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.vectors import OPENAPI, Vector, assert_error, assert_value, vectors

from signalwire_rest import RestClient, SignalWireRestError
from signalwire_rest_mock import Contract, MockServer
from tools.consumers.prism import prism_server

pytestmark = pytest.mark.apart

NAMES = {each.name for each in Contract.load().examples}
# Prism reads the document alone, so it has the examples and no other vector.
VECTORS = [each for each in vectors() if each["name"] in NAMES]
PATH = "/api/video/conferences/"
DOCUMENTED = f"{PATH}c22d24f6-5a47-4597-9a23-c7d01e696b92"
UNKNOWN = f"{PATH}{uuid.UUID(int=7, version=4)}"


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    with prism_server() as host:
        yield host


def send(
    host: str, vector: Vector, target: str, prefer: str = "", **headers: str
) -> httpx.Response:
    sent = {**vector["request"]["headers"], **({"Prefer": prefer} if prefer else {}), **headers}
    with httpx.Client(trust_env=False) as client:
        return client.get(f"http://{host}{target}", headers=sent)


def preferring(vector: Vector) -> httpx.Client:
    """Return an httpx client that asks for a vector's example, in Prism's form of ``Prefer``."""
    prefer = f"code={vector['response']['status']}, example={vector['name']}"

    def add(request: httpx.Request) -> None:
        request.headers["Prefer"] = prefer

    return httpx.Client(event_hooks={"request": [add]}, trust_env=False)


def get(host: str, vector: Vector) -> Any:
    arguments = dict(vector["request"]["arguments"])
    credentials = vector["request"]["credentials"]
    with preferring(vector) as http_client:
        client = RestClient(**credentials, host=host, http_client=http_client)
        try:
            return client.video.conferences.get(arguments.pop("id"), **arguments)
        except SignalWireRestError as error:
            return error


@pytest.mark.parametrize("vector", VECTORS, ids=[each["name"] for each in VECTORS])
@pytest.mark.parametrize("server", ["prism", "mock_server"])
def test_the_vectors_of_examples_pass_against_either_server(
    server: str, vector: Vector, request: pytest.FixtureRequest
) -> None:
    found = request.getfixturevalue(server)
    outcome = get(found if server == "prism" else found.host, vector)

    if "error" in vector["expect"]:
        # The request id is the server's own.
        expected = {**vector["expect"]["error"], "request_id": outcome.request_id}
        assert outcome.request_id
        assert_error(outcome, expected)
    else:
        for path, value in vector["expect"]["values"].items():
            assert_value(outcome, path, value)


def statuses(responses: list[httpx.Response]) -> list[int]:
    return [each.status_code for each in responses]


def rows() -> list[str]:
    """Return the request of each row of the page's table on Prism."""
    page = (OPENAPI / "VECTORS.md").read_text("utf-8")
    table = page[page.index("| request | Prism |") :].split("\n\n")[0].splitlines()
    return [row.split(" | ")[0].removeprefix("| ") for row in table[2:]]


def test_where_the_two_differ_a_row_says_who_is_right(prism: str, mock_server: MockServer) -> None:
    seen = []

    def both(row: str, target: str, prefer: str = "") -> list[httpx.Response]:
        seen.append(row)
        return [send(host, VECTORS[0], target, prefer) for host in (prism, mock_server.host)]

    assert statuses(both("an unknown id", UNKNOWN)) == [200, 404]

    responses = both("a query that does not request the session", DOCUMENTED)
    assert ["active_session" in each.json() for each in responses] == [True, False]

    responses = both(
        "`Prefer` with an error's example and no `code`", DOCUMENTED, "example=forbidden"
    )
    assert statuses(responses) == [404, 403]

    responses = both(
        "`Prefer` with a vector that is not an example", DOCUMENTED, "example=empty-session"
    )
    assert statuses(responses) == [404, 200]

    responses = both("an id that is not a UUID", f"{PATH}seven")
    assert statuses(responses) == [422, 422]
    attributes = [each.json()["errors"][0]["attribute"] for each in responses]
    assert attributes == ["include_active_session", "id"]

    asked = f"{DOCUMENTED}?include_active_session=true"
    responses = both("`X-Request-Id`", asked, "example=all-null")
    (vector,) = (each for each in VECTORS if each["name"] == "all-null")
    assert [each.headers["x-request-id"] for each in responses] == [
        Contract.load().document["components"]["headers"]["RequestId"]["example"],
        vector["response"]["headers"]["X-Request-Id"],
    ]

    assert rows() == seen
