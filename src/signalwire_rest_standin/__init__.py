"""A stand-in of SignalWire's REST API that answers from the contract's own vectors and examples.

For the demo, for tests, and for clients in other languages: it runs as ``signalwire-rest-standin``.
Needs the extra ``standin`` of ``signalwire-rest``.
"""

try:
    from signalwire_rest_standin.answers import Answer, Request, StandIn
    from signalwire_rest_standin.contract import Contract, Example
    from signalwire_rest_standin.server import Server
    from signalwire_rest_standin.vectors import Vector, load_vectors
except ModuleNotFoundError as error:
    raise ImportError(
        f"{error.name} is missing: the stand-in needs pip install 'signalwire-rest[standin]'"
    ) from error

__all__ = [
    "Answer",
    "Contract",
    "Example",
    "Request",
    "Server",
    "StandIn",
    "Vector",
    "load_vectors",
]
