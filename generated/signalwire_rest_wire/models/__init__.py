"""Contains all the data models used in inputs/outputs"""

import datetime
import re
from copy import copy
from typing import Any, Required, TypedDict

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


def _hide_secrets(model: type[Any], names: tuple[str, ...]) -> None:
    plain: Any = model.__repr__

    def __repr__(self: Any) -> str:
        shown = copy(self)
        for name in names:
            if isinstance(getattr(self, name), str):
                setattr(shown, name, "***")
        # A conference token can also arrive in a property that the contract does not describe.
        return re.sub(r"vpt_\w+", "vpt_***", plain(shown))

    setattr(model, "__repr__", __repr__)


for _model, _names in SECRETS.items():
    _hide_secrets(_model, _names)

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
    "SECRETS",
)
