"""``client.video.conferences``: video conferences.

Mirrors https://signalwire.com/docs as recorded in ``openapi/openapi.yaml``.
"""

from uuid import UUID

from signalwire_rest_wire.api.conferences import get_video_conference
from signalwire_rest_wire.models import Conference

from signalwire_rest._options import RequestOptions

from .._resource import async_raw, resource
from ._base import AsyncRawResource, AsyncResource


class AsyncConferences(AsyncResource):
    """Video conferences."""

    with_raw_response: "AsyncConferencesWithRawResponse" = resource(
        lambda: AsyncConferencesWithRawResponse
    )
    """The same methods, which return the raw response."""

    async def get(
        self,
        conference_id: str | UUID,
        *,
        include_active_session: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> Conference:
        """Return a conference: ``GET /api/video/conferences/{id}``.

        Args:
            conference_id: The conference's UUID.
            include_active_session: Whether to include ``active_session`` if a session is running.
                If ``None``, the parameter is not sent, and the API omits ``active_session``.
            request_options: Options of this call.

        Raises:
            SignalWireRestError: The call failed; the subclass identifies the failure.
            ValueError: ``conference_id`` is not a UUID. Nothing was sent.
            TypeError: An argument has the wrong type. Nothing was sent.
        """
        return await self._send(
            get_video_conference,
            Conference,
            request_options,
            {"conference_id": conference_id},
            include_active_session=include_active_session,
        )


class AsyncConferencesWithRawResponse(AsyncRawResource):
    """The methods of conferences, which return the raw response."""

    get = async_raw(AsyncConferences.get)
