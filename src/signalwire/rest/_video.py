"""``client.video``: the methods of the video API.

Mirrors https://signalwire.com/docs, as written down in ``openapi/openapi.yaml``.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from signalwire_rest_wire.api.video import get_video_conference
from signalwire_rest_wire.models import Conference

from signalwire.rest._arguments import flag_argument, uuid_argument
from signalwire.rest._options import RequestOptions

if TYPE_CHECKING:
    from signalwire.rest._async_caller import AsyncCaller
    from signalwire.rest._caller import Caller


class Video:
    """The video API."""

    def __init__(self, caller: "Caller") -> None:
        self.conferences = Conferences(caller)
        """Video conferences (:class:`Conferences`)."""


class Conferences:
    """Video conferences."""

    def __init__(self, caller: "Caller") -> None:
        self._caller = caller

    def get(
        self,
        conference_id: str | UUID,
        /,
        *,
        include_active_session: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> Conference:
        """Return one conference: ``GET /api/video/conferences/{id}``.

        Args:
            conference_id: The conference's UUID.
            include_active_session: Whether ``active_session`` is to be there, if a session runs.
                ``None`` leaves that to the API, which takes it for ``False``.
            request_options: Options of this call.

        Raises:
            SignalWireRestError: The call has failed; see its subclasses for how.
            ValueError: ``conference_id`` is no UUID. Nothing was sent.
            TypeError: An argument is of another type. Nothing was sent.
        """
        return self._caller.call(
            get_video_conference.sync_detailed,
            Conference,
            request_options,
            id=uuid_argument("conference_id", conference_id),
            include_active_session=flag_argument("include_active_session", include_active_session),
        )


class AsyncVideo:
    """The video API, for async code."""

    def __init__(self, caller: "AsyncCaller") -> None:
        self.conferences = AsyncConferences(caller)
        """Video conferences (:class:`AsyncConferences`)."""


class AsyncConferences:
    """Video conferences, for async code."""

    def __init__(self, caller: "AsyncCaller") -> None:
        self._caller = caller

    async def get(
        self,
        conference_id: str | UUID,
        /,
        *,
        include_active_session: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> Conference:
        """Return one conference, as :meth:`Conferences.get` does."""
        return await self._caller.call(
            get_video_conference.asyncio_detailed,
            Conference,
            request_options,
            id=uuid_argument("conference_id", conference_id),
            include_active_session=flag_argument("include_active_session", include_active_session),
        )
