"""Mistakes in a vector are found, and so are checks that accept mutated vectors."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from support.edits import Document

from tools import OPENAPI
from tools.contract.document import parse
from tools.contract.vectors import checker

CONTRACT = parse((OPENAPI / "openapi.yaml").read_text("utf-8"))
SCHEMA = json.loads((OPENAPI / "vector.schema.json").read_text("utf-8"))
VECTORS = checker.load(OPENAPI)
CHECKER = checker.Checker(CONTRACT, SCHEMA)


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
    ("name", "edit", "message"),
    [
        ("documented", lambda v: v.update(name="other"), "name must be the file's, documented"),
        ("documented", lambda v: v["request"].update(path="/api/video/x"), "request.path"),
        ("documented", lambda v: v["request"].update(query={}), "request.query"),
        ("documented", lambda v: v["request"].update(method="POST"), "request.method"),
        ("documented", lambda v: v["request"]["credentials"].update(token="x"), "request.headers"),
        ("documented", lambda v: v["response"].update(status=404), "no such success"),
        ("documented", lambda v: v["response"]["body"].pop(), "no such success"),
        ("documented", lambda v: v["response"].update(more=1), "more"),
        ("documented", lambda v: v["expect"].update(model="ActiveSession"), "expect.model"),
        ("documented", lambda v: values(v).pop("meta"), "meta"),
        ("documented", lambda v: values(v)["quality"].update(constant="P1080"), "quality"),
        ("documented", lambda v: values(v)["created_at"].update(value="2022-01-01T10:00:01Z"), "c"),
        ("documented", lambda v: values(v)["enable_chat"].update(value=1), "enable_chat"),
        ("documented", lambda v: values(v).update(room={"kind": "absent"}), "room"),
        ("session-absent", lambda v: values(v).update(name={"kind": "absent"}), "name"),
        ("session-absent", lambda v: values(v).update({"meta.x": {"kind": "absent"}}), "meta.x"),
        ("not-found", lambda v: error(v).update(kind="permission"), "expect.error.kind"),
        ("not-found", lambda v: error(v).update(message="Gone"), "expect.error.message"),
        ("not-found", lambda v: error(v).update(at=None), "at"),
        ("not-found", lambda v: v["response"].update(body=["{}"]), "does not match the schema"),
        ("unprocessable-entity-twice", lambda v: error(v)["entries"].reverse(), "entries"),
        ("too-many-requests-seconds", lambda v: error(v).update(wait={"seconds": 1}), "wait"),
        ("too-many-requests-date", lambda v: error(v).update(wait={"seconds": 0}), "wait"),
        ("invalid-date-time", lambda v: error(v).update(at="join_until"), "fault is not at"),
        ("invalid-date-time", lambda v: error(v).update(at=None), "must name a property"),
        ("create-every-field", lambda v: fields(v).update(enable_chat=True), "request.body"),
        ("create-every-field", lambda v: fields(v).update(colour="red"), "colour"),
        ("create-every-field", lambda v: send(v, size=7), "does not allow"),
        ("create-required-fields", lambda v: send(v, display_name=7), "does not allow"),
        ("create-required-fields", lambda v: v["request"].pop("body"), "request.body"),
        ("create-times-with-offsets", lambda v: v["request"].update(body=fields(v)), "body"),
        ("list-every-filter", lambda v: arguments(v).update(page_size="3"), "does not allow 3"),
        ("list-every-filter", lambda v: reverse(arguments(v)), "in the order of the contract"),
        ("list-every-filter", lambda v: v["request"]["query"].pop("ends_before"), "query"),
        ("get-stream", lambda v: v["request"].update(body={}, fields={}), "body must be None"),
        ("get-token", lambda v: v["response"].update(body=[], status=204), "no such success"),
        ("delete-stream", lambda v: v["response"].update(body=["{}"]), "no such success"),
        ("delete-stream", lambda v: v["expect"].update(model="Stream"), "must be null"),
        ("tokens-first-page", lambda v: v["expect"].update(next="end"), "expect.next"),
        ("tokens-third-page", lambda v: v["expect"].pop("next"), "expect.next"),
        ("tokens-first-page", lambda v: values(v)["data"].update(length=2), "values: data"),
        ("tokens-first-page", lambda v: values(v).pop("data[2].scopes[1]"), "data[2].scopes[1]"),
        ("next-other-host", lambda v: v["expect"].update(next={"query": {}}), "must be refused"),
        ("tokens-number-for-text", lambda v: error(v).update(at="data[0].token"), "fault is not"),
        ("no-content", lambda v: error(v).update(at="join_until"), "fault is not at"),
    ],
)
def test_a_mistake_is_found(name: str, edit: Callable[[Document], Any], message: str) -> None:
    vector = copy.deepcopy(VECTORS[name])
    edit(vector)

    assert any(message in each for each in CHECKER.mistakes(name, vector))


def test_a_check_that_accepts_a_mutation_is_found() -> None:
    class Lenient(checker.Checker):
        """Does not check errors."""

        def _error(self, response: Document, body: Any) -> Document:
            return {}

    lenient = Lenient(CONTRACT, SCHEMA)

    found = {each.rule for each in lenient.violations({"not-found": VECTORS["not-found"]})}

    assert found == {"checks-reject-mutated-vectors"}
