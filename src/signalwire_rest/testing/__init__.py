"""A space in memory: conferences, tokens, streams and sessions that remember what was done.

``Space`` behaves like SignalWire's video API, without a network or credentials. The mock server
serves one, and a test can use one directly.
"""

from ._fields import ApiError, invalid
from ._space import Response, Space

__all__ = ["ApiError", "Response", "Space", "invalid"]
