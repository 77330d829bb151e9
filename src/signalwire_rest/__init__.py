"""A typed client for SignalWire's REST API.

::

    from signalwire_rest import RestClient

    with RestClient(project="…", token="…", host="example.signalwire.com") as client:
        conference = client.video.conferences.get("c22d24f6-5a47-4597-9a23-c7d01e696b92")

Models are mutable. To change a copy, use ``copy.deepcopy`` and set its attributes: ``attrs.evolve``
loses ``additional_properties``, that is, fields that the contract does not name, and what is in
``meta``.
"""

import copyreg
from typing import TYPE_CHECKING, Any

from signalwire_rest_wire.models import (
    ActiveSession,
    Conference,
    ConferenceCapacity,
    ConferenceMeta,
    FramesPerSecond,
    SessionStatus,
    VideoLayout,
    VideoQuality,
)
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
    "AsyncRestClient",
    "Conference",
    "ConferenceCapacity",
    "ConferenceMeta",
    "ErrorDetail",
    "FramesPerSecond",
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
    "SignalWireRestTimeoutError",
    "SignalWireRestTransportError",
    "SignalWireRestValidationError",
    "Unset",
    "VideoLayout",
    "VideoQuality",
    "__version__",
]

# UNSET is compared by identity, which a pickle or a deep copy would lose.
copyreg.pickle(Unset, lambda _: "UNSET")


if TYPE_CHECKING:
    from signalwire_rest._async_client import AsyncRestClient
else:
    # A type checker would take any name for one of the package's.
    def __getattr__(name: str) -> Any:
        # The async client is slow to import, and most programs are sync.
        if name == "AsyncRestClient":
            from signalwire_rest._async_client import AsyncRestClient

            globals()[name] = AsyncRestClient
            return AsyncRestClient
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)


def __dir__() -> list[str]:
    return __all__
