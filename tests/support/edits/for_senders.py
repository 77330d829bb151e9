"""Edits that break clients that send requests."""

from support.edits.edit import PATH, Document, edit, operation, rename_key


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
