"""Edits of the contract, each with the grade that it must get, for readers and for senders.

An edit changes a parsed document in place. It says nothing of the version or the change log: that
is the test's part.
"""

from collections.abc import Callable
from typing import Any

from attrs import frozen

Document = dict[str, Any]

PATH = "/api/video/conferences/{id}"


@frozen
class Edit:
    """One edit, and what the two kinds of clients feel of it: none, patch, minor or major."""

    name: str
    apply: Callable[[Document], None]
    reader: str
    sender: str

    def __str__(self) -> str:
        return self.name

    @property
    def grade(self) -> str:
        order = ("none", "patch", "minor", "major")
        return max(self.reader, self.sender, key=order.index)


EDITS: list[Edit] = []


def edit(*, reader: str = "none", sender: str = "none") -> Callable[[Callable[..., None]], None]:
    """Add a function to ``EDITS``, under its own name in words."""

    def add(apply: Callable[[Document], None]) -> None:
        EDITS.append(Edit(apply.__name__.strip("_").replace("_", " "), apply, reader, sender))

    return add


def schema(document: Document, name: str) -> Document:
    return document["components"]["schemas"][name]


def properties(document: Document, name: str = "Conference") -> Document:
    return schema(document, name)["properties"]


def operation(document: Document) -> Document:
    return document["paths"][PATH]["get"]


def rename_key(mapping: Document, old: str, new: str) -> None:
    """Rename a key and keep its place."""
    items = [(new if key == old else key, value) for key, value in mapping.items()]
    mapping.clear()
    mapping.update(items)


def rename_schema(document: Document, old: str, new: str) -> None:
    """Rename a schema, and every reference to it."""

    def follow(node: Any) -> None:
        if isinstance(node, dict) and node.get("$ref") == f"#/components/schemas/{old}":
            node["$ref"] = f"#/components/schemas/{new}"
        for child in node.values() if isinstance(node, dict) else node:
            if isinstance(child, dict | list):
                follow(child)

    rename_key(document["components"]["schemas"], old, new)
    follow(document)


# What no program feels.


@edit(reader="patch", sender="patch")
def nothing_but_a_comment_or_white_space(document: Document) -> None:
    """The YAML is written anew by every test; its comments are lost."""


@edit(reader="patch", sender="patch")
def a_description_reworded(document: Document) -> None:
    properties(document)["name"]["description"] = "The name, in other words."


@edit(reader="patch", sender="patch")
def the_summary_of_the_operation_reworded(document: Document) -> None:
    operation(document)["summary"] = "Read a conference"


@edit(reader="patch", sender="patch")
def an_example_changed(document: Document) -> None:
    document["components"]["examples"]["documented"]["value"]["name"] = "another_name"


@edit(reader="patch", sender="patch")
def the_contact_changed(document: Document) -> None:
    document["info"]["contact"]["url"] = "https://signalwire.com/docs/video"


@edit(reader="patch", sender="patch")
def properties_in_another_order(document: Document) -> None:
    rename_key(properties(document), "id", "id")
    fields = properties(document)
    fields["id"] = fields.pop("id")


@edit(reader="patch", sender="patch")
def enum_values_and_their_names_in_another_order(document: Document) -> None:
    for key in ("enum", "x-enum-varnames"):
        schema(document, "ConferenceSize")[key].reverse()


@edit(reader="patch", sender="patch")
def the_default_of_a_server_variable_changed(document: Document) -> None:
    document["servers"][0]["variables"]["space"]["default"] = "sample"


# What is added, and a client of today may leave alone.


@edit(reader="minor")
def an_optional_field_added(document: Document) -> None:
    properties(document)["waiting_room"] = {"type": "boolean", "description": "New."}


@edit(reader="minor")
def a_required_field_added(document: Document) -> None:
    properties(document)["waiting_room"] = {"type": "boolean", "description": "New."}
    schema(document, "Conference")["required"].append("waiting_room")


@edit(reader="minor")
def an_optional_field_added_to_the_session(document: Document) -> None:
    properties(document, "ActiveSession")["region"] = {"type": ["string", "null"]}


@edit(reader="minor")
def a_value_added_to_an_open_enum(document: Document) -> None:
    schema(document, "VideoQuality")["enum"].append("2160p")
    schema(document, "VideoQuality")["x-enum-varnames"].append("P2160")


@edit(reader="minor")
def a_value_added_to_an_open_enum_of_integers(document: Document) -> None:
    schema(document, "FramesPerSecond")["enum"].append(60)
    schema(document, "FramesPerSecond")["x-enum-varnames"].append("FPS_60")


@edit(reader="minor")
def an_error_status_added(document: Document) -> None:
    operation(document)["responses"]["503"] = {"$ref": "#/components/responses/NotFound"}


@edit(reader="minor")
def a_response_header_added(document: Document) -> None:
    document["components"]["headers"]["RetryAfter"] = {"schema": {"type": "string"}}
    document["components"]["responses"]["TooManyRequests"]["headers"]["Retry-After"] = {
        "$ref": "#/components/headers/RetryAfter"
    }


