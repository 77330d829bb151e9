"""A typed client for SignalWire's REST API.

::

    from signalwire_rest import RestClient

    with RestClient(project="…", token="…", host="example.signalwire.com") as client:
        conference = client.video.conferences.get("c22d24f6-5a47-4597-9a23-c7d01e696b92")

Models are mutable. To change a copy, use ``copy.deepcopy`` and set its attributes: ``attrs.evolve``
loses ``additional_properties``, that is, fields that the contract does not name, and what is in
``meta``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from signalwire_rest_wire.types import UNSET, Unset

from signalwire_rest._client import RestClient
from signalwire_rest._core.raw_response import RawResponse
from signalwire_rest._errors import (
    ErrorDetail,
    SignalWireRestAbortedError,
    SignalWireRestAuthenticationError,
    SignalWireRestBadRequestError,
    SignalWireRestClosedError,
    SignalWireRestContractError,
    SignalWireRestError,
    SignalWireRestNotFoundError,
    SignalWireRestPermissionError,
    SignalWireRestRateLimitError,
    SignalWireRestServerError,
    SignalWireRestTimeoutError,
    SignalWireRestTransportError,
    SignalWireRestValidationError,
)
from signalwire_rest._options import AbortSignal, RequestOptions
from signalwire_rest._version import __version__

__all__ = [
    "UNSET",
    "AbortSignal",
    "ActiveSession",
    "AsyncPage",
    "AsyncRestClient",
    "Conference",
    "ConferenceCapacity",
    "ConferenceFilters",
    "ConferenceMeta",
    "ConferenceToken",
    "CreateConferenceRequestDict",
    "CreateStreamRequestDict",
    "ErrorDetail",
    "FramesPerSecond",
    "Page",
    "PaginationLinks",
    "RawResponse",
    "RequestOptions",
    "RestClient",
    "SessionStatus",
    "SignalWireRestAbortedError",
    "SignalWireRestAuthenticationError",
    "SignalWireRestBadRequestError",
    "SignalWireRestClosedError",
    "SignalWireRestContractError",
    "SignalWireRestError",
    "SignalWireRestNotFoundError",
    "SignalWireRestPermissionError",
    "SignalWireRestRateLimitError",
    "SignalWireRestServerError",
    "SignalWireRestSessionTimeoutError",
    "SignalWireRestTimeoutError",
    "SignalWireRestTransportError",
    "SignalWireRestValidationError",
    "Stream",
    "Unset",
    "UpdateConferenceRequestDict",
    "UpdateStreamRequestDict",
    "VideoLayout",
    "VideoQuality",
    "__version__",
    "from_json",
    "to_json",
]

_LATER = (
    "._pydantic",
    "signalwire_rest_wire.models",
    "._decoding.models",
    ".resources._filters",
    ".resources._session_timeout",
    ".resources._sync._base",
    ".resources._async._base",
    "._async_client",
)
"""The modules that are slow to import, and of use with a client only."""

if TYPE_CHECKING:
    from signalwire_rest_wire.models import (
        ActiveSession,
        Conference,
        ConferenceCapacity,
        ConferenceMeta,
        ConferenceToken,
        CreateConferenceRequestDict,
        CreateStreamRequestDict,
        FramesPerSecond,
        PaginationLinks,
        SessionStatus,
        Stream,
        UpdateConferenceRequestDict,
        UpdateStreamRequestDict,
        VideoLayout,
        VideoQuality,
    )

    from signalwire_rest._async_client import AsyncRestClient
    from signalwire_rest._decoding.models import from_json, to_json
    from signalwire_rest.resources._async._base import AsyncPage
    from signalwire_rest.resources._filters import ConferenceFilters
    from signalwire_rest.resources._session_timeout import SignalWireRestSessionTimeoutError
    from signalwire_rest.resources._sync._base import Page
else:
    # A type checker would take any name for one of the package's.
    def __getattr__(name: str) -> Any:
        for module in _LATER if name in __all__ else ():
            if hasattr(found := import_module(module, __name__), name):
                return globals().setdefault(name, getattr(found, name))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)


def __dir__() -> list[str]:
    return __all__
