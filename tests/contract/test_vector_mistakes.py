"""Any mistake in a vector is found: by the linter, or by the client that runs the vector."""

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx
import pytest
from support.edits import Document
from support.mutations import mutations
from support.runtimes import BlockingClient
from support.servers import CONTRACT
from support.vectors import OPENAPI, Vector, assert_expected, assert_request, call, vectors

from signalwire_rest import Page, RequestOptions, RestClient, SignalWireRestContractError
from tools.contract.linting.vectors import mistakes

pytestmark = pytest.mark.apart

SCHEMA = json.loads((OPENAPI / "vector.schema.json").read_text("utf-8"))
VECTORS = {each["name"]: each for each in vectors()}


@cache
def exchange(vector: str) -> tuple[Any, list[httpx.Request], Any]:
    """Make the call of a vector in memory; return the result, the requests and the next page."""
    read: Vector = json.loads(vector)
    requests: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        body = "\n".join(read["response"]["body"]).encode()
        if len(requests) > 1:
            body = b'{"links": {"self": "/", "first": "/"}, "data": []}'
        headers = read["response"]["headers"]
        return httpx.Response(read["response"]["status"], headers=headers, content=body)

    with (
        httpx.Client(transport=httpx.MockTransport(respond), trust_env=False) as http_client,
        RestClient(
            **read["request"]["credentials"],
            host="example.signalwire.com",
            http_client=http_client,
            request_options=RequestOptions(retries=0),
        ) as client,
    ):
        outcome = call(BlockingClient(client), read)
        following: Any = None
        if isinstance(outcome, Page):
            try:
                following = {"query": {}} if outcome.next_page() else "end"
            except SignalWireRestContractError:
                following = "refused"
        if len(requests) > 1:
            following = {"query": dict(requests[1].url.params)}
    return outcome, requests, following


@pytest.fixture(autouse=True)
def _fresh_exchanges() -> None:
    """Waits are relative to now, so a result is known for one test."""
    exchange.cache_clear()


def has_mistake(name: str, vector: Vector) -> bool:
    # The client is told what to send and what comes back, and nothing else.
    told = ("arguments", "fields", "credentials")
    try:
        request = {key: each for key, each in vector["request"].items() if key in told}
        known = {key: vector[key] for key in ("operation", "response")}
        outcome, (sent, *_), following = exchange(json.dumps({**known, "request": request}))
        target = sent.url.raw_path.decode()
        assert_request(vector, sent.method, target, sent.headers, sent.content)
        assert_expected(vector, outcome)
        assert vector["expect"].get("next") == following
    except (AssertionError, AttributeError, LookupError, TypeError, ValueError):
        return True
    return any(mistakes(CONTRACT.document, SCHEMA, name, vector))


def values(vector: Document) -> Document:
    expected: Document = vector["expect"]["values"]
    return expected


def error(vector: Document) -> Document:
    expected: Document = vector["expect"]["error"]
    return expected


def arguments(vector: Document) -> Document:
    given: Document = vector["request"]["arguments"]
    return given


def fields(vector: Document) -> Document:
    given: Document = vector["request"]["fields"]
    return given


def send(vector: Document, **changes: Any) -> None:
    """Change a field and what is sent for it alike."""
    fields(vector).update(changes)
    vector["request"]["body"].update(changes)


def reverse(node: Document) -> None:
    items = list(node.items())
    node.clear()
    node.update(reversed(items))


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("documented", lambda v: v.update(name="other")),
        ("documented", lambda v: v["request"].update(path="/api/video/x")),
        ("documented", lambda v: v["request"].update(query={})),
        ("documented", lambda v: v["request"].update(method="POST")),
        ("documented", lambda v: v["request"]["credentials"].update(token="x")),
        ("documented", lambda v: v["response"].update(status=404)),
        ("documented", lambda v: v["response"]["body"].pop()),
        ("documented", lambda v: v["response"].update(more=1)),
        ("documented", lambda v: v["expect"].update(model="ActiveSession")),
        ("documented", lambda v: values(v).pop("meta")),
        ("documented", lambda v: values(v)["quality"].update(constant="P1080")),
        ("documented", lambda v: values(v)["created_at"].update(value="2022-01-01T10:00:01Z")),
        ("documented", lambda v: values(v)["enable_chat"].update(value=1)),
        ("documented", lambda v: values(v).update(room={"kind": "absent"})),
        ("session-absent", lambda v: values(v).update(name={"kind": "absent"})),
        ("session-absent", lambda v: values(v).update({"meta.x": {"kind": "absent"}})),
        ("not-found", lambda v: error(v).update(kind="permission")),
        ("not-found", lambda v: error(v).update(message="Gone")),
        ("not-found", lambda v: error(v).update(at=None)),
        ("not-found", lambda v: v["response"].update(body=["{}"])),
        ("unprocessable-entity-twice", lambda v: error(v)["entries"].reverse()),
        ("too-many-requests-seconds", lambda v: error(v).update(wait={"seconds": 1})),
        ("too-many-requests-date", lambda v: error(v).update(wait={"seconds": 0})),
        ("invalid-date-time", lambda v: error(v).update(at="join_until")),
        ("invalid-date-time", lambda v: error(v).update(at=None)),
        ("create-every-field", lambda v: fields(v).update(enable_chat=True)),
        ("create-every-field", lambda v: fields(v).update(colour="red")),
        ("create-every-field", lambda v: send(v, size=7)),
        ("create-required-fields", lambda v: send(v, display_name=7)),
        ("create-required-fields", lambda v: v["request"].pop("body")),
        ("create-times-with-offsets", lambda v: v["request"].update(body=fields(v))),
        ("list-every-filter", lambda v: arguments(v).update(page_size="3")),
        ("list-every-filter", lambda v: reverse(arguments(v))),
        ("list-every-filter", lambda v: v["request"]["query"].pop("ends_before")),
        ("get-stream", lambda v: v["request"].update(body={}, fields={})),
        ("get-token", lambda v: v["response"].update(body=[], status=204)),
        ("delete-stream", lambda v: v["response"].update(body=["{}"])),
        ("delete-stream", lambda v: v["expect"].update(model="Stream")),
        ("tokens-first-page", lambda v: v["expect"].update(next="end")),
        ("tokens-third-page", lambda v: v["expect"].pop("next")),
        ("tokens-first-page", lambda v: values(v)["data"].update(length=2)),
        ("tokens-first-page", lambda v: values(v).pop("data[2].scopes[1]")),
        ("next-other-host", lambda v: v["expect"].update(next={"query": {}})),
        ("tokens-number-for-text", lambda v: error(v).update(at="data[0].token")),
        ("no-content", lambda v: error(v).update(at="join_until")),
    ],
)
def test_a_mistake_is_found(name: str, edit: Callable[[Document], Any]) -> None:
    vector = copy.deepcopy(VECTORS[name])
    edit(vector)

    assert has_mistake(name, vector)


@pytest.mark.parametrize("name", VECTORS)
def test_every_mutation_of_a_vector_is_found(name: str) -> None:
    assert not has_mistake(name, VECTORS[name])

    accepted = [
        what for what, changed in mutations(VECTORS[name]) if not has_mistake(name, changed)
    ]

    assert accepted == []
