"""What the connections of a client have in common."""

import ssl
from collections.abc import Callable
from typing import Any

import httpx
from attrs import frozen


@frozen(eq=False, repr=False)
class TransportSettings:
    """How to connect to an origin.

    Args:
        ssl_context: Returns the TLS context, which takes some 30 ms to make; ``None`` for plain
            http.
        proxy: The proxy to connect through, if any.
        max_connections: The most connections open at a time.
        keepalive_expiry: Seconds after which an idle connection is not used again.
    """

    ssl_context: Callable[[], ssl.SSLContext] | None
    proxy: httpx.Proxy | None
    max_connections: int
    keepalive_expiry: float


def httpcore_pool_arguments(settings: TransportSettings) -> dict[str, Any]:
    """Return the arguments of httpcore's pools, which make our connections.

    Raises:
        OSError: The certificate file cannot be read.
    """
    import httpcore

    proxy = settings.proxy
    return {
        "ssl_context": settings.ssl_context and settings.ssl_context(),
        "keepalive_expiry": settings.keepalive_expiry,
        "proxy": proxy
        and httpcore.Proxy(str(proxy.url), proxy.raw_auth, proxy.headers.raw, proxy.ssl_context),
    }
