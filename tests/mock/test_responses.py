"""The mock API responds as the contract says: a function, no socket."""

import base64
import json
import uuid
from typing import Any

import pytest

from signalwire_rest_mock import Example, MockApi, Request

API = MockApi()
PATH = "/api/video/conferences/"
OPERATION = API.contract.operation("get_video_conference")
DOCUMENTED = API.contract.example("documented")


def send(
    target: str, token: str = API.token, method: str = "GET", prefer: str = ""
) -> tuple[int, Any]:
    pair = base64.b64encode(f"{API.project}:{token}".encode()).decode()
    headers = {"authorization": f"Basic {pair}", "Prefer": prefer}
    response = API.respond(Request(method, target, headers))
    assert response.headers["X-Request-Id"]
    return response.status, json.loads(response.body)


@pytest.mark.parametrize("example", OPERATION.examples, ids=lambda each: each.name)
def test_an_example_is_selected_by_its_id_or_by_its_name(example: Example) -> None:
    expected = example.status, example.value
    query = "?include_active_session=true"
    assert send(f"{PATH}{example.id}{query}") == expected
    assert send(f"{PATH}{uuid.uuid4()}{query}", prefer=f"example={example.name}") == expected


@pytest.mark.parametrize("query", ["", "?include_active_session=false"])
def test_the_session_is_left_out_unless_the_query_asks_for_it(query: str) -> None:
    status, conference = send(f"{PATH}{DOCUMENTED.id}{query}")
    assert status == 200
    assert "active_session" not in conference


@pytest.mark.parametrize("token", ["", "wrong", f"{API.token}2"])
def test_a_wrong_token_is_401(token: str) -> None:
    assert send(f"{PATH}{DOCUMENTED.id}", token) == (401, {"error": "Unauthorized"})


@pytest.mark.parametrize("header", ["", "Basic", "Basic !!", "Bearer x", "Basic é"])
def test_malformed_credentials_are_401(header: str) -> None:
    response = API.respond(Request("GET", f"{PATH}{DOCUMENTED.id}", {"Authorization": header}))
    assert response.status == 401
    assert response.headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    "path",
    [f"{PATH}{uuid.UUID(int=7)}", "/", "/api/video/rooms/x", f"//x{PATH}{DOCUMENTED.id}"],
)
def test_an_unknown_id_or_path_is_404(path: str) -> None:
    assert send(path) == (404, {"error": "Not Found"})


@pytest.mark.parametrize(
    ("target", "attributes"),
    [
        ("not-a-uuid", ["id"]),
        (f"{DOCUMENTED.id}?include_active_session=maybe", ["include_active_session"]),
        (f"{DOCUMENTED.id}?include_active_session=1", ["include_active_session"]),
        (f"{DOCUMENTED.id}?include_active_session=", ["include_active_session"]),
        ("x?include_active_session=TRUE", ["id", "include_active_session"]),
    ],
)
def test_an_invalid_parameter_is_422_and_named(target: str, attributes: list[str]) -> None:
    status, body = send(f"{PATH}{target}")
    assert status == 422
    assert [each["attribute"] for each in body["errors"]] == attributes


def test_a_target_that_cannot_be_parsed_is_400() -> None:
    assert send("http://[/x") == (400, {"error": "Bad Request"})


@pytest.mark.parametrize(
    "target",
    [
        f"{PATH}..",
        f"{PATH}.",
        f"{PATH}../conferences/{DOCUMENTED.id}",
        f"{PATH}%2e%2E",
        f"{PATH}.%2e%2f{DOCUMENTED.id}",
        f"http://x{PATH}../../../etc/passwd",
    ],
)
def test_a_path_with_dot_segments_is_400(target: str) -> None:
    assert send(target) == (400, {"error": "Bad Request"})


@pytest.mark.parametrize("method", ["PATCH", "POST", "OPTIONS", "get"])
def test_a_method_that_is_not_in_the_contract_is_405(method: str) -> None:
    assert send(f"{PATH}{DOCUMENTED.id}", method=method) == (405, {"error": "Method Not Allowed"})
