"""Run every vector of the contract through the package, against a running mock server."""

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from signalwire import rest

MOCK_SERVER = os.environ["MOCK_SERVER"].removeprefix("http://")
REASONS: dict[str, str] = json.loads(Path("inexpressible.json").read_text("utf-8"))
VECTORS = [
    json.loads(each.read_text("utf-8")) for each in sorted(Path("contract/vectors").iterdir())
]
NAMES = [each["name"] for each in VECTORS]
KINDS: dict[str, type[rest.SignalWireRestError]] = {
    "bad-request": rest.SignalWireRestBadRequestError,
    "authentication": rest.SignalWireRestAuthenticationError,
    "permission": rest.SignalWireRestPermissionError,
    "not-found": rest.SignalWireRestNotFoundError,
    "validation": rest.SignalWireRestValidationError,
    "rate-limit": rest.SignalWireRestRateLimitError,
    "server": rest.SignalWireRestServerError,
    "contract": rest.SignalWireRestContractError,
    "other": rest.SignalWireRestError,
}
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
DATE_TIMES = {"join_from", "join_until", "starts_after", "ends_before"}
ENTRY_FIELDS = ("type", "code", "message", "attribute", "url")


@pytest.fixture(scope="module")
def report() -> Iterator[dict[str, list[str]]]:
    outcomes: dict[str, list[str]] = {"passed": [], "failed": [], "inexpressible": []}
    yield outcomes
    Path("report.json").write_text(json.dumps(outcomes), "utf-8")


def test_every_listed_name_is_a_vector() -> None:
    assert set(REASONS) <= set(NAMES)


@pytest.mark.parametrize("vector", VECTORS, ids=NAMES)
def test_vector(vector: dict[str, Any], report: dict[str, list[str]]) -> None:
    listed = vector["name"] in REASONS
    outcome = "failed"
    try:
        if listed:
            with pytest.raises(Exception):  # noqa: B017, PT011
                run(vector)
        else:
            run(vector)
        outcome = "inexpressible" if listed else "passed"
    finally:
        report[outcome].append(vector["name"])


def run(vector: dict[str, Any]) -> None:
    request, expect = vector["request"], vector["expect"]
    given = {**request["arguments"], **request.get("fields", {})}
    ids = [given.pop("id")] if "id" in given else []
    for name in DATE_TIMES & given.keys():
        given[name] = given[name] and datetime.fromisoformat(given[name])
    sent: list[httpx.Request] = []
    http_client = httpx.Client(
        headers={"Prefer": f"example={vector['name']}"},
        event_hooks={"request": [sent.append]},
        trust_env=False,
    )
    client = rest.RestClient(**request["credentials"], host=MOCK_SERVER, http_client=http_client)
    with http_client, client:
        resource, _, method = METHODS[vector["operation"]].partition(".")
        call = getattr(getattr(client.video, resource), method)
        no_retries = rest.RequestOptions(retries=0)
        if "error" in expect:
            with pytest.raises(rest.SignalWireRestError) as caught:
                call(*ids, **given, request_options=no_retries)
            assert_error(caught.value, expect["error"])
        else:
            result = call(*ids, **given, request_options=no_retries)
            assert (result is None) is (expect["model"] is None)
            for path, expected in expect["values"].items():
                assert_value(result, path, expected)
        assert_sent(sent.pop(), request)
        if "next" in expect:
            assert_next(result, expect["next"], sent)


def assert_sent(sent: httpx.Request, expected: dict[str, Any]) -> None:
    assert sent.method == expected["method"]
    assert sent.url.path == expected["path"]
    assert json.loads(without_zeros(json.dumps(dict(sent.url.params)))) == expected["query"]
    names = ("Authorization", "Accept", "Content-Type")
    assert {each: sent.headers[each] for each in names if each in sent.headers} == (
        expected["headers"]
    )
    body = json.loads(without_zeros(sent.content.decode())) if sent.content else None
    assert body == expected.get("body")


def without_zeros(text: str) -> str:
    """Remove the trailing zeros of fractions in date-times."""
    return re.sub(r"(?:\.0+|(\.\d*[1-9])0+)Z", r"\1Z", text)


def assert_next(page: Any, expected: Any, sent: list[httpx.Request]) -> None:
    if expected == "refused":
        with pytest.raises(rest.SignalWireRestContractError):
            page.next_page()
    else:
        assert (page.next_page() is None) is (expected == "end")
    queries = [dict(each.url.params) for each in sent]
    assert queries == ([] if isinstance(expected, str) else [expected["query"]])


def assert_error(error: rest.SignalWireRestError, expected: dict[str, Any]) -> None:
    assert type(error) is KINDS[expected["kind"]]
    assert error.status_code == expected["status"]
    assert error.request_id == expected["request_id"]
    assert getattr(error, "path", None) == expected.get("at")
    if expected["kind"] == "contract":
        return
    message = error.body.get("error") if isinstance(error.body, dict) else None
    assert message == expected["message"]
    entries = [{name: getattr(each, name) for name in ENTRY_FIELDS} for each in error.errors]
    assert entries == expected["entries"]
    match expected["wait"]:
        case {"until": until}:
            remaining = datetime.fromisoformat(until) - datetime.now(UTC)
            assert error.retry_after == pytest.approx(remaining.total_seconds(), abs=60)
        case wait:
            assert error.retry_after == (wait and wait["seconds"])


def assert_value(model: Any, path: str, expected: dict[str, Any]) -> None:
    *owners, name = re.findall(r"\w+", path)
    for owner in owners:
        model = child_of(model, owner)
    kind, wanted = expected["kind"], expected.get("value")
    if kind == "kept-property":
        assert model[name] == wanted
        return
    value = child_of(model, name)
    match kind:
        case "absent":
            assert value is rest.UNSET
        case "null":
            assert value is None
        case "text" | "integer" | "boolean":
            assert (type(value), value) == (type(wanted), wanted)
        case "uuid":
            assert value == UUID(wanted)
        case "instant":
            assert value == datetime.fromisoformat(str(wanted))
        case "constant":
            assert value is getattr(rest, expected["enum"])[expected["constant"]]
            assert value == wanted
        case "kept-value":
            assert (type(value), value) == (type(wanted), wanted)
        case "object":
            assert value.to_dict() == wanted
        case "list":
            assert len(value) == expected["length"]
        case "model":
            assert type(value) is getattr(rest, expected["model"])
        case _:
            pytest.fail(f"unknown kind: {kind}")


def child_of(model: Any, name: str) -> Any:
    if name.isdigit():
        return model[int(name)]
    # The generator adds an underscore to names that Python uses itself.
    return getattr(model, f"{name}_" if hasattr(model, f"{name}_") else name)
