# Derived from _async/conferences.py by `make generate`. Do not edit.
"""``client.video.conferences``: video conferences, with their tokens and streams.

Mirrors https://signalwire.com/docs as recorded in ``openapi/openapi.yaml``.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from types import NoneType
from typing import Literal, Unpack
from uuid import UUID

from attrs import evolve
from signalwire_rest_wire.api.conferences import (
    create_conference_stream,
    create_video_conference,
    delete_video_conference,
    get_video_conference,
    list_conference_streams,
    list_conference_tokens,
    list_video_conferences,
    update_video_conference,
)
from signalwire_rest_wire.models import (
    Conference,
    ConferencePage,
    ConferenceToken,
    ConferenceTokenPage,
    CreateConferenceRequest,
    CreateConferenceRequestDict,
    CreateStreamRequest,
    CreateStreamRequestDict,
    SessionStatus,
    Stream,
    StreamPage,
    UpdateConferenceRequest,
    UpdateConferenceRequestDict,
)

from signalwire_rest._core.arguments import check_argument
from signalwire_rest._core.body import make_body
from signalwire_rest._core.operation import Operation
from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._errors import SignalWireRestRateLimitError, SignalWireRestTimeoutError
from signalwire_rest._options import POLL_INTERVAL, Polling, RequestOptions

from .._filters import ConferenceFilters
from .._resource import expand_keywords, raw, resource
from .._session_timeout import SignalWireRestSessionTimeoutError
from ._base import Items, Page, RawResource, Resource


class Conferences(Resource):
    """Video conferences, with their tokens and streams.

    ``fields`` are the fields of a request, and ``filters`` those of ``ConferenceFilters``; ``None``
    is not sent. ``extras`` are undocumented fields, such as ``meta``, which are sent unchecked.
    ``page_number`` and ``page_token`` come from the links of another page. ``request_options`` are
    the options of one call, and of the calls for further pages.

    A method raises ``SignalWireRestError`` if a call failed, and ``ValueError`` or ``TypeError``
    for a wrong argument, before anything is sent.
    """

    with_raw_response: "ConferencesWithRawResponse" = resource(lambda: ConferencesWithRawResponse)
    """The same methods, which return the raw response."""

    def get(
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
        """
        path = {"conference_id": conference_id}
        query = {"include_active_session": include_active_session}
        return self._send(get_video_conference, Conference, request_options, path, **query)

    @expand_keywords
    def create(
        self,
        *,
        extras: Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
        **fields: Unpack[CreateConferenceRequestDict],
    ) -> Conference:
        """Create a conference: ``POST /api/video/conferences``.

        Never sent again once it may have been processed. The error says so; look for the ``name``.
        """
        body = make_body(CreateConferenceRequest, fields, extras)
        return self._send(create_video_conference, Conference, request_options, {}, body=body)

    @expand_keywords
    def update(
        self,
        conference_id: str | UUID,
        *,
        extras: Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
        **fields: Unpack[UpdateConferenceRequestDict],
    ) -> Conference:
        """Change a conference: ``PUT /api/video/conferences/{id}``.

        Sends only the given fields. SignalWire's sources disagree on fields that are not sent: its
        Python reference says that they are lost, an older guide that they keep their values. To be
        safe, send every field that has a value. SignalWire's specification requires
        ``display_name``; its SDK, guide and public apps do not.
        """
        path = {"conference_id": conference_id}
        body = make_body(UpdateConferenceRequest, fields, extras)
        return self._send(update_video_conference, Conference, request_options, path, body=body)

    def delete(
        self,
        conference_id: str | UUID,
        *,
        missing_ok: bool = False,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Delete a conference: ``DELETE /api/video/conferences/{id}``.

        A 404 is a success if ``missing_ok``, or if an earlier attempt of the call may have been
        processed.
        """
        path = {"conference_id": conference_id}
        return self._send(delete_video_conference, NoneType, request_options, path, missing_ok)

    def list_conference_tokens(
        self,
        conference_id: str | UUID,
        *,
        page_size: int | None = None,
        page_number: int | None = None,
        page_token: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> Page[ConferenceToken]:
        """Return a page of a conference's tokens: ``GET …/conferences/{id}/conference_tokens``."""
        query = {"page_size": page_size, "page_number": page_number, "page_token": page_token}
        path = {"conference_id": conference_id}
        return self._send_page(
            list_conference_tokens, ConferenceTokenPage, request_options, path, **query
        )

    def list_streams(
        self, conference_id: str | UUID, *, request_options: RequestOptions | None = None
    ) -> Page[Stream]:
        """Return the streams of a conference: ``GET /api/video/conferences/{id}/streams``."""
        path = {"conference_id": conference_id}
        return self._send_page(list_conference_streams, StreamPage, request_options, path)

    @expand_keywords
    def create_stream(
        self,
        conference_id: str | UUID,
        *,
        extras: Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
        **fields: Unpack[CreateStreamRequestDict],
    ) -> Stream:
        """Add a stream to a conference: ``POST /api/video/conferences/{id}/streams``.

        ``url`` is an RTMP or RTMPS address, which is kept secret. Never sent again once it may have
        been processed. The error says so; list the streams.
        """
        path = {"conference_id": conference_id}
        body = make_body(CreateStreamRequest, fields, extras)
        return self._send(create_conference_stream, Stream, request_options, path, body=body)

    def wait_for_session(
        self,
        conference_id: str | UUID,
        *,
        status: Literal["in-progress", "completed"] | SessionStatus | None = "in-progress",
        poll_interval: float = POLL_INTERVAL,
        timeout: float,
        request_options: RequestOptions | None = None,
    ) -> Conference:
        """Return a conference as soon as it has a session, by requesting it again and again.

        Requests the conference at once, and then once per ``poll_interval``. A request that fails
        is retried as in ``get``; if it fails for good, its error is raised. After a 429 the next
        request is made when the API allows it; if that is too late, the 429 is raised at once.

        Args:
            conference_id: The conference's UUID.
            status: The status of the session to wait for; ``None`` for any session. ``completed``
                also matches a session that ended before the call, if the API still returns it.
            poll_interval: Seconds from the start of one request to the start of the next.
            timeout: Seconds to wait, including the requests. The ``timeout`` of the options is
                that of each request.
            request_options: The options of each request. ``abort_signal`` ends the wait as well.

        Raises:
            SignalWireRestSessionTimeoutError: There was no such session in time. Its ``last_seen``
                is the conference as it was last seen.
        """
        polling = Polling(poll_interval, timeout)
        status = check_argument("status", status, annotation_of(SessionStatus | None))
        configuration, path = self._executor.configuration, {"conference_id": conference_id}
        query = {"include_active_session": True}
        operation = Operation(get_video_conference, Conference, path, query)
        url = operation.build(configuration, {}, None).url
        options = configuration.options.merge(request_options)
        clock, attempts = self._executor.clock, 0
        deadline = clock() + polling.timeout
        last_seen: Conference | None = None
        while (left := deadline - clock()) > 0:
            due = clock() + polling.poll_interval
            bounded = evolve(
                request_options or RequestOptions(), timeout=min(left, options.timeout)
            )
            attempts += 1
            try:
                conference: Conference = (self._executor.send(operation, bounded)).parse()
                last_seen, session = conference, conference.active_session
                if session and status in (None, session.status):
                    return conference
            except SignalWireRestRateLimitError as error:
                allowed = clock() + (error.retry_after or 0)
                if allowed >= deadline:
                    raise
                due = max(due, allowed)
            except SignalWireRestTimeoutError:
                # A timer may end a millisecond early.
                if deadline - clock() > 0.001:
                    raise
            self._executor.wait(min(due, deadline) - clock(), options.abort_signal)
        raise SignalWireRestSessionTimeoutError(
            f"no {status or 'active'} session within {polling.timeout:g} s",
            configuration.credentials.redact(str(url)),
            last_seen=last_seen,
            attempts=attempts,
        )

    @expand_keywords
    def paginate(
        self,
        *,
        limit: int | None = None,
        request_options: RequestOptions | None = None,
        **filters: Unpack[ConferenceFilters],
    ) -> Iterator[Conference]:
        """Iterate over conferences, up to ``limit``. Pages are requested when they are needed."""
        get_first_page = partial(self.list, request_options=request_options, **filters)
        return Items(get_first_page, limit)

    @expand_keywords
    def list(
        self,
        *,
        page_number: int | None = None,
        page_token: str | None = None,
        request_options: RequestOptions | None = None,
        **filters: Unpack[ConferenceFilters],
    ) -> Page[Conference]:
        """Return a page of conferences: ``GET /api/video/conferences``."""
        query = {"page_number": page_number, "page_token": page_token, **filters}
        return self._send_page(list_video_conferences, ConferencePage, request_options, {}, **query)


class ConferencesWithRawResponse(RawResource):
    """The methods of conferences, which return the raw response."""

    get = raw(Conferences.get)
    create = raw(Conferences.create)
    update = raw(Conferences.update)
    delete = raw(Conferences.delete)
    list_conference_tokens = raw(Conferences.list_conference_tokens)
    list_streams = raw(Conferences.list_streams)
    create_stream = raw(Conferences.create_stream)
    list = raw(Conferences.list)
