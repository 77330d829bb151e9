"""Tools that patch httpx or httpcore: while they do, what they patch gets the requests."""

from types import FunctionType
from typing import Any

from .settings import TransportSettings


def is_patched(kind: type, method: str) -> bool:
    """Return whether a method of a class of httpx's or httpcore's is not the original."""
    found = vars(kind)[method]
    # A wrapper of wrapt's claims every attribute of what it wraps, but not its type.
    if type(found) is not FunctionType:
        return True
    return found.__globals__ is not vars(kind)["__init__"].__globals__


def httpcore_arguments(settings: TransportSettings) -> dict[str, Any]:
    """Return the arguments of a pool of httpcore's that makes one call."""
    ssl_context = settings.ssl_context and settings.ssl_context()
    return {"ssl_context": ssl_context, "max_keepalive_connections": 0}
