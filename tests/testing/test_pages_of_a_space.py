"""The lists of a space: pages, the links between them, and filters."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from signalwire_rest.testing import Space

PATH = "/api/video/conferences"


def get(space: Space, **query: str) -> Any:
    response = space.respond("GET", PATH, query)
    assert response
    return response.body


def follow(space: Space, link: str) -> Any:
    split = urlsplit(link)
    assert split.path == PATH
    return get(space, **dict(parse_qsl(split.query)))


def walk(space: Space, **query: str) -> Iterator[list[str]]:
    page = get(space, **query)
    while True:
        yield [each["name"] for each in page["data"]]
        if "next" not in page["links"]:
            return
        page = follow(space, page["links"]["next"])


@pytest.fixture
def space() -> Space:
    """A space with seven conferences, n1 to n7, of January 1 to 7."""
    space = Space()
    for day in range(1, 8):
        date = f"2025-01-0{day}T00:00:00"
        space.add_conference(name=f"n{day}", join_from=f"{date}Z", join_until=f"{date}+00:00")
    return space


def test_a_walk_sees_each_entry_once_whatever_the_size(space: Space) -> None:
    for size in range(1, 9):
        pages = list(walk(space, page_size=str(size)))
        assert " ".join(name for each in pages for name in each) == "n1 n2 n3 n4 n5 n6 n7"
        assert {len(each) for each in pages[:-1]} <= {size}
        assert pages[-1]


def test_prev_leads_back_and_first_to_the_start(space: Space) -> None:
    first = get(space, page_size="3")
    second = follow(space, first["links"]["next"])
    third = follow(space, second["links"]["next"])

    assert "prev" not in first["links"]
    assert "next" not in third["links"]
    assert follow(space, third["links"]["prev"])["data"] == second["data"]
    assert follow(space, second["links"]["prev"])["data"] == first["data"]
    assert follow(space, third["links"]["first"]) == first
    assert follow(space, third["links"]["self"]) == third
    assert second["links"]["next"].startswith(f"{PATH}?page_number=2&page_size=3&page_token=PA")
    assert second["links"]["prev"].startswith(f"{PATH}?page_number=0&page_size=3&page_token=PB")


def test_a_walk_is_not_upset_by_what_is_deleted_and_created_meanwhile(space: Space) -> None:
    ids = {each["name"]: each["id"] for each in get(space)["data"]}
    pages = walk(space, page_size="3")
    assert next(pages) == ["n1", "n2", "n3"]
    for name in ("n1", "n3", "n4"):
        space.respond("DELETE", f"{PATH}/{ids[name]}")
    space.add_conference(name="n8")

    assert list(pages) == [["n5", "n6", "n7"], ["n8"]]


def test_filters_are_inclusive_leave_out_missing_times_and_are_kept_by_links(space: Space) -> None:
    space.add_conference(name="always")
    assert list(walk(space, starts_after="2025-01-05T00:00:00Z")) == [["n5", "n6", "n7"]]
    assert list(walk(space, starts_after="2025-01-05T02:00:00+02:00")) == [["n5", "n6", "n7"]]
    assert list(walk(space, ends_before="1735776000")) == [["n1", "n2"]]
    both = {"starts_after": "2025-01-02", "ends_before": "2025-01-04", "page_size": "2"}
    assert list(walk(space, **both)) == [["n2", "n3"], ["n4"]]


def test_the_size_of_a_page_is_50_by_default() -> None:
    space = Space()
    for _ in range(51):
        space.add_conference()
    assert [len(each) for each in walk(space)] == [50, 1]


@pytest.mark.parametrize(
    ("query", "code", "attribute"),
    [
        ({"page_size": "0"}, "invalid_parameter", "page_size"),
        ({"page_size": "1001"}, "invalid_parameter", "page_size"),
        ({"page_size": "9" * 5000}, "invalid_parameter", "page_size"),
        ({"page_number": "-1"}, "invalid_parameter", "page_number"),
        ({"page_number": "1"}, "page_token_required", "page_token"),
        ({"page_token": "PAx"}, "page_token_is_invalid", "page_token"),
        ({"page_token": f"PX{'0' * 32}"}, "page_token_is_invalid", "page_token"),
        ({"starts_after": "soon"}, "not_a_datetime", "starts_after"),
        ({"ends_before": "9" * 50}, "not_a_datetime", "ends_before"),
    ],
)
def test_an_invalid_query_is_422(
    space: Space, query: dict[str, str], code: str, attribute: str
) -> None:
    response = space.respond("GET", PATH, query)
    assert response
    (entry,) = response.body["errors"]
    assert (response.status, entry["code"], entry["attribute"]) == (422, code, attribute)


@pytest.mark.parametrize("query", [{"page_size": "1000"}, {"page_token": ""}, {"page_number": "0"}])
def test_the_limits_themselves_are_accepted(space: Space, query: dict[str, str]) -> None:
    assert len(get(space, **query)["data"]) == 7
