"""Models as JSON text, and JSON text as models, checked as a response is."""

import json
import math
from datetime import UTC, datetime
from typing import Any

import pytest
from support.servers import CONTRACT, example
from support.typed import assert_typed

from signalwire_rest import (
    Conference,
    ConferenceToken,
    RequestOptions,
    Stream,
    from_json,
    to_json,
)

CONFERENCES = [
    name
    for name, media in CONTRACT.document["components"]["examples"].items()
    if "quality" in media["value"] and "created_at" in media["value"]
]


def with_value(path: str, value: Any) -> str:
    """Return the JSON of a conference in which one value is another."""
    changed: Any = example()
    *keys, last = path.split(".")
    place = changed
    for key in keys:
        place = place[key]
    place[last] = value
    return json.dumps(changed)


@pytest.mark.parametrize("name", CONFERENCES)
def test_every_conference_survives_json(name: str) -> None:
    conference = Conference.from_dict(example(name))
    found = from_json(Conference, to_json(conference))

    assert found == conference
    assert_typed(found)
    assert json.loads(to_json(conference)) == conference.to_dict()
    assert to_json(conference, indent=2).startswith('{\n  "')
    assert from_json(list[Conference], to_json([conference, found], indent=2)) == [found] * 2


def test_there_are_conferences_to_try() -> None:
    assert len(CONFERENCES) > 2


def test_unknown_fields_and_values_are_kept_and_times_are_in_z() -> None:
    conference = from_json(Conference, with_value("quality", "2160p").replace("Z", "+02:00"))
    conference["waiting_room"] = {"enabled": True}

    found = json.loads(to_json(conference))
    assert found["quality"] == "2160p"
    assert found["waiting_room"] == {"enabled": True}
    assert found["created_at"].endswith("Z")
    assert datetime.fromisoformat(found["created_at"]) == conference.created_at.astimezone(UTC)


def test_an_absent_session_stays_absent() -> None:
    value = example()
    value.pop("active_session", None)
    assert "active_session" not in json.loads(to_json(from_json(Conference, json.dumps(value))))


def test_what_a_response_may_be_is_read_too() -> None:
    text = with_value("active_session.fps", 30.0)
    assert from_json(Conference, f"\ufeff{text}".encode()).active_session
    assert '"fps": 30' in to_json(from_json(Conference, text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (with_value("active_session.fps", "30"), "active_session.fps: expected .*, got a string"),
        (with_value("created_at", "soon"), "created_at: expected a string .date-time., got a"),
        (with_value("name", None), "^name: expected a string, got null"),
        ("{}", "^id: missing; expected a string .uuid."),
        ("[]", "^the JSON: expected an object, got a list"),
        ('"x"', "^the JSON: expected an object, got a string"),
        ("{", "Expecting property name"),
        ("NaN", "NaN is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        (b"\xff", "can't decode byte"),
    ],
)
def test_a_text_that_is_not_the_model_is_a_value_error(text: str | bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_json(Conference, text)


def test_the_location_in_a_list_has_its_index() -> None:
    text = f"[{json.dumps(example())}, {with_value('enable_chat', 1)}]"
    with pytest.raises(ValueError, match=r"^\[1\]\.enable_chat: expected a boolean"):
        from_json(list[Conference], text)
    with pytest.raises(ValueError, match="the JSON: expected a list, got an object"):
        from_json(list[Conference], json.dumps(example()))


@pytest.mark.parametrize("model", [dict, list, str, RequestOptions, list[int], 7, None])
def test_only_a_class_of_models_can_be_read(model: Any) -> None:
    with pytest.raises(TypeError, match="model must be the class of a model, such as Conference"):
        from_json(model, "{}")


def test_only_text_can_be_read_and_only_models_become_text() -> None:
    wrong: list[Any] = [example(), None, 7]
    for each in wrong:
        with pytest.raises(TypeError, match="text must be of type str or bytes; got "):
            from_json(Conference, each)
    for each in [*wrong, "x"]:
        with pytest.raises(TypeError, match="model must be a model or a list of models; got "):
            to_json(each)


def test_what_json_cannot_say_is_an_error() -> None:
    conference = Conference.from_dict(example())
    conference["seen"] = datetime.now(UTC)
    with pytest.raises(TypeError, match="a value of type datetime is not JSON"):
        to_json(conference)
    conference["seen"] = math.nan
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(conference)


def test_the_text_holds_the_secrets() -> None:
    stream, token = example("stream"), example("conference-token")
    assert stream["url"] in to_json(Stream.from_dict(stream))
    assert token["token"] in to_json(ConferenceToken.from_dict(token))
