"""The stand-in answers as the contract says: one function, no socket."""

import base64
import json
import uuid

import pytest

from signalwire_rest_standin import Request, StandIn

STAND_IN = StandIn()
PATH = "/api/video/conferences/"
DOCUMENTED = STAND_IN.contract.example("documented")


def ask(target: str, token: str = STAND_IN.token, method: str = "GET", prefer: str = "") -> object:
    pair = base64.b64encode(f"{STAND_IN.project}:{token}".encode()).decode()
    headers = {"authorization": f"Basic {pair}", "Prefer": prefer}
    answer = STAND_IN.answer(Request(method, target, headers))
    assert answer.headers["X-Request-Id"]
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize("example", STAND_IN.contract.examples, ids=lambda each: each.name)
def test_each_example_is_found_by_its_id_and_by_its_name(example: object) -> None:
    expected = example.status, example.value  # type: ignore[attr-defined]
    asked = "?include_active_session=true"
    assert ask(f"{PATH}{example.id}{asked}") == expected  # type: ignore[attr-defined]
    name = example.name  # type: ignore[attr-defined]
    assert ask(f"{PATH}{uuid.uuid4()}{asked}", prefer=f"example={name}") == expected


def test_the_session_is_there_when_it_is_asked_for_alone() -> None:
    for query in ("", "?include_active_session=false"):
        status, conference = ask(f"{PATH}{DOCUMENTED.id}{query}")  # type: ignore[misc]
        assert status == 200
        assert "active_session" not in conference


@pytest.mark.parametrize("token", ["", "wrong", "PT-stand-in-token2"])
def test_wrong_credentials_are_answered_401(token: str) -> None:
    assert ask(f"{PATH}{DOCUMENTED.id}", token) == (401, {"error": "Unauthorized"})


@pytest.mark.parametrize("header", ["", "Basic", "Basic !!", "Bearer x", "Basic é"])
def test_malformed_credentials_are_answered_401(header: str) -> None:
    answer = STAND_IN.answer(Request("GET", f"{PATH}{DOCUMENTED.id}", {"Authorization": header}))
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize("path", [f"{PATH}{uuid.UUID(int=7)}", "/", "/api/video/rooms/x"])
def test_what_is_not_there_is_answered_404(path: str) -> None:
    status, body = ask(path)  # type: ignore[misc]
    assert (status, body) == (404, {"error": "Not Found"})


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
def test_a_value_that_the_contract_refuses_is_answered_422(
    target: str, attributes: list[str]
) -> None:
    status, body = ask(f"{PATH}{target}")  # type: ignore[misc]
    assert status == 422
    assert [each["attribute"] for each in body["errors"]] == attributes


def test_a_target_that_is_no_url_is_answered_400() -> None:
    assert ask("http://[/x") == (400, {"error": "Bad Request"})


def test_another_method_is_answered_405() -> None:
    status, _ = ask(f"{PATH}{DOCUMENTED.id}", method="DELETE")  # type: ignore[misc]
    assert status == 405
