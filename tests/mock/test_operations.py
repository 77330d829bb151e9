"""The mock API serves every operation of any OpenAPI document, each by its own description."""

import base64
import http.client
import json
from typing import Any

import pytest
import yaml

from signalwire_rest_mock import Contract, MockApi, MockServer, Request, Response, Vector

FIRST = "11111111-1111-4111-8111-111111111111"
SECOND = "22222222-2222-4222-8222-222222222222"
UNKNOWN = "33333333-3333-4333-8333-333333333333"

DOCUMENT = yaml.safe_load(f"""
openapi: 3.1.0
info: {{title: Rooms, version: 1.0.0}}
servers: [{{url: "https://{{space}}.example.com/v1", variables: {{space: {{default: a}}}}}}]
paths:
  /rooms:
    get:
      operationId: list_rooms
      parameters: [{{name: page, in: query, schema: {{type: integer}}}}]
      responses:
        "200":
          description: The rooms.
          content:
            application/json:
              example: {{data: [{{id: {FIRST}}}]}}
        default: {{$ref: "#/components/responses/NotFound"}}
    post:
      operationId: create_room
      requestBody:
        required: true
        content:
          application/json:
            schema: {{$ref: "#/components/schemas/NewRoom"}}
      responses:
        "201":
          description: Created.
          content:
            application/json:
              examples: {{created: {{value: {{id: {SECOND}, name: new}}}}}}
  /rooms/count:
    get:
      operationId: count_rooms
      responses:
        "200":
          description: How many rooms there are.
          content: {{application/json: {{examples: {{count: {{value: 2}}}}}}}}
  /rooms/{{id}}:
    parameters:
      - {{name: id, in: path, required: true, schema: {{type: string, format: uuid}}}}
    get:
      operationId: get_room
      parameters:
        - {{name: include_members, in: query, schema: {{type: boolean}}}}
      responses:
        "200":
          description: The room.
          content:
            application/json:
              examples:
                first: {{value: {{id: {FIRST}, name: one, members: [Ada]}}}}
                second: {{value: {{id: {SECOND}, name: two, members: []}}}}
        "404": {{$ref: "#/components/responses/NotFound"}}
    head:
      operationId: has_room
      responses:
        "200": {{description: There is such a room.}}
        "404": {{$ref: "#/components/responses/NotFound"}}
    put:
      operationId: update_room
      requestBody:
        content:
          application/json:
            schema: {{$ref: "#/components/schemas/NewRoom"}}
      responses:
        "200":
          description: The room.
          content:
            application/json:
              examples: {{updated: {{value: {{id: {FIRST}, name: renamed}}}}}}
    delete:
      operationId: delete_room
      responses:
        "204": {{description: Deleted.}}
        "404": {{$ref: "#/components/responses/NotFound"}}
        "409":
          description: The room is in use.
          content:
            application/json:
              examples: {{in-use: {{value: {{error: Conflict}}}}}}
  /spaces/{{name}}/rooms:
    servers: [{{url: "https://example.com"}}]
    post:
      operationId: create_room_in_space
      responses:
        "201": {{description: Created.}}
  /rooms/{{id}}/tokens/{{token_id}}:
    patch:
      operationId: update_token
      responses:
        "200": {{description: No example., content: {{text/plain: {{}}}}}}
components:
  schemas:
    NewRoom:
      type: object
      required: [name, size]
      properties:
        name: {{type: string}}
        size: {{type: integer}}
        theme: {{type: object, properties: {{colour: {{type: string}}}}}}
  responses:
    NotFound:
      description: No such room.
      content:
        application/json:
          examples: {{not-found: {{value: {{error: Not Found}}}}}}
""")
API = MockApi(Contract(DOCUMENT))
CREDENTIALS = "Basic " + base64.b64encode(f"{API.project}:{API.token}".encode()).decode()


