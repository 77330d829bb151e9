"""The contract's vectors as the tests read them, and what the Python client has to make of one."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import signalwire_rest
from signalwire_rest import UNSET, AsyncPage, Page, SignalWireRestError
from support.runtimes import BlockingClient
from support.servers import response

OPENAPI = Path(__file__).resolve().parents[2] / "openapi"

Vector = dict[str, Any]

ERRORS: dict[str, type[SignalWireRestError]] = {
    "bad-request": signalwire_rest.SignalWireRestBadRequestError,
    "authentication": signalwire_rest.SignalWireRestAuthenticationError,
    "permission": signalwire_rest.SignalWireRestPermissionError,
    "not-found": signalwire_rest.SignalWireRestNotFoundError,
    "validation": signalwire_rest.SignalWireRestValidationError,
    "rate-limit": signalwire_rest.SignalWireRestRateLimitError,
    "server": signalwire_rest.SignalWireRestServerError,
    "contract": signalwire_rest.SignalWireRestContractError,
    "other": SignalWireRestError,
}
"""The class that each kind of failure has here."""

METHODS = {
    "list_video_conferences": "conferences.list",
    "create_video_conference": "conferences.create",
    "get_video_conference": "conferences.get",
    "update_video_conference": "conferences.update",
    "delete_video_conference": "conferences.delete",
    "list_conference_tokens": "conferences.list_conference_tokens",
    "list_conference_streams": "conferences.list_streams",
    "create_conference_stream": "conferences.create_stream",
    "get_conference_token": "conference_tokens.get",
    "reset_conference_token": "conference_tokens.reset",
    "get_stream": "streams.get",
    "update_stream": "streams.update",
    "delete_stream": "streams.delete",
}
"""The method of ``client.video`` that each operation has here."""

_INSTANTS = {"join_from", "join_until", "starts_after", "ends_before"}
_PLAIN = {"text": str, "integer": int, "boolean": bool}


def vectors() -> Iterator[Vector]:
    """Yield every vector, in the order of their files."""
    for file in sorted((OPENAPI / "vectors").glob("*.json")):
        yield json.loads(file.read_text("utf-8"))


def of_operation(name: str) -> list[Vector]:
    """Return the vectors of an operation."""
    return [each for each in vectors() if each["operation"] == name]


def call(caller: BlockingClient, vector: Vector) -> Any:
    """Make the call of a vector; return the result or the error."""
    given = {**vector["request"]["arguments"], **vector["request"].get("fields", {})}
    ids = [given.pop("id")] if "id" in given else []
    for name in _INSTANTS & given.keys():
        given[name] = given[name] and datetime.fromisoformat(given[name])
    resource, _, method = METHODS[vector["operation"]].partition(".")
    try:
        found = getattr(getattr(caller.client.video, resource), method)
        return caller.call(found, *ids, **given)
    except SignalWireRestError as error:
        return error


def raw_response(vector: Vector) -> bytes:
    """Return the vector's response as it goes over the wire."""
    wanted = vector["response"]
    return response(wanted["status"], "\n".join(wanted["body"]).encode(), wanted["headers"])


def without_zeros(text: str) -> str:
    """Return a text without the trailing zeros of fractions in date-times."""
    return re.sub(r"(?:\.0+|(\.\d*[1-9])0+)Z", r"\1Z", text)


def query_of(target: str) -> dict[str, str]:
    """Return the decoded query of a request target."""
    pairs = parse_qsl(urlsplit(target).query, strict_parsing="?" in target)
    return {name: without_zeros(value) for name, value in pairs}


def assert_request(
    vector: Vector, method: str, target: str, headers: Mapping[str, str], body: bytes
) -> None:
    """Assert that a request is the one that a vector expects."""
    expected = vector["request"]
    assert method == expected["method"]
    assert urlsplit(target).path == expected["path"]
    assert query_of(target) == expected["query"]
    named = ("Authorization", "Accept", "Content-Type")
    found = {name: headers[name.lower()] for name in named if name.lower() in headers}
    assert found == expected["headers"]
    sent = json.loads(without_zeros(body.decode())) if body else None
    assert sent == expected.get("body")


