"""The contract is a valid document that matches the vendor's page, with valid examples."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate
from support.servers import CONTRACT

from signalwire_rest_mock import Example, Operation

DOCUMENT: Any = CONTRACT.document
ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = {
    "GET /api/video/conferences": "list_video_conferences",
    "POST /api/video/conferences": "create_video_conference",
    "GET /api/video/conferences/{id}": "get_video_conference",
    "PUT /api/video/conferences/{id}": "update_video_conference",
    "DELETE /api/video/conferences/{id}": "delete_video_conference",
    "GET /api/video/conferences/{id}/conference_tokens": "list_conference_tokens",
    "GET /api/video/conferences/{id}/streams": "list_conference_streams",
    "POST /api/video/conferences/{id}/streams": "create_conference_stream",
    "GET /api/video/conference_tokens/{id}": "get_conference_token",
    "POST /api/video/conference_tokens/{id}/reset": "reset_conference_token",
    "GET /api/video/streams/{id}": "get_stream",
    "PUT /api/video/streams/{id}": "update_stream",
    "DELETE /api/video/streams/{id}": "delete_stream",
}
# In the order of the vendor's page, without active_session.
PAGE_FIELDS = """
id name display_name description join_from join_until quality layout size record_on_start
tone_on_entry_and_exit user_join_video_off room_join_video_off enable_chat enable_room_previews
dark_primary dark_background dark_foreground dark_success dark_negative light_primary
light_background light_foreground light_success light_negative meta created_at updated_at
""".split()
# The fields that the page marks "or null".
PAGE_NULLABLE_FIELDS = """
display_name description join_from join_until size enable_room_previews dark_primary
dark_background dark_foreground dark_success dark_negative light_primary light_background
light_foreground light_success light_negative meta
""".split()
# The page's example and the vendor's documentation of a session.
SESSION_FIELDS = """
id room_id name display_name join_from join_until remove_at remove_after_seconds_elapsed layout
max_members fps quality start_time end_time duration status record_on_start enable_room_previews
preview_url audio_video_sync
""".split()


def test_the_document_is_a_valid_openapi_3_1_document() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    validate(DOCUMENT)


def test_every_field_of_the_page_is_documented() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    conference, session = schemas["Conference"], schemas["ActiveSession"]
    assert conference["required"] == PAGE_FIELDS
    assert {*PAGE_FIELDS, "active_session"} <= set(conference["properties"])
    assert set(SESSION_FIELDS) <= set(session["properties"])
    assert "required" not in session
    for schema in schemas.values():
        assert schema["description"].strip()
        properties = schema.get("properties", {}).values()
        assert all(each.get("$ref") or each["description"].strip() for each in properties)


def test_exactly_the_fields_marked_or_null_are_nullable() -> None:
    properties = DOCUMENT["components"]["schemas"]["Conference"]["properties"]
    nullable = [name for name in PAGE_FIELDS if is_nullable(properties[name])]
    assert nullable == PAGE_NULLABLE_FIELDS
    assert is_nullable(properties["active_session"])


def is_nullable(schema: dict[str, Any]) -> bool:
    return "null" in schema.get("type", ()) or {"type": "null"} in schema.get("anyOf", ())


def component(reference: dict[str, Any]) -> Any:
    _, _, kind, name = reference["$ref"].split("/")
    return DOCUMENT["components"][kind][name]


def schema_of(operation: Operation, example: Example) -> dict[str, Any]:
    responses = DOCUMENT["paths"][operation.path][operation.method.lower()]["responses"]
    content = component(responses[str(example.status)])["content"]["application/json"]
    return {**content["schema"], "components": DOCUMENT["components"]}


def mutations(schema: dict[str, Any], value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield copies of a value with one mistake each: another type, or a required part missing."""
    schema = component(schema) if "$ref" in schema else schema
    members = [component(each) for each in schema.get("anyOf", ()) if "$ref" in each]
    if isinstance(value, dict) and members:
        (schema,) = members
    yield f"{at}: another type", "a text" if isinstance(value, list) else ["a list"]
    for name in schema.get("required", ()) if isinstance(value, dict) else ():
        yield f"{at}: no {name}", {key: each for key, each in value.items() if key != name}
    parts = value.items() if isinstance(value, dict) else ()
    for name, each in enumerate(value) if isinstance(value, list) else parts:
        inner = schema.get("items") or schema.get("properties", {}).get(name)
        for mistake, wrong in mutations(inner, each, f"{at}.{name}") if inner else ():
            changed = copy.copy(value)
            changed[name] = wrong
            yield mistake, changed


@pytest.mark.parametrize(
    ("operation", "example"),
    [(each, example) for each in CONTRACT.operations for example in each.examples],
    ids=str,
)
def test_every_example_matches_its_schema_and_no_mutation_of_it_does(
    operation: Operation, example: Example
) -> None:
    if example.status == 204:
        assert not example.has_body
        return
    validator = jsonschema.Draft202012Validator(
        schema_of(operation, example),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    assert list(validator.iter_errors(example.value)) == []
    for mistake, wrong in mutations(schema_of(operation, example), example.value):
        assert list(validator.iter_errors(wrong)), mistake


@pytest.mark.parametrize("operation", CONTRACT.operations, ids=lambda each: each.id)
def test_every_documented_status_has_an_example(operation: Operation) -> None:
    responses = DOCUMENT["paths"][operation.path][operation.method.lower()]["responses"]
    documented = {int(status) for status in responses}
    success = {"DELETE": {204}, "GET": {200}, "PUT": {200}}.get(operation.method, {200, 201})
    success -= {201} if operation.path.endswith("/reset") else set()
    errors = {400, 401, 403, 422, 429, 500} | ({404} if "{id}" in operation.path else set())
    assert documented == success | errors
    assert {each.status for each in operation.examples} == documented
    assert all(list(each) == ["$ref"] for each in responses.values())


def test_the_operations_are_those_of_the_vendor() -> None:
    assert {f"{each.method} {each.path}": each.id for each in CONTRACT.operations} == OPERATIONS


@pytest.mark.parametrize("operation", CONTRACT.operations, ids=lambda each: each.id)
def test_the_tag_of_an_operation_is_the_first_segment_of_its_path(operation: Operation) -> None:
    found = DOCUMENT["paths"][operation.path][operation.method.lower()]
    assert found["tags"] == [operation.path.split("/")[3]]


def test_no_operation_lists_a_parameter_or_a_body_without_an_example() -> None:
    for parameter in DOCUMENT["components"]["parameters"].values():
        assert "example" in parameter
    for body in DOCUMENT["components"]["requestBodies"].values():
        assert body["required"] is True
        assert body["content"]["application/json"]["examples"]


def test_example_ids_are_unique() -> None:
    assert len({each.id for each in CONTRACT.examples}) == len(CONTRACT.examples)


def test_the_change_log_begins_with_the_current_version() -> None:
    log = (ROOT / "openapi" / "CHANGELOG.md").read_text()
    found = re.search(r"^## (\S+)", log, re.MULTILINE)
    assert found
    assert found[1] == DOCUMENT["info"]["version"]