def send(method: str, target: str, body: Any = None, api: MockApi = API, **more: Any) -> Response:
    headers = {"Authorization": CREDENTIALS, "Content-Type": "application/json", **more}
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return api.respond(Request(method, target, headers, data))


def value(response: Response) -> Any:
    return json.loads(response.body)


def test_each_method_of_a_path_has_the_responses_of_its_own_operation() -> None:
    got, deleted = send("GET", f"/rooms/{FIRST}"), send("DELETE", f"/rooms/{FIRST}")
    changed = send("PUT", f"/rooms/{FIRST}", {"name": "renamed", "size": 3})

    assert (got.status, value(got)) == (200, {"id": FIRST, "name": "one"})
    assert (changed.status, value(changed)["name"]) == (200, "renamed")
    assert (deleted.status, deleted.body) == (204, b"")
    assert "Content-Type" not in deleted.headers


def test_a_path_without_parameters_has_the_first_success() -> None:
    listed = send("GET", "/rooms?page=2")
    created = send("POST", "/rooms", {"name": "new", "size": 3})

    assert (listed.status, value(listed)) == (200, {"data": [{"id": FIRST}]})
    assert (created.status, value(created)) == (201, {"id": SECOND, "name": "new"})


def test_a_path_without_parameters_wins_over_a_template() -> None:
    assert value(send("GET", "/rooms/count")) == 2


def test_a_path_that_ends_like_another_has_its_own_operation() -> None:
    # POST /rooms would refuse a request without a body.
    assert send("POST", "/spaces/home/rooms").status == 201


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "HEAD"])
def test_an_id_that_no_get_finds_is_404_for_every_method(method: str) -> None:
    body = {"name": "x", "size": 1} if method == "PUT" else None
    assert send(method, f"/rooms/{UNKNOWN}", body).status == 404
    assert send(method, f"/rooms/{SECOND}", body).status in (200, 204)


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_head_response_has_the_status_and_no_body(method: str) -> None:
    for room in (FIRST, UNKNOWN):
        assert bool(send(method, f"/rooms/{room}").body) == (method == "GET")


@pytest.mark.parametrize(
    ("path", "method", "allow"),
    [
        ("/rooms", "DELETE", "GET, POST"),
        ("/rooms/count", "POST", "GET"),
        (f"/rooms/{FIRST}", "PATCH", "DELETE, GET, HEAD, PUT"),
        (f"/rooms/{FIRST}/tokens/1", "GET", "PATCH"),
    ],
)
def test_a_method_without_an_operation_is_405_with_allow(
    path: str, method: str, allow: str
) -> None:
    response = send(method, path)
    assert (response.status, response.headers["Allow"]) == (405, allow)


@pytest.mark.parametrize("path", ["/", "/rooms/", f"/rooms/{FIRST}/", f"/v1/rooms/{FIRST}"])
def test_a_path_that_is_not_in_the_document_is_404(path: str) -> None:
    assert send("GET", path).status == 404


@pytest.mark.parametrize(
    ("body", "attributes"),
    [
        ({"name": 7, "size": 3}, ["name"]),
        ({}, ["name", "size"]),
        ({"name": "x", "size": "3", "theme": {"colour": 1}}, ["size", "theme.colour"]),
        ([], ["body"]),
        (None, ["body"]),
    ],
)
def test_an_invalid_body_is_422_and_names_each_property(body: Any, attributes: list[str]) -> None:
    response = send("POST", "/rooms", body)
    assert response.status == 422
    assert [each["attribute"] for each in value(response)["errors"]] == attributes


def test_a_body_that_cannot_be_read_is_400() -> None:
    assert send("POST", "/rooms", b"{").status == 400
    text: dict[str, Any] = {"Content-Type": "text/plain"}
    assert send("POST", "/rooms", b"a=b", **text).status == 400
    malformed: dict[str, Any] = {"Content-Type": "a;b;c==="}
    assert send("POST", "/rooms", b"{}", **malformed).status == 400


