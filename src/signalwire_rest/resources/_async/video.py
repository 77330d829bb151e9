"""``client.video``: the video API.

Mirrors https://signalwire.com/docs as recorded in ``openapi/openapi.yaml``.
"""

from .._resource import resource
from ._base import AsyncResource
from .conference_tokens import AsyncConferenceTokens
from .conferences import AsyncConferences
from .streams import AsyncStreams


class AsyncVideo(AsyncResource):
    """The video API."""

    conferences: AsyncConferences = resource(lambda: AsyncConferences)
    """Video conferences."""
    conference_tokens: AsyncConferenceTokens = resource(lambda: AsyncConferenceTokens)
    """The tokens that admit participants to a conference."""
    streams: AsyncStreams = resource(lambda: AsyncStreams)
    """The streams that send a conference to another platform."""
