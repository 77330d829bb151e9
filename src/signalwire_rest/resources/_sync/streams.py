# Derived from _async/streams.py by `make generate`. Do not edit.
"""``client.video.streams``: the streams that send a conference to another platform.

Mirrors https://signalwire.com/docs as recorded in ``openapi/openapi.yaml``.
"""

from collections.abc import Mapping
from types import NoneType
from typing import Unpack
from uuid import UUID

from signalwire_rest_wire.api.streams import delete_stream, get_stream, update_stream
from signalwire_rest_wire.models import Stream, UpdateStreamRequest, UpdateStreamRequestDict

from signalwire_rest._core.body import make_body
from signalwire_rest._options import RequestOptions

from .._resource import expand_keywords, raw, resource
from ._base import RawResource, Resource


class Streams(Resource):
    """The streams that send a conference to another platform. Their addresses are kept secret.

    ``extras`` are undocumented fields, which are sent unchecked. ``request_options`` are the
    options of one call. A method raises ``SignalWireRestError`` if the call failed, and
    ``ValueError`` or ``TypeError`` for a wrong argument, before anything is sent.
    """

    with_raw_response: "StreamsWithRawResponse" = resource(lambda: StreamsWithRawResponse)
    """The same methods, which return the raw response."""

    def get(
        self, stream_id: str | UUID, *, request_options: RequestOptions | None = None
    ) -> Stream:
        """Return a stream: ``GET /api/video/streams/{id}``."""
        return self._send(get_stream, Stream, request_options, {"stream_id": stream_id})

    @expand_keywords
    def update(
        self,
        stream_id: str | UUID,
        *,
        extras: Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
        **fields: Unpack[UpdateStreamRequestDict],
    ) -> Stream:
        """Change the address of a stream: ``PUT /api/video/streams/{id}``.

        ``url`` is an RTMP or RTMPS address, which is kept secret.
        """
        path = {"stream_id": stream_id}
        body = make_body(UpdateStreamRequest, fields, extras)
        return self._send(update_stream, Stream, request_options, path, body=body)

    def delete(
        self,
        stream_id: str | UUID,
        *,
        missing_ok: bool = False,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Delete a stream: ``DELETE /api/video/streams/{id}``.

        A 404 is a success if ``missing_ok``, or if an earlier attempt of the call may have been
        processed.
        """
        path = {"stream_id": stream_id}
        return self._send(delete_stream, NoneType, request_options, path, missing_ok)


class StreamsWithRawResponse(RawResource):
    """The methods of streams, which return the raw response."""

    get = raw(Streams.get)
    update = raw(Streams.update)
    delete = raw(Streams.delete)
