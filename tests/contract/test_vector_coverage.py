"""The vectors cover every property, enum value, error and header form of the contract."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from support.servers import CONTRACT
from support.vectors import OPENAPI, Vector, of_operation, vectors

from signalwire_rest_mock import Operation

VECTORS = list(vectors())
VECTOR_SCHEMA = json.loads((OPENAPI / "vector.schema.json").read_text("utf-8"))
SCHEMAS: dict[str, Any] = CONTRACT.document["components"]["schemas"]
SUCCESSES = [each for each in VECTORS if "model" in each["expect"]]
CONFERENCES = [each for each in SUCCESSES if each["expect"]["model"] == "Conference"]
ERRORS = [each for each in VECTORS if "error" in each["expect"]]
# The location of each model in a response.
PREFIXES = {"Conference": "", "ActiveSession": "active_session."}


def expected_at(path: str) -> Iterator[dict[str, Any]]:
    """Yield what the vectors expect at a path of the response."""
    for vector in CONFERENCES:
        if path in vector["expect"]["values"]:
            yield vector["expect"]["values"][path]


def properties() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield model, name, path and schema of every property that the contract's example shows.

    So a new property needs vectors once it is part of the example, and not before.
    """
    shown = CONTRACT.example("documented").value
    for model, prefix in PREFIXES.items():
        for name in shown["active_session"] if prefix else shown:
            yield model, name, f"{prefix}{name}", SCHEMAS[model]["properties"][name]


def enum_of(schema: dict[str, Any]) -> str | None:
    names = [each["$ref"].rpartition("/")[2] for each in schema.get("anyOf", ()) if "$ref" in each]
    return next((name for name in names if "enum" in SCHEMAS[name]), None)


EVERY_PROPERTY = list(properties())
each_property = pytest.mark.parametrize(
    ("model", "name", "path", "schema"), EVERY_PROPERTY, ids=[each[2] for each in EVERY_PROPERTY]
)


@each_property
def test_every_property_is_present_null_and_absent_where_possible(
    model: str, name: str, path: str, schema: dict[str, Any]
) -> None:
    expected = {"value"}
    if "null" in schema.get("type", ()) or {"type": "null"} in schema.get("anyOf", ()):
        expected.add("null")
    if name not in SCHEMAS[model].get("required", ()):
        expected.add("absent")

    kinds = {each["kind"] for each in expected_at(path)}

    assert {kind if kind in ("null", "absent") else "value" for kind in kinds} == expected


@pytest.mark.parametrize(
    "path", [p for _, _, p, s in EVERY_PROPERTY if "boolean" in s.get("type", ())]
)
def test_every_boolean_is_true_and_false(path: str) -> None:
    values = {each["value"] for each in expected_at(path) if each["kind"] == "boolean"}

    assert values == {True, False}


@pytest.mark.parametrize("path", [p for _, _, p, s in EVERY_PROPERTY if enum_of(s)])
def test_every_open_enum_has_known_and_unknown_values(path: str) -> None:
    assert {"constant", "kept-value"} <= {each["kind"] for each in expected_at(path)}


@pytest.mark.parametrize("enum", [name for name, each in SCHEMAS.items() if "enum" in each])
def test_every_constant_is_covered(enum: str) -> None:
    expected = [each for v in SUCCESSES for each in v["expect"]["values"].values()]
    found = {(e["constant"], e["value"]) for e in expected if e.get("enum") == enum and len(e) == 4}

    schema = SCHEMAS[enum]
    assert found == set(zip(schema["x-enum-varnames"], schema["enum"], strict=True))


def test_every_model_keeps_an_unknown_property() -> None:
    kept = {
        path.rpartition(".")[0]
        for vector in CONFERENCES
        for path, each in vector["expect"]["values"].items()
        if each["kind"] == "kept-property"
    }

    assert kept == {prefix.rstrip(".") for prefix in PREFIXES.values()}


def test_sessions_are_absent_null_running_and_completed() -> None:
    states = {each["kind"] for each in expected_at("active_session")}
    statuses = {each.get("constant") for each in expected_at("active_session.status")}

    assert states == {"absent", "null", "model"}
    assert {"IN_PROGRESS", "COMPLETED"} <= statuses


def test_every_value_of_the_argument_is_covered() -> None:
    vectors = of_operation("get_video_conference")
    values = {each["request"]["arguments"]["include_active_session"] for each in vectors}

    assert values == {None, True, False}


def test_every_example_has_a_vector_with_its_name() -> None:
    found = {each["name"]: each for each in VECTORS}

    for example in CONTRACT.operation("get_video_conference").examples:
        vector = found[example.name]
        assert vector["response"]["status"] == example.status
        assert vector["request"]["arguments"]["id"] == example.id


def test_every_documented_status_and_error_kind_is_covered() -> None:
    operation = CONTRACT.document["paths"]["/api/video/conferences/{id}"]["get"]
    documented = {int(status) for status in operation["responses"]} - {200}
    kinds = VECTOR_SCHEMA["$defs"]["failure"]["properties"]["error"]["properties"]["kind"]["enum"]

    assert documented <= {each["expect"]["error"]["status"] for each in ERRORS}
    assert {each["expect"]["error"]["kind"] for each in ERRORS} == set(kinds)


