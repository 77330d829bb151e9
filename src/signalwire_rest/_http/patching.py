"""Mocking tools that patch httpcore, such as respx: while they do, httpcore gets the requests."""

from typing import Any

from .settings import TransportSettings


def is_patched(pool: type, method: str) -> bool:
    """Return whether a method of one of httpcore's pools is not the original."""
    code = getattr(getattr(pool, method), "__code__", None)
    return code is None or code.co_filename != vars(pool)["__init__"].__code__.co_filename


def httpcore_arguments(settings: TransportSettings) -> dict[str, Any]:
    """Return the arguments of a pool of httpcore's that makes one call."""
    ssl_context = settings.ssl_context and settings.ssl_context()
    return {"ssl_context": ssl_context, "max_keepalive_connections": 0}
