"""Guarantee 7: what is sent of each argument, and the message for each that is not sent."""

import time
import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest
from signalwire_rest_wire.models import CreateConferenceRequest
from signalwire_rest_wire.types import UNSET, Unset

from signalwire_rest._core.arguments import check_arguments

ID = "c22d24f6-5a47-4597-9a23-c7d01e696b92"
PATH: dict[str, Any] = {"thing_id": ID, "part_name": "x"}
LONG = "x" * 1000
LARGEST = 10**308 - 1


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


def get_kwargs(
    thing: uuid.UUID,
    part: str,
    *,
    required: list[str] | None,
    tags: list[str] | Unset | None = UNSET,
    sizes: dict[str, list[float]] | Unset = UNSET,
    weight: float | Unset = UNSET,
    limit: int | Unset = UNSET,
    either: float | int | Unset = UNSET,
    color: Color | Unset = UNSET,
    open_color: Color | str | Unset | None = UNSET,
    shade: Color | bool | int | Unset | None = UNSET,
    after: datetime | Unset = UNSET,
    anything: Any | Unset = UNSET,
    body: CreateConferenceRequest | Unset = UNSET,
) -> dict[str, Any]:
    """Stand in for the function of a generated operation."""
    raise NotImplementedError


def check(name: str, value: Any) -> dict[str, Any]:
    path = dict(PATH)
    others: dict[str, Any] = {}
    (path if name in path else others)[name] = value
    return check_arguments(get_kwargs, path, others)


def test_path_arguments_get_the_names_of_the_contract() -> None:
    assert check("required", None) == {"thing": uuid.UUID(ID), "part": "x", "required": None}


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        ("tags", ["a", Color.RED, ""], ["a", "red", ""]),
        ("sizes", {"a": [1.5]}, {"a": [1.5]}),
        ("weight", 2, 2.0),
        ("weight", -LARGEST, -1e308),
        ("limit", LARGEST, LARGEST),
        ("either", 2, 2),
        ("color", "blue", Color.BLUE),
        ("open_color", "green", "green"),
        ("open_color", "red", "red"),
        ("after", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
        ("anything", [datetime(2026, 1, 1)], [datetime(2026, 1, 1)]),
    ],
    ids=repr,
)
def test_what_is_sent(name: str, value: Any, sent: Any) -> None:
    found = check(name, value)[name]
    assert found == sent
    assert type(found) is type(sent)
    if isinstance(found, list):
        assert [type(each) for each in found] == [type(each) for each in sent]


@pytest.mark.parametrize("name", ["tags", "weight", "shade"])
def test_none_is_not_sent_where_an_argument_may_be_left_out(name: str) -> None:
    assert name not in check(name, None)


BODY: Any = CreateConferenceRequest(display_name=7)  # type: ignore[arg-type]
PARTS = ("", ".", "..")
A_UUID = "must be a UUID such as c22d24f6-5a47-4597-9a23-c7d01e696b92; got "
TOO_LONG = "must be a number of at most 308 digits"
SURROGATES = "must be Unicode text without surrogates"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("thing_id", LONG, f"thing_id {A_UUID}{LONG[:100]!r}"),
        ("thing_id", 7, "thing_id must be of type UUID or str; got int"),
        *(("part_name", part, f"part_name must be a path segment; got {part!r}") for part in PARTS),
        ("part_name", None, "part_name must be of type str; got NoneType"),
        ("required", 7, "required must be of type list; got int"),
        ("tags", ("a",), "tags must be of type list or None; got tuple"),
        ("tags", ["a", 7], "tags[1] must be of type str; got int"),
        ("tags", ["\ud800"], f"tags[0] {SURROGATES}"),
        ("part_name", "\udfff", f"part_name {SURROGATES}"),
        ("sizes", {"a": [1.0, "x"]}, "sizes['a'][1] must be of type float; got str"),
        ("sizes", {"a": [], LONG: "x"}, f"sizes['{LONG[:99]}] must be of type list; got str"),
        ("body", BODY, "body.display_name must be of type str; got int"),
        ("weight", LARGEST + 1, f"weight {TOO_LONG}"),
        ("limit", -LARGEST - 1, f"limit {TOO_LONG}"),
        ("either", LARGEST + 1, f"either {TOO_LONG}"),
        ("anything", LARGEST + 1, f"anything {TOO_LONG}"),
        ("tags", LARGEST + 1, "tags must be of type list or None; got int"),
        ("weight", float("inf"), "weight must be a finite number, such as 2.5; got inf"),
        ("limit", True, "limit must be of type int or None; got bool"),
        ("color", LONG, f"color must be one of red, blue; got {LONG[:100]!r}"),
        ("shade", 2.5, "shade must be of type Color or bool or int or None; got float"),
        ("open_color", 2, "open_color must be of type Color or str or None; got int"),
        (
            "after",
            datetime(2026, 1, 1),
            "after must have a time zone, such as datetime.now(UTC); "
            "got datetime.datetime(2026, 1, 1, 0, 0)",
        ),
    ],
    ids=lambda each: f"{each!r:.40}" if isinstance(each, str) else type(each).__name__,
)
def test_an_argument_that_is_not_sent_is_named(name: str, value: Any, message: str) -> None:
    with pytest.raises((ValueError, TypeError)) as caught:
        check(name, value)
    assert str(caught.value) == message
    assert type(caught.value) is (TypeError if "of type" in message else ValueError)


@pytest.mark.parametrize(
    ("path", "others"),
    [
        ({"thing_id": ID}, {}),
        ({"thing_id": ID, "part_name": "x", "more": 1}, {}),
        ({"thing_id": ID, "part_name": "x"}, {"colour": 1}),
    ],
    ids=str,
)
def test_an_argument_too_few_or_too_many_is_named(
    path: dict[str, Any], others: dict[str, Any]
) -> None:
    with pytest.raises(TypeError) as caught:
        check_arguments(get_kwargs, path, others)
    parameters = ", ".join(each for each in get_kwargs.__annotations__ if each != "return")
    assert str(caught.value) == f"the operation takes {parameters}; got {[*path, *others]}"


@pytest.mark.parametrize("problem", [ID.replace("-", ""), "a-token"])
def test_a_path_argument_is_redacted_in_a_message(problem: str) -> None:
    with pytest.raises(ValueError, match="got '<redacted>'$") as caught:
        check_arguments(
            get_kwargs, {"thing_id": problem, "part_name": "x"}, {}, lambda text: "<redacted>"
        )
    assert caught.value.__context__ is None


def test_a_huge_number_in_a_path_is_refused_by_name() -> None:
    def numbered(number: int) -> dict[str, Any]:
        raise NotImplementedError

    with pytest.raises(ValueError, match="^number must be a number of at most 308 digits$"):
        check_arguments(numbered, {"number": 10**400}, {})


def test_types_are_named_in_alphabetical_order() -> None:
    def several(*, value: str | int | float | bool | list[str] | Unset) -> dict[str, Any]:
        raise NotImplementedError

    names = "bool or float or int or list or str or None"
    with pytest.raises(TypeError, match=f"^value must be of type {names}; got dict$"):
        check_arguments(several, {}, {"value": {}})


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone cannot be changed")
def test_the_time_zone_of_the_machine_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    earliest = datetime.min.replace(tzinfo=UTC)
    try:
        with monkeypatch.context() as changed:
            changed.setenv("TZ", "EST+5")
            time.tzset()
            checked = check_arguments(get_kwargs, PATH, {"required": None, "after": earliest})
    finally:
        time.tzset()
    assert checked["after"] == earliest
