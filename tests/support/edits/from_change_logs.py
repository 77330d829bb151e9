"""Twenty changes of public contracts, made to this one, each with the reason for its grade.

They were graded by hand before the tool graded them. The names are those of the change logs of
GitHub (REST API 2026-03-10), Stripe (stripe-python), DigitalOcean (godo) and Twilio (twilio-oai).
"""

from support.edits.edit import (
    Document,
    edit,
    operation,
    properties,
    rename_key,
    rename_schema,
    schema,
)

STREAM = "/api/video/streams/{id}"
STREAMS = "/api/video/conferences/{id}/streams"


@edit(reader="major")
def a_deletion_done_in_the_background(document: Document) -> None:
    """GitHub: 204 became 202. A client built for 204 takes 202 for an undocumented status."""
    rename_key(
        document["paths"]["/api/video/conferences/{id}"]["delete"]["responses"], "204", "202"
    )


@edit(reader="major", sender="major")
def two_enum_values_merged_into_one(document: Document) -> None:
    """GitHub: `javascript` and `typescript` became one value. Two constants no longer exist."""
    layout = schema(document, "VideoLayout")
    layout["enum"][:2] = ["grid"]
    layout["x-enum-varnames"][:2] = ["GRID"]


@edit(reader="major")
def a_list_of_texts_made_a_list_of_objects(document: Document) -> None:
    """GitHub: `emails` holds objects. The type of the items changes, on the wire and in code."""
    document["components"]["schemas"]["TokenScope"] = {
        "type": "object",
        "description": "A permission.",
        "required": ["name"],
        "properties": {"name": {"type": "string", "description": "Its name."}},
    }
    scopes = properties(document, "ConferenceToken")["scopes"]
    scopes["items"] = {"$ref": "#/components/schemas/TokenScope"}


@edit(reader="minor")
def a_field_added_wherever_an_object_is_embedded(document: Document) -> None:
    """GitHub: `client_id` is in each response with an app. Readers ignore what they do not know."""
    properties(document, "PaginationLinks")["last"] = {
        "type": "string",
        "description": "Last page.",
    }


@edit(reader="major")
def a_text_made_a_closed_enum(document: Document) -> None:
    """Stripe 8.1.0: `status` of a reader is a Literal. The type of the field changes in code."""
    document["components"]["schemas"]["StreamType"] = {
        "type": "string",
        "description": "The known types.",
        "enum": ["rtmp", "rtmps"],
        "x-enum-varnames": ["RTMP", "RTMPS"],
    }
    properties(document, "Stream")["stream_type"] = {
        "description": "The type of the stream.",
        "anyOf": [{"$ref": "#/components/schemas/StreamType"}, {"type": "null"}],
    }


@edit(sender="major")
def query_parameters_replaced_by_one(document: Document) -> None:
    """Stripe 14.0.0: `created` took over from `gt`, `lt`. Calls with the old ones do not build."""
    parameters = document["paths"]["/api/video/conferences"]["get"]["parameters"]
    parameters[:2] = [{"name": "joinable", "in": "query", "schema": {"type": "string"}}]


@edit(sender="major")
def a_body_field_widened_to_text_or_object(document: Document) -> None:
    """Stripe 7.13.0: details instead of an id. Old requests are valid, but typed code changes."""
    document["components"]["schemas"]["StreamServer"] = {
        "type": "object",
        "description": "The address of a server.",
        "properties": {"host": {"type": "string", "description": "Its host name."}},
    }
    properties(document, "CreateStreamRequest")["url"] = {
        "description": "The address.",
        "anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/StreamServer"}],
    }


@edit(reader="minor", sender="minor")
def a_resource_added_with_its_first_operation(document: Document) -> None:
    """Stripe 7.12.0: `CustomerSession` and its `create`. Nothing that exists changes."""
    components = document["components"]
    text = {"type": "string", "description": "A text."}
    for name in ("Knock", "CreateKnockRequest"):
        components["schemas"][name] = {
            "type": "object",
            "description": "A request to be admitted.",
            "required": ["who"],
            "properties": {"who": text},
        }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Knock"}}}
    components["responses"]["Knock"] = {"description": "The new one.", "content": content}
    components["requestBodies"]["CreateKnock"] = {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/CreateKnockRequest"}}
        },
    }
    document["paths"]["/api/video/knocks"] = {
        "post": {
            "operationId": "create_knock",
            "tags": ["conferences"],
            "requestBody": {"$ref": "#/components/requestBodies/CreateKnock"},
            "responses": {
                "201": {"$ref": "#/components/responses/Knock"},
                "401": {"$ref": "#/components/responses/Unauthorized"},
            },
        }
    }


