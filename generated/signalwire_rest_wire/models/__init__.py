"""Contains all the data models used in inputs/outputs"""

from .active_session import ActiveSession
from .conference import Conference
from .conference_layout import ConferenceLayout
from .conference_meta import ConferenceMeta
from .conference_size import ConferenceSize
from .error_entry import ErrorEntry
from .error_list import ErrorList
from .error_message import ErrorMessage
from .frames_per_second import FramesPerSecond
from .session_status import SessionStatus
from .video_quality import VideoQuality

__all__ = (
    "ActiveSession",
    "Conference",
    "ConferenceLayout",
    "ConferenceMeta",
    "ConferenceSize",
    "ErrorEntry",
    "ErrorList",
    "ErrorMessage",
    "FramesPerSecond",
    "SessionStatus",
    "VideoQuality",
)
