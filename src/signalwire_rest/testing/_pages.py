"""Pages of a list. A page token holds a position, so that later changes do not upset a walk."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from attrs import frozen

from ._fields import invalid, moment

_POSITION = ("page_number", "page_size", "page_token")


@frozen
class Entry:
    """A resource, its place in the order of creation, and the id of its conference, if any."""

    serial: int
    owner: str
    value: dict[str, Any]


def matches(conference: Mapping[str, Any], query: Mapping[str, str]) -> bool:
    """Return whether a conference matches the filters of a query; without a time, it does not."""
    after, before = moment(query, "starts_after"), moment(query, "ends_before")
    start, end = moment(conference, "join_from"), moment(conference, "join_until")
    is_too_early = after and (not start or start < after)
    is_too_late = before and (not end or end > before)
    return not (is_too_early or is_too_late)


def page(path: str, query: Mapping[str, str], entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the page of ``entries`` that a query asks for, with links to the pages around it."""
    size = _integer(query, "page_size", 50, range(1, 1001))
    number = _integer(query, "page_number", 0, range(10**9))
    token = query.get("page_token")
    if number and not token:
        raise invalid("page_token_required", "page_number needs a page_token", "page_token")
    start = _start(token, size, entries) if token else 0
    end = start + size
    filters = {name: value for name, value in query.items() if name not in _POSITION}

    def link(number: int, token: str | None = None) -> str:
        position = {"page_number": number, "page_size": size, "page_token": token}
        pairs = {**filters, **{name: each for name, each in position.items() if each is not None}}
        return f"{path}?{urlencode(pairs)}"

    links = {"self": link(number, token), "first": link(0)}
    if end < len(entries):
        links["next"] = link(number + 1, f"PA{UUID(int=entries[end - 1].serial)}")
    if start:
        links["prev"] = link(max(number - 1, 0), f"PB{UUID(int=entries[start - 1].serial + 1)}")
    return {"links": links, "data": [each.value for each in entries[start:end]]}


def _integer(query: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) in allowed):
        raise invalid("invalid_parameter", f"{name} is out of range", name)
    return int(text)


def _start(token: str, size: int, entries: Sequence[Entry]) -> int:
    """Return the index where the page of a token starts: after an entry (PA), or before (PB)."""
    try:
        kind, serial = token[:2], UUID(token[2:]).int
    except ValueError:
        kind, serial = "", 0
    if kind not in ("PA", "PB"):
        raise invalid("page_token_is_invalid", "page_token is not from a link", "page_token")
    if kind == "PA":
        return sum(each.serial <= serial for each in entries)
    return max(sum(each.serial < serial for each in entries) - size, 0)