@edit(reader="minor")
def a_field_deprecated(document: Document) -> None:
    properties(document)["dark_primary"]["deprecated"] = True


@edit(sender="minor")
def an_operation_deprecated(document: Document) -> None:
    operation(document)["deprecated"] = True


@edit(sender="minor")
def an_optional_query_parameter_added(document: Document) -> None:
    operation(document)["parameters"].append(
        {"name": "fields", "in": "query", "required": False, "schema": {"type": "string"}}
    )


@edit(sender="minor")
def an_operation_added(document: Document) -> None:
    document["paths"]["/api/video/rooms/{id}"] = {
        "get": {
            "operationId": "get_video_room",
            "tags": ["video"],
            "parameters": [operation(document)["parameters"][0]],
            "responses": {"404": {"$ref": "#/components/responses/NotFound"}},
        }
    }


@edit(reader="minor")
def a_schema_added_that_nothing_uses_yet(document: Document) -> None:
    document["components"]["schemas"]["Room"] = {"type": "object", "properties": {}}


# What breaks clients that read.


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
            {"$ref": "#/components/schemas/ConferenceLayout"},
            {"type": "string"},
            {"type": "null"},
        ]
    }


@edit(reader="major")
def the_plain_type_put_before_the_list_of_an_open_enum(document: Document) -> None:
    properties(document)["quality"]["anyOf"].reverse()


@edit(reader="major")
def an_enum_value_removed(document: Document) -> None:
    schema(document, "ConferenceLayout")["enum"].remove("8x8")
    schema(document, "ConferenceLayout")["x-enum-varnames"].remove("GRID_8X8")


@edit(reader="major")
def an_enum_value_changed(document: Document) -> None:
    schema(document, "VideoQuality")["enum"] = ["720", "1080p"]


@edit(reader="major")
def an_enum_constant_renamed(document: Document) -> None:
    schema(document, "ConferenceLayout")["x-enum-varnames"][0] = "RESPONSIVE_GRID"


@edit(reader="major")
def the_names_of_enum_constants_dropped(document: Document) -> None:
    del schema(document, "VideoQuality")["x-enum-varnames"]


@edit(reader="major")
def two_enum_constants_that_change_their_values(document: Document) -> None:
    schema(document, "VideoQuality")["enum"].reverse()


@edit(reader="major")
def a_schema_renamed(document: Document) -> None:
    rename_schema(document, "ActiveSession", "RoomSession")


@edit(reader="major")
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
def the_media_type_changed(document: Document) -> None:
    content = document["components"]["responses"]["Conference"]["content"]
    rename_key(content, "application/json", "application/hal+json")


# What breaks clients that send.


@edit(sender="major")
def an_optional_parameter_made_required(document: Document) -> None:
    operation(document)["parameters"][1]["required"] = True


@edit(sender="major")
def a_required_query_parameter_added(document: Document) -> None:
    operation(document)["parameters"].append(
        {"name": "fields", "in": "query", "required": True, "schema": {"type": "string"}}
    )


@edit(sender="major")
def a_query_parameter_removed(document: Document) -> None:
    operation(document)["parameters"].pop()


@edit(sender="major")
def a_query_parameter_renamed(document: Document) -> None:
    operation(document)["parameters"][1]["name"] = "active_session"


@edit(sender="major")
def a_path_parameter_renamed(document: Document) -> None:
    operation(document)["parameters"][0]["name"] = "conference_id"
    rename_key(document["paths"], PATH, "/api/video/conferences/{conference_id}")


@edit(sender="major")
def the_type_of_a_parameter_changed(document: Document) -> None:
    operation(document)["parameters"][1]["schema"]["type"] = "string"


@edit(sender="major")
def the_format_of_a_parameter_dropped(document: Document) -> None:
    del operation(document)["parameters"][0]["schema"]["format"]


@edit(sender="major")
def a_default_given_to_a_parameter(document: Document) -> None:
    operation(document)["parameters"][1]["schema"]["default"] = False


@edit(sender="major")
def the_path_changed(document: Document) -> None:
    rename_key(document["paths"], PATH, "/api/v2/video/conferences/{id}")


@edit(sender="major")
def the_way_to_authenticate_changed(document: Document) -> None:
    document["components"]["securitySchemes"]["basicAuth"]["scheme"] = "bearer"


@edit(sender="major")
def the_need_to_authenticate_dropped(document: Document) -> None:
    document["security"] = []


@edit(sender="major")
def the_server_moved(document: Document) -> None:
    document["servers"][0]["url"] = "https://{space}.signalwire.example"


@edit(sender="major")
def the_tag_of_the_operation_renamed(document: Document) -> None:
    document["tags"][0]["name"] = "conferences"
    operation(document)["tags"] = ["conferences"]


@edit(reader="major", sender="major")
def the_operation_id_renamed(document: Document) -> None:
    operation(document)["operationId"] = "read_conference"


@edit(reader="major", sender="major")
def the_operation_removed(document: Document) -> None:
    del document["paths"][PATH]
