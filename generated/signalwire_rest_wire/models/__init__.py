"""Contains all the data models used in inputs/outputs"""

import datetime
import re
from copy import copy
from typing import Any, NoReturn, Required, TypedDict

from attrs import fields

from .active_session import ActiveSession
from .conference import Conference
from .conference_capacity import ConferenceCapacity
from .conference_meta import ConferenceMeta
from .conference_page import ConferencePage
from .conference_token import ConferenceToken
from .conference_token_page import ConferenceTokenPage
from .create_conference_request import CreateConferenceRequest
from .create_stream_request import CreateStreamRequest
from .error_entry import ErrorEntry
from .error_list import ErrorList
from .error_message import ErrorMessage
from .frames_per_second import FramesPerSecond
from .pagination_links import PaginationLinks
from .session_status import SessionStatus
from .stream import Stream
from .stream_page import StreamPage
from .update_conference_request import UpdateConferenceRequest
from .update_stream_request import UpdateStreamRequest
from .video_layout import VideoLayout
from .video_quality import VideoQuality


class CreateConferenceRequestDict(TypedDict, total=False):
    """The attributes of CreateConferenceRequest, as keyword arguments. None is not sent."""

    display_name: Required[str]
    name: str | None
    description: str | None
    join_from: datetime.datetime | None
    join_until: datetime.datetime | None
    quality: str | VideoQuality | None
    layout: str | VideoLayout | None
    size: ConferenceCapacity | str | None
    record_on_start: bool | None
    enable_room_previews: bool | None
    enable_chat: bool | None
    dark_primary: str | None
    dark_background: str | None
    dark_foreground: str | None
    dark_success: str | None
    dark_negative: str | None
    light_primary: str | None
    light_background: str | None
    light_foreground: str | None
    light_success: str | None
    light_negative: str | None


class UpdateConferenceRequestDict(TypedDict, total=False):
    """The attributes of UpdateConferenceRequest, as keyword arguments. None is not sent."""

    display_name: str | None
    description: str | None
    join_from: datetime.datetime | None
    join_until: datetime.datetime | None
    quality: str | VideoQuality | None
    layout: str | VideoLayout | None
    size: ConferenceCapacity | str | None
    record_on_start: bool | None
    enable_room_previews: bool | None
    enable_chat: bool | None
    tone_on_entry_and_exit: bool | None
    room_join_video_off: bool | None
    user_join_video_off: bool | None
    dark_primary: str | None
    dark_background: str | None
    dark_foreground: str | None
    dark_success: str | None
    dark_negative: str | None
    light_primary: str | None
    light_background: str | None
    light_foreground: str | None
    light_success: str | None
    light_negative: str | None


class CreateStreamRequestDict(TypedDict, total=False):
    """The attributes of CreateStreamRequest, as keyword arguments. None is not sent."""

    url: Required[str]


class UpdateStreamRequestDict(TypedDict, total=False):
    """The attributes of UpdateStreamRequest, as keyword arguments. None is not sent."""

    url: Required[str]


