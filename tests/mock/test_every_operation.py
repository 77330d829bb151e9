"""Without state, the mock API responds to every operation of the contract from its examples."""

import base64
import copy
import json
from typing import Any

import pytest

from signalwire_rest_mock import Contract, Example, MockApi, Operation, Request, Response

API = MockApi(vectors=(), stateful=False)
DOCUMENT = API.contract.document
COMPONENTS = DOCUMENT["components"]

each_operation = pytest.mark.parametrize("operation", API.contract.operations, ids=lambda o: o.id)


def node_of(operation: Operation) -> Any:
    return DOCUMENT["paths"][operation.path][operation.method.lower()]


def body_of(operation: Operation) -> Any:
    """Return the contract's example of a request body, or None."""
    reference = node_of(operation).get("requestBody")
    if reference is None:
        return None
    body = COMPONENTS["requestBodies"][reference["$ref"].rpartition("/")[2]]
    ((name, _),) = body["content"]["application/json"]["examples"].items()
    return COMPONENTS["examples"][name]["value"]


def path_of(operation: Operation) -> str:
    """Return the path with the contract's example of the id."""
    for each in node_of(operation).get("parameters", ()):
        parameter = COMPONENTS["parameters"][each["$ref"].rpartition("/")[2]]
        if parameter["in"] == "path":
            return operation.path.replace("{id}", parameter["example"])
    return operation.path


def send(
    method: str, target: str, body: Any = None, prefer: str = "", api: MockApi = API
) -> Response:
    pair = base64.b64encode(f"{api.project}:{api.token}".encode()).decode()
    headers = {"Authorization": f"Basic {pair}", "Prefer": prefer}
    if body is None:
        return api.respond(Request(method, target, headers))
    headers["Content-Type"] = "application/json"
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return api.respond(Request(method, target, headers, data))


@each_operation
def test_the_first_success_is_the_response(operation: Operation) -> None:
    success = next(each for each in operation.examples if each.status < 300)
    query = "?include_active_session=true" if operation.id == "get_video_conference" else ""

    response = send(operation.method, path_of(operation) + query, body_of(operation))

    assert response.status == success.status
    assert success.has_body is bool(response.body)
    if success.has_body:
        assert json.loads(response.body) == success.value


@pytest.mark.parametrize(
    ("operation", "example"),
    [(each, example) for each in API.contract.operations for example in each.examples],
    ids=lambda each: getattr(each, "id", "") if isinstance(each, Operation) else each.name,
)
def test_each_example_is_selected_by_its_name(operation: Operation, example: Example) -> None:
    query = "?include_active_session=true" if operation.id == "get_video_conference" else ""
    target, prefer = path_of(operation) + query, f"code={example.status}, example={example.name}"

    response = send(operation.method, target, body_of(operation), prefer)

    assert response.status == example.status
    assert (json.loads(response.body) if example.has_body else None) == example.value


@each_operation
def test_an_invalid_body_is_422_and_names_the_field(operation: Operation) -> None:
    body = body_of(operation)
    if body is None:
        return
    for name, value in body.items():
        wrong = {**body, name: [value]}
        response = send(operation.method, path_of(operation), wrong)
        assert response.status == 422
        assert [each["attribute"] for each in json.loads(response.body)["errors"]] == [name]
    assert send(operation.method, path_of(operation)).status == 422


def test_an_empty_text_is_a_text_but_no_number() -> None:
    assert send("GET", "/api/video/conferences?page_token=").status == 200
    assert send("GET", "/api/video/conferences?page_size=").status == 422


@pytest.mark.parametrize("query", ["?page_size=many", "?page_number=first", "?starts_after=soon"])
def test_an_invalid_query_of_a_list_is_422_and_named(query: str) -> None:
    response = send("GET", f"/api/video/conferences{query}")

    assert response.status == 422
    (error,) = json.loads(response.body)["errors"]
    assert error["attribute"] == query[1:].partition("=")[0]


@pytest.mark.parametrize("body", [b"\xee", b"{", b'{"display_name": '])
def test_a_body_that_is_not_json_is_400(body: bytes) -> None:
    assert send("POST", "/api/video/conferences", body).status == 400


def test_an_undocumented_field_is_accepted() -> None:
    body = {"display_name": "Stand-up", "meta": {"team": "finance"}}

    assert send("POST", "/api/video/conferences", body).status == 200


def test_a_page_includes_sessions_only_if_asked() -> None:
    document = copy.deepcopy(DOCUMENT)
    examples = document["components"]["examples"]
    session = examples["documented"]["value"]["active_session"]
    for entry in examples["conference-page"]["value"]["data"]:
        entry["active_session"] = session
    api = MockApi(Contract(document), vectors=(), stateful=False)

    for query, found in (("", None), ("?include_active_session=true", session)):
        page = json.loads(send("GET", f"/api/video/conferences{query}", api=api).body)
        assert [each.get("active_session") for each in page["data"]] == [found]
