# Derived from _async/video.py by `make generate`. Do not edit.
"""``client.video``: the video API.

Mirrors https://signalwire.com/docs as recorded in ``openapi/openapi.yaml``.
"""

from .._resource import resource
from ._base import Resource
from .conferences import Conferences


class Video(Resource):
    """The video API."""

    conferences: Conferences = resource(lambda: Conferences)
    """Video conferences."""