DESCRIPTIONS: dict[type[Any], dict[str, str]] = {
    Conference: {
        "id": "The conference's ID.",
        "name": "The conference's unique name. The vendor does not say whether it is unique per project or per space. Requests accept the characters `A-Za-z0-9_-`, at most 100 of them.",
        "display_name": "The name shown to people. Requests accept at most 200 characters.",
        "description": "What the conference is for. Requests accept at most 3000 characters.",
        "join_from": "Participants cannot join before this time.",
        "join_until": "Participants cannot join from this time on. Participants already inside may stay; the conference ends when the last one leaves.",
        "quality": "The conference's resolution. Open enum; `VideoQuality` lists the known values.",
        "layout": "The layout the conference starts with. Open enum; `VideoLayout` lists the known values.",
        "size": "The conference's size, which limits the number of members. Open enum; `ConferenceCapacity` lists the known values.",
        "record_on_start": "Whether each session is recorded from its start.",
        "tone_on_entry_and_exit": "Whether a tone sounds when a member joins or leaves.",
        "user_join_video_off": "Whether a user setting makes participants join with video off.",
        "room_join_video_off": "Whether a room setting makes participants join with video off.",
        "enable_chat": "Whether participants can use group chat.",
        "enable_room_previews": "Whether a preview video of the conference is produced.",
        "dark_primary": "In the dark theme, the colour of call-to-action buttons and selected items.",
        "dark_background": "In the dark theme, the colour of the main background.",
        "dark_foreground": "In the dark theme, the colour of the main foreground.",
        "dark_success": "In the dark theme, the colour that indicates success.",
        "dark_negative": "In the dark theme, the colour that indicates an error.",
        "light_primary": "In the light theme, the colour of call-to-action buttons and selected items.",
        "light_background": "In the light theme, the colour of the main background.",
        "light_foreground": "In the light theme, the colour of the main foreground.",
        "light_success": "In the light theme, the colour that indicates success.",
        "light_negative": "In the light theme, the colour that indicates an error.",
        "meta": "Custom metadata stored with the conference.",
        "created_at": "When the conference was created.",
        "updated_at": "When the conference was last updated.",
        "active_session": "The conference's active session. Absent unless requested with `include_active_session`. If requested while no session is running, it can be absent or null (inferred).",
    },
    ConferenceMeta: {},
    ActiveSession: {
        "id": "The session's ID. In practice a UUID, but not documented as one.",
        "room_id": "The ID of the session's room. Present only if the session was created from a room. In practice a UUID, but not documented as one.",
        "name": "The session's named identifier.",
        "display_name": "The session's display name, at most 200 characters; by default, `name`.",
        "join_from": "Participants cannot join before this time.",
        "join_until": "Participants cannot join from this time on.",
        "remove_at": "Participants still inside at this time are removed.",
        "remove_after_seconds_elapsed": "How long a member may stay, in seconds.",
        "layout": "The layout the session starts with.",
        "max_members": "The maximum number of members.",
        "fps": "Frames per second. Documented as a number, so `20.0` means 20. Open enum; `FramesPerSecond` lists the known values.",
        "quality": "The session's resolution. Open enum; `VideoQuality` lists the known values.",
        "start_time": "When the session started.",
        "end_time": "When the session ended. Unknown while it is in progress (inferred).",
        "duration": "How long the session lasted, in seconds. Unknown while it is in progress (inferred).",
        "status": "Whether the session is still in progress. Open enum; `SessionStatus` lists the known values.",
        "record_on_start": "Whether the session is recorded from its start.",
        "enable_room_previews": "Whether a preview video of the session is produced.",
        "preview_url": "The URL of the preview video. Present only while previews are enabled and the session is in progress.",
        "audio_video_sync": "Whether audio and video are kept in sync.",
    },
    CreateConferenceRequest: {
        "display_name": "The name shown to people, at most 200 characters. The vendor's specification requires it; an older one did not, and used `name` by default (contradictory).",
        "name": "The conference's unique name: at most 100 of the characters `A-Za-z0-9_-`. If omitted, the server chooses one (inferred). The vendor does not say whether it is unique per project or per space.",
        "description": "What the conference is for, at most 3000 characters.",
        "join_from": "Participants cannot join before this time.",
        "join_until": "Participants cannot join from this time on. It must not be before `join_from`.",
        "quality": "The conference's resolution; by default, `720p`. Open enum; `VideoQuality` lists the known values.",
        "layout": "The layout the conference starts with; by default, `grid-responsive`. Open enum; `VideoLayout` lists the known values.",
        "size": "The conference's size, which limits the number of members; by default, `medium`. Open enum; `ConferenceCapacity` lists the known values.",
        "record_on_start": "Whether each session is recorded from its start.",
        "enable_room_previews": "Whether a preview video of the conference is produced.",
        "enable_chat": "Whether participants can use group chat; by default, they can.",
        "dark_primary": "In the dark theme, the colour of call-to-action buttons and selected items; by default, `#044EF4`.",
        "dark_background": "In the dark theme, the colour of the main background; by default, `#FFFFFF`.",
        "dark_foreground": "In the dark theme, the colour of the main foreground; by default, `#1D2127`.",
        "dark_success": "In the dark theme, the colour that indicates success; by default, `#17BB58`.",
        "dark_negative": "In the dark theme, the colour that indicates an error; by default, `#F42C50`.",
        "light_primary": "In the light theme, the colour of call-to-action buttons and selected items; by default, `#044EF4`.",
        "light_background": "In the light theme, the colour of the main background; by default, `#FFFFFF`.",
        "light_foreground": "In the light theme, the colour of the main foreground; by default, `#1D2127`.",
        "light_success": "In the light theme, the colour that indicates success; by default, `#17BB58`.",
        "light_negative": "In the light theme, the colour that indicates an error; by default, `#F42C50`.",
    },
    UpdateConferenceRequest: {
        "display_name": "The name shown to people, at most 200 characters.",
        "description": "What the conference is for, at most 3000 characters.",
        "join_from": "Participants cannot join before this time.",
        "join_until": "Participants cannot join from this time on. It must not be before `join_from`.",
        "quality": "The conference's resolution; by default, `720p`. Open enum; `VideoQuality` lists the known values.",
        "layout": "The layout the conference starts with; by default, `grid-responsive`. Open enum; `VideoLayout` lists the known values.",
        "size": "The conference's size, which limits the number of members; by default, `medium`. Open enum; `ConferenceCapacity` lists the known values.",
        "record_on_start": "Whether each session is recorded from its start.",
        "enable_room_previews": "Whether a preview video of the conference is produced.",
        "enable_chat": "Whether participants can use group chat.",
        "tone_on_entry_and_exit": "Whether a tone sounds when a member joins or leaves.",
        "room_join_video_off": "Whether a room setting makes participants join with video off.",
        "user_join_video_off": "Whether a user setting makes participants join with video off.",
        "dark_primary": "In the dark theme, the colour of call-to-action buttons and selected items.",
        "dark_background": "In the dark theme, the colour of the main background.",
        "dark_foreground": "In the dark theme, the colour of the main foreground.",
        "dark_success": "In the dark theme, the colour that indicates success.",
        "dark_negative": "In the dark theme, the colour that indicates an error.",
        "light_primary": "In the light theme, the colour of call-to-action buttons and selected items.",
        "light_background": "In the light theme, the colour of the main background.",
        "light_foreground": "In the light theme, the colour of the main foreground.",
        "light_success": "In the light theme, the colour that indicates success.",
        "light_negative": "In the light theme, the colour that indicates an error.",
    },
    CreateStreamRequest: {
        "url": "The RTMP or RTMPS address of a server that accepts streams. A stream key follows the address after a slash, so the whole address is a secret.",
    },
    UpdateStreamRequest: {
        "url": "The RTMP or RTMPS address of a server that accepts streams. A stream key follows the address after a slash, so the whole address is a secret.",
    },
    PaginationLinks: {
        "self_": "This page.",
        "first": "The first page.",
        "next_": "The next page. Documented as absent on the last page; treat null and an empty text alike (inferred). A page without entries can have a next page.",
        "prev": "The previous page. Documented as absent on the first page; treat null and an empty text alike (inferred).",
    },
    ConferencePage: {
        "links": "Links to pages. They are absolute in the vendor's specification and start with `/api/` in its paging guide (contradictory): accept both. Send the query of a link as it is, and credentials only to your own space.",
        "data": "The entries of the page.",
    },
    ConferenceToken: {
        "id": "The conference token's ID.",
        "name": "The token's name; in practice `moderator` or `guest` (observed).",
        "token": "The secret that admits participants. In the vendor's sample, it is `vpt_` and 32 hexadecimal digits.",
        "scopes": "The permissions that the token grants. The vendor may add permissions.",
    },
    ConferenceTokenPage: {
        "links": "Links to pages. They are absolute in the vendor's specification and start with `/api/` in its paging guide (contradictory): accept both. Send the query of a link as it is, and credentials only to your own space.",
        "data": "The entries of the page.",
    },
    Stream: {
        "id": "The stream's ID.",
        "url": "The RTMP or RTMPS address. It may end in a stream key, so the whole address is a secret.",
        "stream_type": "The type of the stream, such as `rtmp`.",
        "width": "The width of the video, in pixels.",
        "height": "The height of the video, in pixels.",
        "fps": "The frames per second.",
        "created_at": "When the stream was created.",
        "updated_at": "When the stream was last updated.",
    },
    StreamPage: {
        "data": "The entries of the page.",
        "links": "Links to pages. They are absolute in the vendor's specification and start with `/api/` in its paging guide (contradictory): accept both. Send the query of a link as it is, and credentials only to your own space.",
    },
    ErrorMessage: {
        "error": "A human-readable message. Any text is possible.",
    },
    ErrorList: {
        "errors": "The errors. There may be several.",
    },
    ErrorEntry: {
        "type_": "The category of the error, such as `validation_error`.",
        "code": "A machine-readable code. The vendor may add codes.",
        "message": "A human-readable message.",
        "url": "A link to the vendor's explanation of the code.",
        "attribute": "The parameter or attribute that is invalid, if any.",
    },
}
""" What the contract says of the attributes of each model """

