"""What a space holds, and the operations of the API on it."""

import copy
import itertools
import random
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from ._fields import CONFERENCE, STREAM, ApiError, check, invalid, moment, settable
from ._pages import Entry, matches, page

Json: TypeAlias = dict[str, Any]

STREAMS_MAX = 10
"""How many streams a conference can have. SignalWire has a limit, but does not publish it."""
TOKENS = (
    {"name": "moderator", "scopes": ["room.member.audio_mute", "room.self.audio_mute"]},
    {"name": "guest", "scopes": ["room.self.audio_mute"]},
)
"""The tokens that are created with a conference."""
_MEMBERS = {"small": 10, "medium": 50, "large": 300}
_SHARED = (
    *("name", "display_name", "join_from", "join_until", "layout", "quality"),
    *("record_on_start", "enable_room_previews"),
)


class State:
    """The resources of a space, by kind and id. The kinds are the segments of the API's paths.

    A method raises ApiError where the API responds with an error.
    """

    def __init__(self, seed: int | None, clock: Callable[[], datetime] | None) -> None:
        start, seconds = datetime(2025, 1, 1, tzinfo=UTC), itertools.count()
        self._clock = clock or (lambda: start + timedelta(seconds=next(seconds)))
        self._random, self._serials = random.Random(seed), itertools.count(1)
        kinds = ("conferences", "conference_tokens", "streams")
        self._entries: dict[str, dict[str, Entry]] = {kind: {} for kind in kinds}

    def operate(
        self, method: str, segments: list[str], query: Mapping[str, str], body: Any
    ) -> tuple[int, Any] | None:
        """Carry out an operation; return its status and its JSON, or None if there is none such."""
        path = "/".join(["/api/video", *segments])
        match [method, *segments]:
            case ["GET", "conferences"]:
                found = [each for each in self.all("conferences") if matches(each.value, query)]
                shown = page(path, query, found)
                return 200, {**shown, "data": [_shown(each, query) for each in shown["data"]]}
            case ["POST", "conferences"]:
                return 200, self.add_conference(self._checked(settable(body)))
            case ["GET", "conferences", key]:
                return 200, _shown(self._find("conferences", key), query)
            case ["PUT", "conferences", key]:
                conference = self._find("conferences", key)
                conference |= self._dated(self._checked({**conference, **settable(body)}))
                return 200, _shown(conference, query)
            case ["GET", "conferences", key, "conference_tokens"]:
                return 200, page(path, query, self.all("conference_tokens", key))
            case ["GET", "conferences", key, "streams"]:
                links = {"self": path, "first": path}
                streams = [each.value for each in self.all("streams", key)]
                return 200, {"links": links, "data": streams}
            case ["POST", "conferences", key, "streams"]:
                if len(self.all("streams", key)) >= STREAMS_MAX:
                    message = "The conference has too many streams"
                    raise invalid("exceeds_platform_stream_limit", message)
                check("url", body["url"])
                return 200, self._add("streams", self._dated({**STREAM, "url": body["url"]}), key)
            case ["GET", ("conference_tokens" | "streams") as kind, key]:
                return 200, self._find(kind, key)
            case ["POST", "conference_tokens", key, "reset"]:
                token = self._find("conference_tokens", key)
                token["token"] = self._new_secret()
                return 200, token
            case ["PUT", "streams", key]:
                stream = self._find("streams", key)
                check("url", body["url"])
                stream |= self._dated({**stream, "url": body["url"]})
                return 200, stream
            case ["DELETE", ("conferences" | "streams") as kind, key]:
                self._delete(kind, key)
                return 204, None
            case _:
                return None

    def add_conference(
        self,
        fields: Mapping[str, Any],
        tokens: Iterable[Mapping[str, Any]] = TOKENS,
        streams: Iterable[Mapping[str, Any]] = (),
    ) -> Json:
        """Add a conference with its tokens and streams, and return it."""
        now = self._dated({})
        value = self._add("conferences", {**CONFERENCE, **now, **fields})
        value["name"] = value["name"] or f"conference-{value['id']}"
        for token in tokens:
            defaults = {"name": None, "token": self._new_secret(), "scopes": list[str]()}
            self._add("conference_tokens", {**defaults, **token}, value["id"])
        for stream in streams:
            self._add("streams", {**STREAM, **now, **stream}, value["id"])
        return value

    def start_session(self, conference_id: str) -> Json:
        """Start a session of a conference, and return it."""
        conference = self._find("conferences", conference_id)
        if _session(conference).get("status") == "in-progress":
            raise ValueError("a session of this conference is in progress")
        session = {name: conference[name] for name in _SHARED}
        session |= {"id": self._new_id(), "max_members": _MEMBERS.get(conference["size"])}
        session |= {"status": "in-progress", "fps": 20, "audio_video_sync": True}
        session |= {"start_time": self._now(), "end_time": None, "duration": None}
        if conference["enable_room_previews"]:
            sessions = "https://example.signalwire.com/api/video/room_sessions"
            session["preview_url"] = f"{sessions}/{session['id']}/preview"
        conference["active_session"] = session
        return session

    def end_session(self, conference_id: str) -> Json:
        """End the session of a conference, and return it."""
        session = _session(self._find("conferences", conference_id))
        if session.get("status") != "in-progress":
            raise ValueError("no session of this conference is in progress")
        session.pop("preview_url", None)
        session |= {"status": "completed", "end_time": self._now()}
        start, end = moment(session, "start_time"), moment(session, "end_time")
        session["duration"] = int((end - start).total_seconds()) if start and end else None
        return session

    def all(self, kind: str, owner: str = "") -> list[Entry]:
        """Return the resources of a kind, those of one conference if any, as they were created."""
        if owner:
            self._find("conferences", owner)
        return [each for each in self._entries[kind].values() if each.owner == owner.lower()]

    def _find(self, kind: str, key: str) -> Json:
        """Return a resource, to read or to change."""
        entry = self._entries[kind].get(key.lower())
        if entry is None:
            raise ApiError(404, {"error": "Not Found"})
        return entry.value

    def _add(self, kind: str, fields: Mapping[str, Any], owner: str = "") -> Json:
        """Add a resource, with an id if it has none."""
        value = copy.deepcopy({"id": self._new_id(), **fields})
        self._entries[kind][value["id"].lower()] = Entry(next(self._serials), owner.lower(), value)
        return value

    def _delete(self, kind: str, key: str) -> None:
        """Delete a resource and, with a conference, its tokens and streams."""
        self._find(kind, key)
        del self._entries[kind][key.lower()]
        for owned in ("conference_tokens", "streams") if kind == "conferences" else ():
            entries = self._entries[owned].items()
            self._entries[owned] = {k: each for k, each in entries if each.owner != key.lower()}

    def _checked(self, conference: Json) -> Json:
        start, end = moment(conference, "join_from"), moment(conference, "join_until")
        if start and end and end < start:
            message = "join_until must not be before join_from"
            raise invalid("invalid_join_until_date", message, "join_until")
        others = (each.value for each in self.all("conferences"))
        name, own = conference.get("name"), conference.get("id")
        if any(name == each["name"] and own != each["id"] for each in others):
            raise invalid("value_not_unique", "Name has already been taken", "name")
        return conference

    def _new_id(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def _new_secret(self) -> str:
        return f"vpt_{self._random.getrandbits(128):032x}"

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def _dated(self, fields: Mapping[str, Any]) -> Json:
        """Return a resource that is created or changed now."""
        now = self._now()
        return {"created_at": now, **fields, "updated_at": now}


def _session(conference: Json) -> Json:
    return conference.get("active_session") or {}


def _shown(conference: Json, query: Mapping[str, str]) -> Json:
    """Return a conference as a query asks for it: with its session or without."""
    hidden = "" if query.get("include_active_session") == "true" else "active_session"
    return {name: value for name, value in conference.items() if name != hidden}
