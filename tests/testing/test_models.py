"""The models that the test kit makes are typed, valid by the contract, and as the test wants."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from support.typed import assert_matches, assert_typed

from signalwire_rest import UNSET, VideoQuality
from signalwire_rest.testing import (
    make_conference,
    make_conference_token,
    make_session,
    make_stream,
)

MAKERS = {
    "Conference": make_conference,
    "ConferenceToken": make_conference_token,
    "ActiveSession": make_session,
    "Stream": make_stream,
}
Make = Callable[..., Any]
ID = UUID("c22d24f6-5a47-4597-9a23-c7d01e696b92")


@pytest.fixture(params=MAKERS)
def schema(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def test_a_model_is_complete_typed_valid_and_has_its_own_id(schema: str) -> None:
    make: Make = MAKERS[schema]
    model = make()

    assert type(model).__name__ == schema
    assert_typed(model)
    assert_matches(schema, model.to_dict())
    assert make().id != model.id


def test_a_field_can_have_any_value_of_the_model_or_of_json(schema: str) -> None:
    make: Make = MAKERS[schema]
    wanted = make().to_dict()

    assert make(**wanted).to_dict() == wanted
    assert str(make(id=ID).id) == str(make(id=str(ID)).id) == str(ID)


def test_the_values_of_a_conference_are_those_of_the_test() -> None:
    noon = datetime(2025, 5, 5, 12, tzinfo=UTC)
    session = make_session(display_name="Now", end_time=UNSET)
    conference = make_conference(
        name="stand-up",
        quality=VideoQuality.P1080,
        layout="spiral",
        join_from=noon.astimezone(timezone(timedelta(hours=2))),
        join_until=None,
        meta={"team": "blue"},
        active_session=session,
    )

    assert_typed(conference)
    assert_matches("Conference", conference.to_dict())
    assert (conference.name, conference.quality, conference.layout) == (
        "stand-up",
        VideoQuality.P1080,
        "spiral",
    )
    assert (conference.join_from, conference.join_until) == (noon, None)
    assert conference.meta
    assert conference.meta["team"] == "blue"
    assert conference.active_session == session
    assert session.end_time is UNSET
    assert make_conference().active_session is UNSET


def test_a_field_that_the_model_does_not_have_is_a_type_error(schema: str) -> None:
    with pytest.raises(TypeError, match=f"^{schema} has no field 'nmae'$"):
        MAKERS[schema](nmae="stand-up")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "stand-up"}, "^Conference.id: expected a string .uuid., got a string$"),
        ({"enable_chat": "yes"}, "^Conference.enable_chat: expected a boolean, got a string$"),
        ({"created_at": None}, "^Conference.created_at: expected a string"),
        ({"active_session": {"fps": "20"}}, r"^Conference.active_session.fps: expected"),
    ],
)
def test_a_value_outside_the_contract_is_a_value_error(fields: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_conference(**fields)


def test_a_required_field_cannot_be_left_out() -> None:
    with pytest.raises(ValueError, match="^Conference.name is required$"):
        make_conference(name=UNSET)
