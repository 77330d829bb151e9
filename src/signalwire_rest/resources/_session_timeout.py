"""``SignalWireRestSessionTimeoutError``, which ``wait_for_session`` raises."""

from typing import Unpack

from signalwire_rest_wire.models import Conference

from signalwire_rest._errors import Attempts, Json, SignalWireRestTimeoutError


class SignalWireRestSessionTimeoutError(SignalWireRestTimeoutError):
    """No matching session was seen in time.

    Args:
        body: A description of what went wrong.
        url: The URL of the requests.
        method: Their method.
        last_seen: The conference as it was last seen; ``None`` if no request succeeded.
        attempts: How often the conference was requested.
        may_have_been_processed: Whether the API may have carried out the request.
    """

    last_seen: Conference | None = None
    """The conference as it was last seen, or ``None``. Like any result, it is not redacted."""

    def __init__(
        self,
        body: Json,
        url: str,
        method: str = "GET",
        *,
        last_seen: Conference | None = None,
        **more: Unpack[Attempts],
    ) -> None:
        super().__init__(body, url, method, **more)
        self.last_seen = last_seen

    def _outcome(self) -> str:
        return "timed out"
