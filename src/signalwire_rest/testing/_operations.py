"""The operations of the API on the state of a space."""

from collections.abc import Iterable, Mapping
from typing import Any

from ._fields import CONFERENCE, STREAM, check, invalid, moment, settable
from ._pages import matches, page
from ._state import Json, State

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


def operate(
    state: State, method: str, segments: list[str], query: Mapping[str, str], body: Any
) -> tuple[int, Any] | None:
    """Carry out an operation; return its status and its JSON. None: there is no such operation.

    Raises:
        ApiError: The response is an error.
    """
    path = "/".join(["/api/video", *segments])
    match [method, *segments]:
        case ["GET", "conferences"]:
            found = [each for each in state.all("conferences") if matches(each.value, query)]
            shown = page(path, query, found)
            return 200, {**shown, "data": [_shown(each, query) for each in shown["data"]]}
        case ["POST", "conferences"]:
            return 200, add_conference(state, state.check(settable(body)))
        case ["GET", "conferences", key]:
            return 200, _shown(state.find("conferences", key), query)
        case ["PUT", "conferences", key]:
            conference = state.find("conferences", key)
            changed = state.check({**conference, **settable(body)})
            conference |= state.dated(changed)
            return 200, _shown(conference, query)
        case ["GET", "conferences", key, "conference_tokens"]:
            return 200, page(path, query, state.all("conference_tokens", key))
        case ["GET", "conferences", key, "streams"]:
            links = {"self": path, "first": path}
            return 200, {"links": links, "data": [each.value for each in state.all("streams", key)]}
        case ["POST", "conferences", key, "streams"]:
            if len(state.all("streams", key)) >= STREAMS_MAX:
                message = "The conference has too many streams"
                raise invalid("exceeds_platform_stream_limit", message)
            check("url", body["url"])
            return 200, state.add("streams", state.dated({**STREAM, "url": body["url"]}), key)
        case ["GET", ("conference_tokens" | "streams") as kind, key]:
            return 200, state.find(kind, key)
        case ["POST", "conference_tokens", key, "reset"]:
            token = state.find("conference_tokens", key)
            token["token"] = state.new_secret()
            return 200, token
        case ["PUT", "streams", key]:
            stream = state.find("streams", key)
            check("url", body["url"])
            stream |= state.dated({**stream, "url": body["url"]})
            return 200, stream
        case ["DELETE", ("conferences" | "streams") as kind, key]:
            state.delete(kind, key)
            return 204, None
        case _:
            return None


def add_conference(
    state: State,
    fields: Mapping[str, Any],
    tokens: Iterable[Mapping[str, Any]] = TOKENS,
    streams: Iterable[Mapping[str, Any]] = (),
) -> Json:
    """Add a conference with its tokens and streams, and return it."""
    now = state.dated({})
    value = state.add("conferences", {**CONFERENCE, **now, **fields})
    value["name"] = value["name"] or f"conference-{value['id']}"
    for token in tokens:
        defaults = {"name": None, "token": state.new_secret(), "scopes": list[str]()}
        state.add("conference_tokens", {**defaults, **token}, value["id"])
    for stream in streams:
        state.add("streams", {**STREAM, **now, **stream}, value["id"])
    return value


def start_session(state: State, conference_id: str) -> Json:
    """Start a session of a conference, and return it."""
    conference = state.find("conferences", conference_id)
    if _session(conference).get("status") == "in-progress":
        raise ValueError("a session of this conference is in progress")
    session = {name: conference[name] for name in _SHARED}
    session |= {"id": state.new_id(), "max_members": _MEMBERS.get(conference["size"])}
    session |= {"status": "in-progress", "fps": 20, "audio_video_sync": True}
    session |= {"start_time": state.now(), "end_time": None, "duration": None}
    if conference["enable_room_previews"]:
        sessions = "https://example.signalwire.com/api/video/room_sessions"
        session["preview_url"] = f"{sessions}/{session['id']}/preview"
    conference["active_session"] = session
    return session


def end_session(state: State, conference_id: str) -> Json:
    """End the session of a conference, and return it."""
    session = _session(state.find("conferences", conference_id))
    if session.get("status") != "in-progress":
        raise ValueError("no session of this conference is in progress")
    session.pop("preview_url", None)
    session |= {"status": "completed", "end_time": state.now()}
    start, end = moment(session, "start_time"), moment(session, "end_time")
    session["duration"] = int((end - start).total_seconds()) if start and end else None
    return session


def _session(conference: Json) -> Json:
    return conference.get("active_session") or {}


def _shown(conference: Json, query: Mapping[str, str]) -> Json:
    """Return a conference as a query asks for it: with its session or without."""
    hidden = "" if query.get("include_active_session") == "true" else "active_session"
    return {name: value for name, value in conference.items() if name != hidden}