def test_validation_errors_vary_in_entries_and_attributes() -> None:
    found = [
        each["expect"]["error"]["entries"] for each in ERRORS if each["response"]["status"] == 422
    ]

    assert {min(len(entries), 2) for entries in found} == {1, 2}
    assert {type(each["attribute"]) for entries in found for each in entries} == {str, type(None)}


def test_every_form_of_retry_after_is_covered() -> None:
    forms = {
        "none": "",
        "seconds": r"[1-9]\d*",
        "zero": "0",
        "HTTP date": r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT",
        "RFC 850": r"[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT",
        "asctime": r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}",
        "nonsense": r"[a-z]+",
        "a fraction": r"\d+\.\d+",
    }
    limited = [each for each in ERRORS if each["response"]["status"] == 429]
    values = [each["response"]["headers"].get("Retry-After", "") for each in limited]

    for form in forms.values():
        assert any(re.fullmatch(form, value) for value in values), form
    waits = [each["expect"]["error"]["wait"] for each in limited]
    assert {next(iter(wait), "") for wait in (each or {} for each in waits)} == {
        "",
        "seconds",
        "until",
    }


def test_success_and_error_responses_without_json_are_covered() -> None:
    for status in (200, 502, 503):
        bodies = [
            "\n".join(v["response"]["body"]) for v in ERRORS if v["response"]["status"] == status
        ]
        assert any(not body or body.startswith("<") for body in bodies), status


each_operation = pytest.mark.parametrize("operation", CONTRACT.operations, ids=lambda each: each.id)


@each_operation
def test_every_success_status_of_every_operation_is_covered(operation: Operation) -> None:
    found = [each for each in SUCCESSES if each["operation"] == operation.id]

    documented = {each.status for each in operation.examples if each.status < 300}
    assert {each["response"]["status"] for each in found} == documented


def optional_arguments(operation: Operation) -> set[str]:
    """Return the optional parameters and body fields of an operation."""
    node = CONTRACT.document["paths"][operation.path][operation.method.lower()]
    components = CONTRACT.document["components"]
    parameters = [each["$ref"].rpartition("/")[2] for each in node.get("parameters", ())]
    queries = [components["parameters"][each] for each in parameters]
    found = {each["name"] for each in queries if not each["required"]}
    if "requestBody" in node:
        body = components["requestBodies"][node["requestBody"]["$ref"].rpartition("/")[2]]
        reference = body["content"]["application/json"]["schema"]["$ref"]
        schema = SCHEMAS[reference.rpartition("/")[2]]
        found |= schema["properties"].keys() - set(schema.get("required", ()))
    return found


def given_arguments(vector: Vector) -> set[str]:
    given = {**vector["request"]["arguments"], **vector["request"].get("fields", {})}
    return {name for name, value in given.items() if value is not None}


@each_operation
def test_every_operation_is_called_with_every_optional_argument_and_with_none(
    operation: Operation,
) -> None:
    optional = optional_arguments(operation)
    given = [given_arguments(each) & optional for each in of_operation(operation.id)]

    assert optional in given
    assert set() in given


@pytest.mark.parametrize("name", ["quality", "layout", "size"])
def test_every_open_enum_is_sent_with_a_known_and_an_unknown_value(name: str) -> None:
    enum = enum_of(SCHEMAS["CreateConferenceRequest"]["properties"][name])
    known = SCHEMAS[str(enum)]["enum"]
    bodies = [each["request"].get("body", {}) for each in VECTORS]

    assert {each[name] in known for each in bodies if name in each} == {True, False}


def test_requests_have_text_beyond_ascii_and_times_with_offsets() -> None:
    sent: dict[str, list[str]] = {}
    for vector in VECTORS:
        request = vector["request"]
        for name, value in {**request["arguments"], **request.get("fields", {})}.items():
            sent.setdefault(name, []).append(str(value))

    for name in ("display_name", "description", "url", "page_token"):
        assert not all(value.isascii() for value in sent[name]), name
    for name in ("join_from", "join_until", "starts_after", "ends_before"):
        assert any(re.search(r"[+-]\d\d:\d\d$", value) for value in sent[name]), name


def test_a_walk_has_three_pages_and_ends() -> None:
    by_query = {
        tuple(each["request"]["query"].items()): each["expect"]["next"]
        for each in SUCCESSES
        if each["name"].startswith("tokens-") and each["name"].endswith("-page")
    }
    following = next(iter(sorted(by_query.items(), key=lambda each: len(each[0]))))[1]
    pages = 1
    while following != "end":
        following = by_query[tuple(following["query"].items())]
        pages += 1

    assert pages == len(by_query) == 3


def test_every_kind_of_next_link_is_covered() -> None:
    found = [each["expect"]["next"] for each in SUCCESSES if "next" in each["expect"]]

    assert {each if isinstance(each, str) else "query" for each in found} == {
        "end",
        "query",
        "refused",
    }