@edit(reader="major")
def an_integer_made_wider(document: Document) -> None:
    """DigitalOcean 1.127.0: int64 instead of int32. Its type changes in Go, Java and Rust."""
    properties(document, "Stream")["width"]["format"] = "int64"


@edit(sender="minor")
def a_list_given_parameters_of_other_lists(document: Document) -> None:
    """DigitalOcean 1.141.0: a list takes `region` too. Requests without it stay valid."""
    document["paths"][STREAMS]["get"]["parameters"] += [
        {"$ref": f"#/components/parameters/{name}"}
        for name in ("PageNumber", "PageSize", "PageToken")
    ]


@edit(reader="major", sender="major")
def a_resource_renamed_throughout(document: Document) -> None:
    """DigitalOcean 1.141.0: a resource got another name. Paths, ids and classes change with it."""
    rename_schema(document, "Stream", "Broadcast")
    rename_key(document["paths"], STREAM, "/api/video/broadcasts/{id}")
    for each in document["paths"]["/api/video/broadcasts/{id}"].values():
        each["operationId"] = each["operationId"].replace("stream", "broadcast")
        each["tags"] = ["broadcasts"]
    document["tags"][2]["name"] = "broadcasts"


@edit(reader="major")
def enum_values_in_capitals_under_the_same_constants(document: Document) -> None:
    """Twilio 2.1.13: a status in upper case. The constants no longer match what is compared."""
    status = schema(document, "SessionStatus")
    status["enum"] = [each.upper() for each in status["enum"]]


@edit(sender="major")
def a_request_sent_in_another_media_type(document: Document) -> None:
    """Twilio 2.1.12: the media type of a request changed. The server may refuse the old one."""
    content = document["components"]["requestBodies"]["CreateStream"]["content"]
    rename_key(content, "application/json", "application/x-www-form-urlencoded")


@edit(sender="major")
def a_required_body_field_made_optional(document: Document) -> None:
    """Twilio 1.38.0, breaking there too: Go and Rust make it a pointer or an Option."""
    del schema(document, "CreateConferenceRequest")["required"]


@edit(sender="major")
def one_path_moved_to_a_server_of_its_own(document: Document) -> None:
    """Twilio 1.54.0, breaking there too: requests go to another host."""
    server = {"url": "https://streams.signalwire.com", "description": "The server of streams."}
    document["paths"][STREAM]["servers"] = [server]


@edit(sender="minor")
def a_second_tag_added_to_an_operation(document: Document) -> None:
    """Twilio 2.1.11: the first tag still names the module; some generators add a class."""
    document["tags"].append({"name": "recordings", "description": "Recordings."})
    operation(document)["tags"].append("recordings")


@edit(sender="minor")
def a_body_field_deprecated(document: Document) -> None:
    """Twilio 1.55.1: `MaxPrice` is deprecated. It works as before."""
    properties(document, "CreateConferenceRequest")["enable_room_previews"]["deprecated"] = True


@edit()
def the_time_zone_of_a_filter_explained(document: Document) -> None:
    """Twilio 1.55.4: times are in UTC, and always were. Wording only."""
    parameters = document["components"]["parameters"]
    parameters["StartsAfter"]["description"] = "Only conferences that start later, in UTC."
    parameters["EndsBefore"]["description"] = "Only conferences that end earlier, in UTC."


@edit(sender="minor")
def a_region_added_as_the_last_server(document: Document) -> None:
    """Twilio 1.56.0: `ie1` is a region too. Clients use the first server by default."""
    document["servers"].append({"url": "https://example.ie1.signalwire.com", "description": "IE."})


@edit(reader="minor")
def rate_limit_headers_added_to_a_response(document: Document) -> None:
    """Twilio 2.0.1: `X-Rate-Limit-Limit` and two more. Readers ignore headers that are new."""
    headers = document["components"]["responses"]["Conference"]["headers"]
    for name in ("Limit", "Remaining", "Config"):
        header = {"description": "The rate limit.", "schema": {"type": "string"}}
        headers[f"X-Rate-Limit-{name}"] = header
