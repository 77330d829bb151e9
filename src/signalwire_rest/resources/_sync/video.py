# Derived from _async/video.py by `make generate`. Do not edit.
"""``client.video``: the video API.

Mirrors https://signalwire.com/docs as recorded in ``openapi/openapi.yaml``.
"""

from .._resource import resource
from ._base import Resource
from .conference_tokens import ConferenceTokens
from .conferences import Conferences
from .streams import Streams


class Video(Resource):
    """The video API."""

    conferences: Conferences = resource(lambda: Conferences)
    """Video conferences."""
    conference_tokens: ConferenceTokens = resource(lambda: ConferenceTokens)
    """The tokens that admit participants to a conference."""
    streams: Streams = resource(lambda: Streams)
    """The streams that send a conference to another platform."""
