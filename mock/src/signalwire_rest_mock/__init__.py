"""A mock server of SignalWire's REST API, driven by the OpenAPI contract and its test vectors.

It remembers what was created, changed and deleted.

Use it in tests, in demos, and for clients in other languages. On the command line it is
``signalwire-rest-mock``.
"""

from signalwire_rest_mock.api import MockApi
from signalwire_rest_mock.contract import Contract
from signalwire_rest_mock.examples import add_examples
from signalwire_rest_mock.messages import Request, Response
from signalwire_rest_mock.operations import Example, Operation
from signalwire_rest_mock.server import MockServer
from signalwire_rest_mock.vectors import Vector, load_vectors

__all__ = [
    "Contract",
    "Example",
    "MockApi",
    "MockServer",
    "Operation",
    "Request",
    "Response",
    "Vector",
    "add_examples",
    "load_vectors",
]
