"""Test code that uses the client, without a network or credentials.

``make_conference`` and its siblings return models. ``FakeSpace`` is a space in memory, with clients
that call it. The mock server serves the same model, ``Space``. The fixtures of a pytest plugin are
in :mod:`signalwire_rest.testing.pytest_plugin`.
"""

from ._fake import FakeSpace
from ._fields import ApiError, invalid
from ._models import make_conference, make_conference_token, make_session, make_stream
from ._space import Response, Space
from ._time import VirtualTime

__all__ = [
    "ApiError",
    "FakeSpace",
    "Response",
    "Space",
    "VirtualTime",
    "invalid",
    "make_conference",
    "make_conference_token",
    "make_session",
    "make_stream",
]
