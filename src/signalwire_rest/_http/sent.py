"""Whether a request that failed may have been sent."""

from typing import Any

import httpx

_EXTENSION = "may_have_been_sent"
_NOT_CONNECTED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def note_connection(request: Any, connection: Any) -> None:
    """Note whether a request may be sent from now on, in case it is cancelled.

    Args:
        request: httpcore's request.
        connection: httpcore's connection; ``None`` before there was one.
    """
    connected = connection is not None and not connection.info().startswith("CONNECT")
    request.extensions[_EXTENSION] = connected


def may_have_been_sent(request: httpx.Request, failure: Exception) -> bool:
    """Return whether a request that failed may have reached the server."""
    if isinstance(failure, TimeoutError):  # cancelled by its deadline, at any point
        return bool(request.extensions.get(_EXTENSION, True))
    return not isinstance(failure, _NOT_CONNECTED)