def assert_expected(vector: Vector, outcome: Any) -> None:
    """Assert that a result or an error is the one that a vector expects."""
    expected = vector["expect"]
    if "error" in expected:
        assert isinstance(outcome, SignalWireRestError), f"{outcome!r} is not an error"
        assert_error(outcome, expected["error"])
        return
    if expected["model"] is None:
        assert outcome is None
    elif "next" in expected:
        assert type(outcome).__name__ in ("Page", "AsyncPage"), f"{outcome!r}"
    else:
        assert type(outcome).__name__ == expected["model"], f"{outcome!r}"
    for path, value in expected["values"].items():
        assert_value(outcome, path, value)


def assert_value(model: Any, path: str, expected: dict[str, Any]) -> None:
    """Assert that a model holds at ``path`` what a vector expects there."""
    *owners, name = re.findall(r"\w+", path)
    for owner in owners:
        model = _child(model, owner)
    if expected["kind"] == "kept-property":
        assert model[name] == expected["value"]
        assert model.to_dict()[name] == expected["value"]
        return
    value, wanted = _child(model, name), expected.get("value")
    match expected["kind"]:
        case "absent":
            assert value is UNSET
            assert isinstance(model, Page | AsyncPage) or name not in model.to_dict()
        case "null":
            assert value is None
            assert model.to_dict()[name] is None
        case "text" | "integer" | "boolean":
            assert type(value) is _PLAIN[expected["kind"]]
            assert value == wanted
        case "uuid":
            assert type(value) is UUID
            assert value == UUID(wanted)
        case "instant":
            assert type(value) is datetime
            assert value.tzinfo is not None
            assert value.astimezone(UTC) == datetime.fromisoformat(str(wanted))
        case "constant":
            assert type(value) is getattr(signalwire_rest, expected["enum"])
            assert value.name == expected["constant"]
            assert value == wanted
            assert model.to_dict()[name] == wanted
        case "kept-value":
            assert not isinstance(value, Enum)
            assert value == wanted
            assert model.to_dict()[name] == wanted
        case "object":
            assert value.to_dict() == wanted
        case "model":
            assert type(value) is getattr(signalwire_rest, expected["model"])
        case "list":
            assert type(value) is list
            assert len(value) == expected["length"]
        case unknown:
            raise AssertionError(f"no vector has the kind {unknown!r}")


def _child(model: Any, name: str) -> Any:
    if name.isdigit():
        return model[int(name)]
    # The generator adds an underscore to names that Python uses itself.
    return getattr(model, f"{name}_" if hasattr(model, f"{name}_") else name)


def assert_error(error: SignalWireRestError, expected: dict[str, Any]) -> None:
    """Assert that an error is the one that a vector expects."""
    assert type(error) is ERRORS[expected["kind"]]
    assert error.status_code == expected["status"]
    assert error.request_id == expected["request_id"]
    assert getattr(error, "path", None) == expected.get("at")
    if expected["kind"] == "contract":
        return
    body = error.body if isinstance(error.body, dict) else {}
    assert body.get("error") == expected["message"]
    names = ("type", "code", "message", "attribute", "url")
    assert [{n: getattr(each, n) for n in names} for each in error.errors] == expected["entries"]
    _assert_wait(error.retry_after, expected["wait"])


def _assert_wait(seconds: float | None, wait: dict[str, Any] | None) -> None:
    if wait is None:
        assert seconds is None
    elif "seconds" in wait:
        assert seconds == wait["seconds"]
    else:
        left = datetime.fromisoformat(wait["until"]) - datetime.now(UTC)
        assert seconds is not None
        assert abs(seconds - left.total_seconds()) < 60
