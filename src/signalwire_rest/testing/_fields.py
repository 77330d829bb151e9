"""The fields of conferences and streams: their defaults, and which values the API accepts."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_ROLES = {
    "primary": "#044EF4",
    "background": "#FFFFFF",
    "foreground": "#1D2127",
    "success": "#17BB58",
    "negative": "#F42C50",
}
_SWITCHES = (
    *("record_on_start", "tone_on_entry_and_exit", "enable_room_previews"),
    *("user_join_video_off", "room_join_video_off"),
)
_COLOURS = {f"{theme}_{role}": _ROLES[role] for theme in ("dark", "light") for role in _ROLES}
CONFERENCE: dict[str, Any] = {
    **dict.fromkeys(("name", "display_name", "description", "join_from", "join_until")),
    "quality": "720p",
    "layout": "grid-responsive",
    "size": "medium",
    **dict.fromkeys(_SWITCHES, False),
    "enable_chat": True,
    **_COLOURS,
    "meta": {},
}
"""The defaults of the fields that a request can set. Other fields of a request are ignored."""
STREAM = {"stream_type": "rtmp", "width": 1920, "height": 1080, "fps": 20}
_PATTERNS = {
    "name": "[A-Za-z0-9_-]{1,100}",
    "display_name": "(?s).{0,200}",
    "description": "(?s).{0,3000}",
    **dict.fromkeys(_COLOURS, "#[0-9a-fA-F]{6}"),
    "url": r"rtmps?://[^/\s]+(/\S*)?",
}


class ApiError(Exception):
    """An error response, with its status code and its JSON body."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(status, body)
        self.status, self.body = status, body


def invalid(code: str, message: str, attribute: str | None = None) -> ApiError:
    """Return a 422 with one of SignalWire's error codes."""
    url = "https://signalwire.com/docs/apis/error-codes"
    entry = {"type": "validation_error", "code": code, "message": message}
    return ApiError(422, {"errors": [{**entry, "attribute": attribute, "url": url}]})


def settable(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return those fields of a request that a conference has, checked."""
    found = {name: value for name, value in fields.items() if name in CONFERENCE}
    for name, value in found.items():
        check(name, value)
    return found


def check(name: str, value: Any) -> None:
    """Raise an ApiError for a value that the API does not accept. Every enum is open."""
    default = CONFERENCE.get(name)
    if isinstance(default, bool):
        valid = isinstance(value, bool)
    elif value is None:
        valid = name not in ("name", "quality", "layout", "url")
    elif name == "meta":
        valid = isinstance(value, dict)
    else:
        valid = re.fullmatch(_PATTERNS.get(name, "(?s).*"), str(value)) is not None
    if not valid:
        code = "url_failed_to_parse" if name == "url" else "invalid_parameter"
        raise invalid(code, f"{name} is not valid", name)


def moment(fields: Mapping[str, Any], name: str) -> datetime | None:
    """Return a field that is a date-time, a date or a Unix time; None if it is missing."""
    text = str(fields.get(name) or "").upper()
    try:
        if text.isascii() and text.isdecimal():
            return datetime.fromtimestamp(int(text), UTC)
        found = datetime.fromisoformat(text) if text else None
    except (ValueError, OverflowError, OSError) as error:
        raise invalid("not_a_datetime", f"{name} must be a date-time", name) from error
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None
