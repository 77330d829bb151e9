"""``client.video``: the video API.

Mirrors https://signalwire.com/docs as recorded in ``openapi/openapi.yaml``.
"""

from .._resource import resource
from ._base import AsyncResource
from .conferences import AsyncConferences


class AsyncVideo(AsyncResource):
    """The video API."""

    conferences: AsyncConferences = resource(lambda: AsyncConferences)
    """Video conferences."""
