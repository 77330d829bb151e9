"""The contract is a valid document that matches the vendor's page, with valid examples."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate
from support.servers import CONTRACT

from signalwire_rest_mock import Example

DOCUMENT: Any = CONTRACT.document
OPERATION = DOCUMENT["paths"]["/api/video/conferences/{id}"]["get"]
ROOT = Path(__file__).resolve().parents[2]
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
        assert schema["description"]
        assert all(each["description"] for each in schema.get("properties", {}).values())


def test_exactly_the_fields_marked_or_null_are_nullable() -> None:
    properties = DOCUMENT["components"]["schemas"]["Conference"]["properties"]
    nullable = [name for name in PAGE_FIELDS if is_nullable(properties[name])]
    assert nullable == PAGE_NULLABLE_FIELDS
    assert is_nullable(properties["active_session"])


def is_nullable(schema: dict[str, Any]) -> bool:
    return "null" in schema.get("type", ()) or {"type": "null"} in schema.get("anyOf", ())


def schema_of(example: Example) -> dict[str, Any]:
    response = OPERATION["responses"][str(example.status)]
    name = response["$ref"].rpartition("/")[2]
    content = DOCUMENT["components"]["responses"][name]["content"]["application/json"]
    return {**content["schema"], "components": DOCUMENT["components"]}


@pytest.mark.parametrize("example", CONTRACT.examples, ids=lambda each: each.name)
def test_every_example_matches_its_schema(example: Example) -> None:
    validator = jsonschema.Draft202012Validator(
        schema_of(example), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert list(validator.iter_errors(example.value)) == []
    assert list(validator.iter_errors({**example.value, "id": 7, "error": 7, "errors": 7}))


def test_every_documented_status_has_an_example() -> None:
    documented = {int(status) for status in OPERATION["responses"]}
    assert documented == {200, 400, 401, 403, 404, 422, 429, 500}
    assert {each.status for each in CONTRACT.examples} == documented


def test_every_error_is_a_component() -> None:
    assert all(list(each) == ["$ref"] for each in OPERATION["responses"].values())


def test_example_ids_are_unique() -> None:
    assert len({each.id for each in CONTRACT.examples}) == len(CONTRACT.examples)


def test_the_change_log_begins_with_the_current_version() -> None:
    log = (ROOT / "openapi" / "CHANGELOG.md").read_text()
    found = re.search(r"^## (\S+)", log, re.MULTILINE)
    assert found
    assert found[1] == DOCUMENT["info"]["version"]
