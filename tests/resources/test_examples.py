"""Promise 1 to 3 on the contract's own examples: typed, kept, with a zone, and given back."""

import datetime
import uuid
from typing import Any

import pytest
from support.servers import CONTRACT, RawServer, always, answer
from support.shells import Shell
from support.typed import assert_typed

from signalwire_rest import Conference, RequestOptions, SignalWireRestError
from signalwire_rest_mock import Example

CONFERENCES = [each for each in CONTRACT.examples if each.status == 200]
ERRORS = [each for each in CONTRACT.examples if each.status != 200]


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
def test_every_example_decodes_to_annotated_types_and_to_dict_gives_it_back(
    shell: Shell, example: Example
) -> None:
    with RawServer(always(answer(200, example.value))) as server:
        conference = shell.get(server.host, example.id, include_active_session=True)

    assert type(conference) is Conference
    assert_typed(conference)
    assert comparable(conference.to_dict()) == comparable(example.value)


@pytest.mark.parametrize("example", ERRORS, ids=lambda each: each.name)
def test_every_error_example_is_the_error_of_its_status(shell: Shell, example: Example) -> None:
    with RawServer(
        always(answer(example.status, example.value, {"X-Request-Id": "r-1"}))
    ) as server:
        with pytest.raises(SignalWireRestError) as caught:
            shell.get(server.host, request_options=RequestOptions(retries=0))

    error = caught.value
    assert error.status_code == example.status
    assert error.body == example.value
    assert error.request_id == "r-1"
    assert len(error.errors) == len(example.value.get("errors", ()))


def test_what_the_contract_does_not_know_is_kept(shell: Shell) -> None:
    example = CONTRACT.example("unknown-values")
    with RawServer(always(answer(200, example.value))) as server:
        conference = shell.get(server.host, example.id, include_active_session=True)

    assert conference.quality == "2160p"
    assert conference["waiting_room"] == {"enabled": True, "capacity": 12}
    session = conference.active_session
    assert session
    assert (session.fps, session.status) == (60, "paused")
    assert conference.to_dict()["layout"] == "spiral"
