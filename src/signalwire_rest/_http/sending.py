"""Whether a request may have been sent, observed through httpcore's ``trace`` extension.

Tracing costs too much on every connection. It is used only while a connection is opened, and with
the user's httpx client, whose errors do not show whether the request was sent.
"""

from functools import partial
from typing import Any

import httpx

_EXTENSION = "may_have_been_sent"
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


def observe_sending(request: Any) -> None:
    """Note in a request's extensions when a connection is opened for it, and when it is sent."""
    extensions = request.extensions
    extensions.setdefault("trace", partial(_note, extensions))


def async_observe_sending(request: Any) -> None:
    """Do the same for a request of async code."""
    extensions = request.extensions

    async def trace(event: str, info: dict[str, Any]) -> None:
        _note(extensions, event, info)

    extensions.setdefault("trace", trace)


def may_have_been_sent(request: httpx.Request, failure: Exception | None) -> bool:
    """Return whether a request without a response may have reached the server."""
    observed = request.extensions.get(_EXTENSION)
    return not isinstance(failure, _NOT_CONNECTED) if observed is None else bool(observed)


def _note(extensions: dict[str, Any], event: str, info: dict[str, Any]) -> None:
    if event.endswith("connect_tcp.started"):
        extensions[_EXTENSION] = False
    elif event.endswith("send_request_headers.started"):
        # A CONNECT request only asks a proxy for the connection.
        extensions[_EXTENSION] = info["request"].method != b"CONNECT"
