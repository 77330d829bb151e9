"""A client library for accessing SignalWire Video Conferences"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
