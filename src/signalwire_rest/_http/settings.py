"""What the connections of a client have in common."""

import ssl
from collections.abc import Callable

import httpx
from attrs import frozen


@frozen(eq=False, repr=False)
class TransportSettings:
    """How to connect to an origin.

    Args:
        ssl_context: Returns the TLS context, which takes some 30 ms the first time; ``None`` for
            plain http.
        proxy: The proxy to connect through, if any.
        max_connections: The most connections open at a time.
        keepalive_expiry: Seconds after which an idle connection is not used again.
    """

    ssl_context: Callable[[], ssl.SSLContext] | None
    proxy: httpx.Proxy | None
    max_connections: int
    keepalive_expiry: float
