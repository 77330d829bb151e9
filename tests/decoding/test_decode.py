"""Decoding of any annotation that the generator writes, and of parsers that go wrong."""

import datetime
from typing import Any, cast
from uuid import UUID

import pytest
from support.servers import example

from signalwire_rest import Conference, VideoQuality
from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._decoding.decode import decode
from signalwire_rest._decoding.normalisation import normalise
from signalwire_rest._decoding.reading import ValidationError
from signalwire_rest._decoding.validation import is_valid


@pytest.mark.parametrize(
    ("hint", "value", "expected"),
    [
        (dict[str, int], {"a": 1, "b": 2.0}, {"a": 1, "b": 2}),
        (dict[str, list[float]], {"a": [1]}, {"a": [1.0]}),
        (list[datetime.date], ["2026-01-31"], ["2026-01-31"]),
        (list[Any], [1, "x", None], [1, "x", None]),
        (UUID | None, None, None),
        (VideoQuality | str, "2160p", "2160p"),
        (VideoQuality, "720p", "720p"),
    ],
    ids=repr,
)
def test_a_legal_value_is_normalised(hint: Any, value: Any, expected: Any) -> None:
    assert normalise(annotation_of(hint), value) == expected


@pytest.mark.parametrize(
    ("hint", "value", "message"),
    [
        (dict[str, int], {"a": "x"}, "a: expected an integer, got a string"),
        (list[datetime.date], ["2026-13-31"], "[0]: expected a string (date), got a"),
        (VideoQuality, "2160p", "the response: expected one of "),
        (bool, 1, "the response: expected a boolean, got an integer"),
        (float, 10**400, "the response: expected a number, got an integer"),
        (float, float("inf"), "the response: expected a number, got a number out of range"),
        (int, 1e300, "the response: expected an integer, got a number"),
        (dict[str, list[int]], {"a": [1, "x"]}, "a[1]: expected an integer, got a string"),
    ],
    ids=repr,
)
def test_any_other_value_is_an_error_with_its_location(hint: Any, value: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        normalise(annotation_of(hint), value)
    assert message in str(caught.value)


def test_every_value_is_valid_where_anything_is_allowed() -> None:
    values: list[Any] = [1, "x", None, [], {}]
    for value in values:
        assert is_valid(annotation_of(Any), value, value)
        assert is_valid(annotation_of(list[Any]), [value], [value])


def test_an_annotation_without_a_rule_is_an_error() -> None:
    with pytest.raises(TypeError, match="no rule for the annotation"):
        annotation_of(tuple[int, str])


@pytest.mark.parametrize(
    ("hint", "parsed", "value"),
    [
        (list[int], [], {}),
        (list[int], [], ""),
        (list[int], [1], [1, 2]),
        (list[UUID], [UUID(int=0)], [f"{{{UUID(int=0)}}}"]),
        (list[datetime.date], [datetime.date(2022, 1, 1)], ["20220101"]),
        (float, float("inf"), float("inf")),
        (Conference, Conference.from_dict(example()), list(example().items())),
    ],
    ids=repr,
)
def test_what_a_lenient_parser_makes_of_other_json_is_never_valid(
    hint: Any, parsed: Any, value: Any
) -> None:
    assert not is_valid(annotation_of(hint), parsed, value)


def test_a_valid_model_says_nothing_about_other_values_of_the_same_types() -> None:
    session, parse = example()["active_session"], cast(Any, Conference.from_dict)
    changes: list[tuple[str, dict[str, Any]]] = [
        ("id", {"id": f"{{{example()['id']}}}"}),
        ("created_at", {"created_at": "2022-01-01"}),
        ("updated_at", {"updated_at": "20220101T100000Z"}),
        ("join_from", {"join_from": "2022-W01-1T10:00:00Z"}),
        ("active_session.end_time", {"active_session": {**session, "end_time": "2022-01-01"}}),
    ]
    assert decode(Conference, parse, example())
    for path, change in changes:
        with pytest.raises(ValidationError) as caught:
            decode(Conference, parse, {**example(), **change})
        assert caught.value.path == path
    lines = {**example(), "created_at": "2022-01-01T10:00:00Z\n2022-01-01T10:00:00Z"}
    assert not is_valid(annotation_of(Conference), parse(example()), lines)


def test_an_invalid_item_costs_no_copy_of_a_long_location() -> None:
    key = "k" * 1_000_000
    with pytest.raises(ValidationError) as caught:
        normalise(annotation_of(dict[str, list[int]]), {key: [*range(10_000), "x"]})
    assert caught.value.path == f"{key}[10000]"


@pytest.mark.parametrize("error", [KeyError("name"), ValueError("x"), RecursionError("deep")])
def test_a_parser_that_fails_twice_is_a_validation_error(error: Exception) -> None:
    def parse(value: Any) -> Any:
        raise error

    with pytest.raises(ValidationError) as caught:
        decode(list[int], parse, [1])
    assert caught.value.__cause__ is None
    assert caught.value.path == ""


def test_a_parser_that_returns_another_type_is_a_validation_error() -> None:
    with pytest.raises(ValidationError, match="does not match the contract"):
        decode(list[int], lambda value: ["x"], [1])
    with pytest.raises(ValidationError, match="an object, got null"):
        decode(Conference, lambda value: None, None)
