"""What a space holds, and how it makes ids, token values and times."""

import copy
import itertools
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from ._fields import ApiError, invalid, moment
from ._pages import Entry

Json = dict[str, Any]


class State:
    """The resources of a space, by kind and id. The kinds are the segments of the API's paths."""

    def __init__(self, seed: int | None, clock: Callable[[], datetime] | None) -> None:
        start, seconds = datetime(2025, 1, 1, tzinfo=UTC), itertools.count()
        self._clock = clock or (lambda: start + timedelta(seconds=next(seconds)))
        self._random, self._serials = random.Random(seed), itertools.count(1)
        kinds = ("conferences", "conference_tokens", "streams")
        self._entries: dict[str, dict[str, Entry]] = {kind: {} for kind in kinds}

    def all(self, kind: str, owner: str = "") -> list[Entry]:
        """Return the resources of a kind, those of one conference if any, as they were created."""
        if owner:
            self.find("conferences", owner)
        return [each for each in self._entries[kind].values() if each.owner == owner.lower()]

    def find(self, kind: str, key: str | UUID) -> Json:
        """Return a resource, to read or to change.

        Raises:
            ApiError: There is no resource with this id.
        """
        entry = self._entries[kind].get(str(key).lower())
        if entry is None:
            raise ApiError(404, {"error": "Not Found"})
        return entry.value

    def add(self, kind: str, fields: Mapping[str, Any], owner: str = "") -> Json:
        """Add a resource, with an id if it has none."""
        value = copy.deepcopy({"id": self.new_id(), **fields})
        self._entries[kind][value["id"].lower()] = Entry(next(self._serials), owner.lower(), value)
        return value

    def delete(self, kind: str, key: str) -> None:
        """Delete a resource and, with a conference, its tokens and streams."""
        self.find(kind, key)
        for entries in self._entries.values():
            for each in [*entries]:
                if key.lower() in (each, entries[each].owner):
                    del entries[each]

    def check(self, conference: Json) -> Json:
        """Return a conference.

        Raises:
            ApiError: Another one has its name, or its times are in the wrong order.
        """
        start, end = moment(conference, "join_from"), moment(conference, "join_until")
        if start and end and end < start:
            message = "join_until must not be before join_from"
            raise invalid("invalid_join_until_date", message, "join_until")
        others = (each.value for each in self.all("conferences"))
        name, own = conference.get("name"), conference.get("id")
        if any(name == each["name"] and own != each["id"] for each in others):
            raise invalid("value_not_unique", "Name has already been taken", "name")
        return conference

    def new_id(self) -> str:
        """Return a new id."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def new_secret(self) -> str:
        """Return the value of a new token."""
        return f"vpt_{self._random.getrandbits(128):032x}"

    def now(self) -> str:
        """Return the time."""
        return self._clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def dated(self, fields: Mapping[str, Any]) -> Json:
        """Return a resource that is created or changed now."""
        now = self.now()
        return {"created_at": now, **fields, "updated_at": now}
