# Derived from _async/sender.py by `make generate`. Do not edit.
"""Send one request, over our own transport or a given httpx client, and buffer the response."""

from collections.abc import Iterable
from contextlib import nullcontext
from typing import cast

import httpx

from ..buffered_response import FAILURES, BufferedResponse
from ..patching import is_patched
from ..sending import observe_sending
from ..settings import TransportSettings
from ..transport import Transport

_GRACE = 0.05
"""Seconds for the user's client to end a wait, and to close its socket, before it is cancelled."""

_NO_LIMIT = nullcontext()


class Sender:
    """Sends the requests of one client.

    Args:
        settings: How to connect; unused with an ``http_client``.
        http_client: The user's httpx client. It is never closed or changed.
    """

    def __init__(self, settings: TransportSettings, http_client: httpx.Client | None) -> None:
        self._http_client = http_client
        self._transport = None if http_client else Transport(settings)
        # A transport of another maker may raise anything.
        self._failures = Exception if http_client else FAILURES
        self._closed = False

    @property
    def closed(self) -> str | None:
        """The name of the closed client; ``None`` if requests can be sent."""
        if self._closed:
            return "this client"
        given = self._http_client
        return "the http_client of this client" if given is not None and given.is_closed else None

    def send(self, request: httpx.Request, response: BufferedResponse) -> None:
        """Send a request and read the response, or note in the response why that failed."""
        try:
            # Our transport ends every wait by the deadline. A sync call cannot be cancelled.
            latest = response.time_left + _GRACE
            with nullcontext(latest) if self._http_client else _NO_LIMIT:
                if self._transport is not None and not is_patched(httpx.Client, "send"):
                    received = self._transport.handle_request(request)
                else:
                    received = self._send_over_client(request)
                try:
                    if response.start(received):
                        for chunk in cast(Iterable[bytes], received.stream):
                            if not response.add(chunk):
                                received.close()
                        response.finish()
                finally:
                    # Not of the response: that would open a context of httpx's for nothing.
                    cast(httpx.ByteStream, received.stream).close()
        except self._failures as failure:
            response.fail(failure)

    def close(self) -> None:
        """Close the connections. The user's client stays open."""
        self._closed = True
        if self._transport is not None:
            self._transport.close()

    def _send_over_client(self, request: httpx.Request) -> httpx.Response:
        client = self._http_client
        if client is None:
            # Sentry sees only what this method sends. A new client, since each keeps cookies.
            client = httpx.Client(transport=self._transport, trust_env=False)
        else:
            observe_sending(request)
            headers = httpx.Headers(client.headers)
            request.headers.pop("Cookie", None)  # of an earlier attempt
            headers.update(request.headers)
            request.headers = headers
            client.cookies.set_cookie_header(request)
        return client.send(request, stream=True, auth=None, follow_redirects=False)
