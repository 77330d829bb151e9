"""Whether a request may have been sent, noted at the events of httpcore's ``trace`` extension."""

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx

_EXTENSION = "may_have_been_sent"
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_logger = logging.getLogger("signalwire.rest.http")


class _Nothing:
    """Nothing to wait for, and cheaper than a coroutine that returns at once."""

    def __await__(self) -> Iterator[Any]:
        return iter(())


NOTHING = _Nothing()


def observe_sending(request: httpx.Request) -> None:
    """Note in a request's extensions when the user's httpx client connects and sends it."""
    request.extensions.setdefault("trace", partial(note, request.extensions))


def async_observe_sending(request: httpx.Request) -> None:
    """Do the same for a request of async code."""

    async def trace(event: str, info: dict[str, Any]) -> None:
        note(request.extensions, event, info)

    request.extensions.setdefault("trace", trace)


def may_have_been_sent(request: httpx.Request, failure: Exception | None) -> bool:
    """Return whether a request without a response may have reached the server."""
    observed = request.extensions.get(_EXTENSION)
    if observed is not None:
        return bool(observed)
    # A transport of another maker reports no events, and may take a connection that was lost for
    # one that was never made: httpx-aiohttp does.
    is_foreign = "trace" in request.extensions
    return not isinstance(failure, httpx.PoolTimeout if is_foreign else _NOT_CONNECTED)


def note(extensions: dict[str, Any], event: str, info: dict[str, Any]) -> None:
    """Note an event of a request in its extensions, and in the debug log."""
    if event.endswith(("connect_tcp.started", "connect_unix_socket.started")):
        extensions[_EXTENSION] = False
    elif event.endswith("send_request_headers.started"):
        # A CONNECT request only asks a proxy for the connection.
        extensions[_EXTENSION] = info["request"].method != b"CONNECT"
    _logger.debug("%s %s", event, info.get("host", ""))