SECRETS: dict[type[Any], tuple[str, ...]] = {
    Conference: (),
    ConferenceMeta: (),
    ActiveSession: (),
    CreateConferenceRequest: (),
    UpdateConferenceRequest: (),
    CreateStreamRequest: ("url",),
    UpdateStreamRequest: ("url",),
    PaginationLinks: (),
    ConferencePage: (),
    ConferenceToken: ("token",),
    ConferenceTokenPage: (),
    Stream: ("url",),
    StreamPage: (),
    ErrorMessage: (),
    ErrorList: (),
    ErrorEntry: (),
}
""" The attributes of each model with `format: password`, whose values its repr hides """


def _hide(value: Any) -> Any:
    # A secret can also arrive in a property that the contract does not describe.
    if type(value) is str:
        return re.sub(r"(vpt_)\w+|((?i:rtmps?)://)[^\s'\"<>]+", r"\1\2***", value)
    if type(value) is dict:
        return {_hide(name): _hide(each) for name, each in value.items()}
    return [_hide(each) for each in value] if type(value) is list else value


def _hide_secrets(model: type[Any], names: tuple[str, ...]) -> None:
    plain: Any = model.__repr__

    def hidden(self: Any) -> Any:
        shown = copy(self)
        for name in names:
            if isinstance(getattr(self, name), str):
                setattr(shown, name, "***")
        return shown

    def __repr__(self: Any) -> str:
        return str(_hide(plain(hidden(self))))

    def __rich_repr__(self: Any) -> list[tuple[str, Any]]:
        # Without it, rich shows the attributes themselves.
        shown = hidden(self)
        return [(each.name, _hide(getattr(shown, each.name))) for each in fields(model)]

    setattr(model, "__repr__", __repr__)
    setattr(model, "__rich_repr__", __rich_repr__)


