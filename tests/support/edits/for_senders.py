"""Edits that break clients that send requests."""

from support.edits.edit import (
    PATH,
    Document,
    edit,
    operation,
    parameter,
    properties,
    rename_key,
    schema,
)


@edit(sender="major")
def an_optional_parameter_made_required(document: Document) -> None:
    parameter(document, 1)["required"] = True


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
    parameter(document, 1)["name"] = "active_session"


@edit(sender="major")
def a_path_parameter_renamed(document: Document) -> None:
    parameter(document, 0)["name"] = "conference_id"
    rename_key(document["paths"], PATH, "/api/video/conferences/{conference_id}")


@edit(sender="major")
def the_type_of_a_parameter_changed(document: Document) -> None:
    parameter(document, 1)["schema"]["type"] = "string"


@edit(sender="major")
def the_format_of_a_parameter_dropped(document: Document) -> None:
    del parameter(document, 0)["schema"]["format"]


@edit(sender="major")
def a_default_given_to_a_parameter(document: Document) -> None:
    parameter(document, 1)["schema"]["default"] = False


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
def another_server_put_first(document: Document) -> None:
    document["servers"].insert(0, {"url": "https://{space}.ie1.signalwire.com"})


@edit(sender="major")
def the_default_of_a_server_variable_changed(document: Document) -> None:
    document["servers"][0]["variables"]["space"]["default"] = "sample"


@edit(sender="major")
def a_server_variable_limited_to_some_values(document: Document) -> None:
    document["servers"][0]["variables"]["space"]["enum"] = ["example"]


@edit(sender="major")
def the_tag_of_the_operation_renamed(document: Document) -> None:
    document["tags"][0]["name"] = "meetings"
    operation(document)["tags"] = ["meetings"]


@edit(reader="major", sender="major")
def the_operation_id_renamed(document: Document) -> None:
    operation(document)["operationId"] = "read_conference"


@edit(reader="major", sender="major")
def the_operation_removed(document: Document) -> None:
    del document["paths"][PATH]


@edit(sender="major")
def a_required_body_field_added(document: Document) -> None:
    properties(document, "CreateStreamRequest")["kind"] = {"type": "string", "description": "New."}
    schema(document, "CreateStreamRequest")["required"].append("kind")


@edit(sender="major")
def a_body_field_made_required(document: Document) -> None:
    schema(document, "UpdateConferenceRequest")["required"] = ["display_name"]


@edit(sender="major")
def a_body_field_removed(document: Document) -> None:
    properties(document, "UpdateConferenceRequest").pop("enable_chat")


@edit(sender="major")
def the_type_of_a_body_field_changed(document: Document) -> None:
    properties(document, "CreateConferenceRequest")["enable_chat"]["type"] = "string"


@edit(sender="major")
def a_request_body_added(document: Document) -> None:
    reset = document["paths"]["/api/video/conference_tokens/{id}/reset"]["post"]
    reset["requestBody"] = {"$ref": "#/components/requestBodies/UpdateStream"}


@edit(sender="major")
def a_shared_required_parameter_added(document: Document) -> None:
    document["components"]["parameters"]["Fields"] = {
        "name": "fields",
        "in": "query",
        "required": True,
        "schema": {"type": "string"},
    }
    operation(document)["parameters"].append({"$ref": "#/components/parameters/Fields"})


@edit(sender="major")
def an_operation_given_a_shared_required_parameter(document: Document) -> None:
    creation = document["paths"]["/api/video/conferences"]["post"]
    creation["parameters"] = [{"$ref": "#/components/parameters/StreamId"}]


@edit(sender="major")
def a_path_given_a_shared_required_parameter(document: Document) -> None:
    item = document["paths"]["/api/video/conferences"]
    item["parameters"] = [{"$ref": "#/components/parameters/StreamId"}]
