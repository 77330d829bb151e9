"""Guarantees 1 to 3 on the contract's examples: typed, lossless, with time zones."""

import datetime
import uuid
from typing import Any

import pytest
from support.runtimes import Runtime
from support.servers import CONTRACT, RawServer, always, response
from support.typed import assert_typed

from signalwire_rest import Conference, RequestOptions, SignalWireRestError
from signalwire_rest_mock import Example

EXAMPLES = CONTRACT.operation("get_video_conference").examples
CONFERENCES = [each for each in EXAMPLES if each.status == 200]
ERRORS = [each for each in EXAMPLES if each.status != 200]


def comparable(value: Any) -> Any:
    """Return JSON with date-times as instants and UUIDs as values, and the rest to the letter."""
    if isinstance(value, dict):
        return {key: comparable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [comparable(each) for each in value]
    if isinstance(value, str):
        for read in (uuid.UUID, datetime.datetime.fromisoformat):
            try:
                return read(value)
            except ValueError:
                continue
    return value


@pytest.mark.parametrize("example", CONFERENCES, ids=lambda each: each.name)
def test_every_example_decodes_to_annotated_types_and_round_trips(
    runtime: Runtime, example: Example
) -> None:
    with RawServer(always(response(200, example.value))) as server:
        conference = runtime.get(server.host, example.id, include_active_session=True)

    assert type(conference) is Conference
    assert_typed(conference)
    assert comparable(conference.to_dict()) == comparable(example.value)


@pytest.mark.parametrize("example", ERRORS, ids=lambda each: each.name)
def test_every_error_example_raises_the_error_of_its_status(
    runtime: Runtime, example: Example
) -> None:
    with RawServer(
        always(response(example.status, example.value, {"X-Request-Id": "r-1"}))
    ) as server:
        with pytest.raises(SignalWireRestError) as caught:
            runtime.get(server.host, request_options=RequestOptions(retries=0))

    error = caught.value
    assert error.status_code == example.status
    assert error.body == example.value
    assert error.request_id == "r-1"
    assert len(error.errors) == len(example.value.get("errors", ()))


def test_unknown_values_and_properties_are_kept(runtime: Runtime) -> None:
    example = CONTRACT.example("unknown-values")
    with RawServer(always(response(200, example.value))) as server:
        conference = runtime.get(server.host, example.id, include_active_session=True)

    assert conference.quality == "2160p"
    assert conference["waiting_room"] == {"enabled": True, "capacity": 12}
    session = conference.active_session
    assert session
    assert (session.fps, session.status) == (60, "paused")
    assert conference.to_dict()["layout"] == "spiral"