def _refuse_to_iterate(self: Any) -> NoReturn:
    # Without it, Python would pass 0 to __getitem__, a KeyError.
    raise TypeError(f"a {type(self).__name__} cannot be iterated over; use its to_dict()")


for _model, _descriptions in DESCRIPTIONS.items():
    _hide_secrets(_model, SECRETS[_model])
    setattr(_model, "__iter__", _refuse_to_iterate)
    _model.to_dict.__doc__ = (
        "Return the JSON object, with times in UTC and fields that the contract does not name."
    )
    _model.from_dict.__func__.__doc__ = "Return the model of a JSON object, unchecked."
    # help() takes the description of an attribute from here.
    setattr(_model, "__slots__", dict.fromkeys(_model.__slots__) | _descriptions)

__all__ = (
    "ActiveSession",
    "Conference",
    "ConferenceCapacity",
    "ConferenceMeta",
    "ConferencePage",
    "ConferenceToken",
    "ConferenceTokenPage",
    "CreateConferenceRequest",
    "CreateStreamRequest",
    "ErrorEntry",
    "ErrorList",
    "ErrorMessage",
    "FramesPerSecond",
    "PaginationLinks",
    "SessionStatus",
    "Stream",
    "StreamPage",
    "UpdateConferenceRequest",
    "UpdateStreamRequest",
    "VideoLayout",
    "VideoQuality",
    "CreateConferenceRequestDict",
    "UpdateConferenceRequestDict",
    "CreateStreamRequestDict",
    "UpdateStreamRequestDict",
    "DESCRIPTIONS",
    "SECRETS",
)
