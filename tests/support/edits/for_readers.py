"""Edits that break clients that read responses; an edit of an enum breaks senders as well."""

from support.edits.edit import (
    Document,
    edit,
    operation,
    properties,
    rename_key,
    rename_schema,
    schema,
)


@edit(reader="major")
def a_required_field_removed(document: Document) -> None:
    properties(document).pop("enable_chat")
    schema(document, "Conference")["required"].remove("enable_chat")


@edit(reader="major")
def an_optional_field_removed(document: Document) -> None:
    properties(document, "ActiveSession").pop("preview_url")


@edit(reader="major")
def a_field_renamed(document: Document) -> None:
    rename_key(properties(document, "ActiveSession"), "room_id", "room")


@edit(reader="major")
def a_required_field_made_optional(document: Document) -> None:
    schema(document, "Conference")["required"].remove("enable_chat")


@edit(reader="major")
def an_optional_field_made_required(document: Document) -> None:
    schema(document, "ActiveSession")["required"] = ["status"]


@edit(reader="major")
def a_field_made_nullable(document: Document) -> None:
    properties(document)["name"]["type"] = ["string", "null"]


@edit(reader="major")
def a_nullable_field_made_never_null(document: Document) -> None:
    properties(document)["display_name"]["type"] = "string"


@edit(reader="major")
def an_open_enum_made_never_null(document: Document) -> None:
    properties(document)["size"]["anyOf"].pop()


@edit(reader="major")
def the_session_made_never_null(document: Document) -> None:
    properties(document)["active_session"]["anyOf"].pop()


@edit(reader="major")
def the_type_of_a_field_changed(document: Document) -> None:
    properties(document, "ActiveSession")["duration"]["type"] = ["string", "null"]


@edit(reader="major")
def an_integer_widened_to_a_number(document: Document) -> None:
    properties(document, "ActiveSession")["duration"]["type"] = ["number", "null"]


@edit(reader="major")
def a_format_dropped(document: Document) -> None:
    del properties(document)["id"]["format"]


@edit(reader="major")
def a_format_added(document: Document) -> None:
    properties(document, "ActiveSession")["room_id"]["format"] = "uuid"


@edit(reader="major")
def an_open_enum_closed(document: Document) -> None:
    field = properties(document)["quality"]
    field["anyOf"] = [each for each in field["anyOf"] if each.get("type") != "string"]


@edit(reader="major")
def an_open_enum_closed_by_a_bare_reference(document: Document) -> None:
    properties(document)["quality"] = {"$ref": "#/components/schemas/VideoQuality"}


@edit(reader="major")
def a_plain_string_made_an_open_enum(document: Document) -> None:
    properties(document, "ActiveSession")["layout"] = {
        "anyOf": [
            {"$ref": "#/components/schemas/VideoLayout"},
            {"type": "string"},
            {"type": "null"},
        ]
    }


@edit(reader="major")
def the_plain_type_put_before_the_list_of_an_open_enum(document: Document) -> None:
    properties(document)["quality"]["anyOf"].reverse()


@edit(reader="major", sender="major")
def an_enum_value_removed(document: Document) -> None:
    schema(document, "VideoLayout")["enum"].remove("8x8")
    schema(document, "VideoLayout")["x-enum-varnames"].remove("GRID_8X8")


@edit(reader="major", sender="major")
def an_enum_value_changed(document: Document) -> None:
    schema(document, "VideoQuality")["enum"] = ["720", "1080p"]


@edit(reader="major", sender="major")
def an_enum_constant_renamed(document: Document) -> None:
    schema(document, "VideoLayout")["x-enum-varnames"][0] = "RESPONSIVE_GRID"


@edit(reader="major", sender="major")
def the_names_of_enum_constants_dropped(document: Document) -> None:
    del schema(document, "VideoQuality")["x-enum-varnames"]


@edit(reader="major", sender="major")
def two_enum_constants_that_change_their_values(document: Document) -> None:
    schema(document, "VideoQuality")["enum"].reverse()


@edit(reader="major")
def a_schema_renamed(document: Document) -> None:
    rename_schema(document, "ActiveSession", "RoomSession")


@edit(reader="major", sender="major")
def an_enum_schema_renamed(document: Document) -> None:
    rename_schema(document, "VideoQuality", "Resolution")


@edit(reader="major")
def a_schema_titled_otherwise_than_it_is_named(document: Document) -> None:
    schema(document, "ActiveSession")["title"] = "RoomSession"


@edit(reader="major")
def an_object_closed(document: Document) -> None:
    schema(document, "Conference")["additionalProperties"] = False


@edit(reader="major")
def free_form_data_narrowed_to_strings(document: Document) -> None:
    schema(document, "ConferenceMeta")["additionalProperties"] = {"type": "string"}


@edit(reader="major")
def an_error_status_removed(document: Document) -> None:
    del operation(document)["responses"]["422"]


@edit(reader="major")
def the_body_of_an_error_changed(document: Document) -> None:
    content = document["components"]["responses"]["NotFound"]["content"]["application/json"]
    content["schema"] = {"$ref": "#/components/schemas/ErrorList"}


@edit(reader="major")
def the_success_moved_to_another_status(document: Document) -> None:
    rename_key(operation(document)["responses"], "200", "203")


@edit(reader="major")
def a_response_header_removed(document: Document) -> None:
    del document["components"]["responses"]["NotFound"]["headers"]["X-Request-Id"]


@edit(reader="major")
def an_example_of_a_response_renamed(document: Document) -> None:
    content = document["components"]["responses"]["Conference"]["content"]["application/json"]
    rename_key(content["examples"], "documented", "as-documented")


@edit(reader="major", sender="major")
def a_constant_added_that_another_enum_has(document: Document) -> None:
    layout = schema(document, "VideoLayout")
    layout["enum"].append("large")
    layout["x-enum-varnames"].append("LARGE")


@edit(reader="major")
def an_enum_added_with_a_constant_that_another_one_has(document: Document) -> None:
    document["components"]["schemas"]["Progress"] = {
        "type": "string",
        "enum": ["in_progress"],
        "x-enum-varnames": ["INPROGRESS"],
    }


@edit(reader="major")
def the_media_type_changed(document: Document) -> None:
    content = document["components"]["responses"]["Conference"]["content"]
    rename_key(content, "application/json", "application/hal+json")
