"""Edits without an effect, and additions: existing clients keep working."""

from support.edits.edit import Document, edit, operation, properties, rename_key, schema


@edit(grade="none")
def nothing_but_a_comment_or_white_space(document: Document) -> None:
    """Every test rewrites the YAML and drops its comments."""


@edit()
def a_description_reworded(document: Document) -> None:
    properties(document)["name"]["description"] = "The name, in other words."


@edit()
def the_summary_of_the_operation_reworded(document: Document) -> None:
    operation(document)["summary"] = "Read a conference"


@edit()
def an_example_changed(document: Document) -> None:
    document["components"]["examples"]["documented"]["value"]["name"] = "another_name"


@edit()
def the_contact_changed(document: Document) -> None:
    document["info"]["contact"]["url"] = "https://signalwire.com/docs/video"


@edit()
def properties_in_another_order(document: Document) -> None:
    rename_key(properties(document), "id", "id")
    fields = properties(document)
    fields["id"] = fields.pop("id")


@edit()
def enum_values_and_their_names_in_another_order(document: Document) -> None:
    for key in ("enum", "x-enum-varnames"):
        schema(document, "ConferenceCapacity")[key].reverse()


@edit()
def an_example_added(document: Document) -> None:
    content = document["components"]["responses"]["NotFound"]["content"]["application/json"]
    content["examples"]["gone"] = {"value": {"error": "Gone"}}


@edit(reader="minor")
def an_optional_field_added(document: Document) -> None:
    properties(document)["lobby"] = {"type": "boolean", "description": "New."}


@edit(reader="minor")
def a_required_field_added(document: Document) -> None:
    properties(document)["lobby"] = {"type": "boolean", "description": "New."}
    schema(document, "Conference")["required"].append("lobby")


@edit(reader="minor")
def an_optional_field_added_to_the_session(document: Document) -> None:
    properties(document, "ActiveSession")["region"] = {"type": ["string", "null"]}


@edit(reader="minor", sender="minor")
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
    parameters = document["components"]["parameters"]
    parameters["RoomId"] = {**parameters["StreamId"], "description": "The room's ID."}
    document["paths"]["/api/video/rooms/{id}"] = {
        "get": {
            "operationId": "get_video_room",
            "tags": ["conferences"],
            "parameters": [{"$ref": "#/components/parameters/RoomId"}],
            "responses": {"404": {"$ref": "#/components/responses/NotFound"}},
        }
    }


@edit(sender="minor")
def an_optional_parameter_put_first(document: Document) -> None:
    parameters = document["paths"]["/api/video/conferences"]["get"]["parameters"]
    parameters.insert(0, {"name": "fields", "in": "query", "schema": {"type": "string"}})


@edit(sender="minor")
def an_operation_given_its_first_parameter(document: Document) -> None:
    creation = document["paths"]["/api/video/conferences"]["post"]
    creation["parameters"] = [{"$ref": "#/components/parameters/IncludeActiveSession"}]


@edit()
def components_added_that_nothing_uses_yet(document: Document) -> None:
    text = {"type": "string"}
    for kind, component in {
        "schemas": {"type": "object", "properties": {}},
        "responses": {"description": "Unused."},
        "parameters": {"name": "fields", "in": "query", "required": True, "schema": text},
        "headers": {"schema": text},
        "requestBodies": {"content": {"application/json": {"schema": text}}},
        "securitySchemes": {"type": "http", "scheme": "bearer"},
    }.items():
        document["components"][kind]["Unused"] = component


@edit(sender="minor")
def an_optional_body_field_added(document: Document) -> None:
    field = {"type": "string", "description": "New."}
    properties(document, "UpdateConferenceRequest")["kind"] = field