@pytest.mark.parametrize(
    "body", [b'{"name": "\xff", "size": 1}', b"[" * 100_000, b'{"size": %b}' % (b"9" * 5000)]
)
def test_a_body_that_no_parser_can_hold_is_400(body: bytes) -> None:
    assert send("POST", "/rooms", body).status == 400


def test_a_body_that_is_optional_may_be_missing() -> None:
    assert send("PUT", f"/rooms/{FIRST}").status == 200


def test_prefer_selects_a_response_by_name_or_by_status() -> None:
    assert send("DELETE", f"/rooms/{FIRST}", Prefer="example=in-use").status == 409
    assert send("DELETE", f"/rooms/{FIRST}", Prefer="code=409").status == 409
    assert send("DELETE", f"/rooms/{UNKNOWN}", Prefer="code=204").status == 204
    # The example of another operation.
    assert send("GET", f"/rooms/{FIRST}", Prefer="example=in-use").status == 404


def test_an_error_is_selected_by_the_id_of_its_example() -> None:
    assert send("DELETE", f"/rooms/{API.contract.example('in-use').id}").status == 409


def test_a_property_that_a_query_includes_is_left_out_unless_asked_for() -> None:
    assert value(send("GET", f"/rooms/{FIRST}?include_members=true"))["members"] == ["Ada"]
    assert "members" not in value(send("GET", f"/rooms/{FIRST}"))


def test_an_operation_without_any_example_is_501() -> None:
    assert send("PATCH", f"/rooms/{FIRST}/tokens/1").status == 501


def test_vectors_belong_to_their_operation() -> None:
    def vector(name: str, path: str, operation: str, **query: str) -> Vector:
        body = json.dumps({"vector": name}).encode()
        return Vector(name, operation, path, query, 200, "", {"X-Request-Id": name}, body)

    api = MockApi(
        Contract(DOCUMENT),
        vectors=[
            vector("next-page", "/rooms", "list_rooms", page="2"),
            vector("first", f"/rooms/{FIRST}", "get_room"),
            vector("elsewhere", "/rooms", "another_operation"),
        ],
    )

    assert value(send("GET", "/rooms?page=2", api=api)) == {"vector": "next-page"}
    assert value(send("GET", "/rooms?page=1", api=api)) == {"data": [{"id": FIRST}]}
    assert value(send("GET", f"/rooms/{FIRST}", api=api)) == {"vector": "first"}
    assert send("DELETE", f"/rooms/{FIRST}", api=api).status == 204


def test_operations_and_examples_are_found_by_id_and_by_name() -> None:
    assert [each.id for each in API.contract.operations][:3] == [
        "list_rooms",
        "create_room",
        "count_rooms",
    ]
    assert API.contract.operation("delete_room").method == "DELETE"
    # Each name once, and no response without a body.
    names = [each.name for each in API.contract.examples]
    assert names == ["ok", "created", "count", "first", "second", "not-found", "updated", "in-use"]


def test_over_a_socket_a_connection_is_reused_after_any_method() -> None:
    headers = {"Authorization": CREDENTIALS, "Content-Type": "application/json"}
    room = json.dumps({"name": "x", "size": 1})
    calls = [
        ("POST", "/rooms", room, 201),
        ("HEAD", f"/rooms/{FIRST}", None, 200),
        ("HEAD", f"/rooms/{UNKNOWN}", None, 404),
        ("DELETE", f"/rooms/{FIRST}", None, 204),
        ("DELETE", "/rooms", None, 405),
        ("GET", f"/rooms/{FIRST}", None, 200),
    ]
    with MockServer(API) as server:
        connection = http.client.HTTPConnection(server.host, timeout=10)
        connection.connect()
        socket = connection.sock
        for method, path, body, status in calls:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            assert (response.status, bool(response.read())) == (
                status,
                method != "HEAD" and status != 204,
            )
            assert connection.sock is socket
        assert response.headers["Content-Length"]
        connection.close()
