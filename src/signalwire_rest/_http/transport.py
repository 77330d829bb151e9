"""The transports: httpx's, with a connection pool for one origin.

httpx's multi-origin pool dominates the cost of a call; one origin needs only a list of idle
connections. The transports remain httpx's classes, whose methods tracing and mocking tools wrap.
"""

import os
import weakref
from importlib import import_module
from typing import Any

import httpx

from .settings import TransportSettings

pools: "weakref.WeakSet[Any]" = weakref.WeakSet()
"""The pools that start over in a forked child."""


class Transport(httpx.HTTPTransport):
    """An ``HTTPTransport`` over one pool."""

    def __init__(self, settings: TransportSettings) -> None:
        # Now and not in the first call: a fork during an import would leave it locked.
        pool = import_module("._sync.pool", __package__).Pool(settings)
        # The one private name of httpx in use; a test fails by name if it changes.
        self._pool = pool
        pools.add(pool)


def _start_over() -> None:
    for pool in tuple(pools):
        pool.start_over()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_over)
