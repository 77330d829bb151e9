# Derived from _async/conference_tokens.py by `make generate`. Do not edit.
"""``client.video.conference_tokens``: the tokens that admit participants to a conference.

Mirrors https://signalwire.com/docs as recorded in ``openapi/openapi.yaml``.
"""

from uuid import UUID

from signalwire_rest_wire.api.conference_tokens import get_conference_token, reset_conference_token
from signalwire_rest_wire.models import ConferenceToken

from signalwire_rest._options import RequestOptions

from .._resource import raw, resource
from ._base import RawResource, Resource


class ConferenceTokens(Resource):
    """The tokens that admit participants to a conference. Their values are kept secret.

    ``request_options`` are the options of one call. A method raises ``SignalWireRestError`` if the
    call failed, and ``ValueError`` or ``TypeError`` for a wrong argument, before anything is sent.
    """

    with_raw_response: "ConferenceTokensWithRawResponse" = resource(
        lambda: ConferenceTokensWithRawResponse
    )
    """The same methods, which return the raw response."""

    def get(
        self, token_id: str | UUID, *, request_options: RequestOptions | None = None
    ) -> ConferenceToken:
        """Return a token: ``GET /api/video/conference_tokens/{id}``."""
        path = {"token_id": token_id}
        return self._send(get_conference_token, ConferenceToken, request_options, path)

    def reset(
        self, token_id: str | UUID, *, request_options: RequestOptions | None = None
    ) -> ConferenceToken:
        """Replace the value of a token: ``POST /api/video/conference_tokens/{id}/reset``.

        Never sent again once it may have been processed. The error says so; get the token."""
        path = {"token_id": token_id}
        return self._send(reset_conference_token, ConferenceToken, request_options, path)


class ConferenceTokensWithRawResponse(RawResource):
    """The methods of conference tokens, which return the raw response."""

    get = raw(ConferenceTokens.get)
    reset = raw(ConferenceTokens.reset)
