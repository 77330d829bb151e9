"""Run every vector of the contract through the package, against a running mock server."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

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
    arguments = dict(request["arguments"])
    with rest.RestClient(**request["credentials"], host=MOCK_SERVER) as client:
        get, no_retries = client.video.conferences.get, rest.RequestOptions(retries=0)
        if "error" in expect:
            with pytest.raises(rest.SignalWireRestError) as caught:
                get(arguments.pop("id"), **arguments, request_options=no_retries)
            assert_error(caught.value, expect["error"])
        else:
            conference = get(arguments.pop("id"), **arguments, request_options=no_retries)
            for path, expected in expect["values"].items():
                assert_value(conference, path, expected)


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
    *owners, name = path.split(".")
    for owner in owners:
        model = getattr(model, owner)
    kind, wanted = expected["kind"], expected.get("value")
    if kind == "kept-property":
        assert model[name] == wanted
        return
    value = getattr(model, name)
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
        case "model":
            assert type(value) is getattr(rest, expected["model"])
        case _:
            pytest.fail(f"unknown kind: {kind}")
