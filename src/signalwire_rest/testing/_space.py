"""A space in memory, as a test sees it."""

import copy
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from signalwire_rest_wire.models import ActiveSession, Conference

from ._fields import ApiError
from ._models import to_json
from ._state import TOKENS, State

_ROOT = "/api/video/"


class Response(NamedTuple):
    """The response to a request."""

    status: int
    """The status."""
    headers: dict[str, str]
    """The headers."""
    body: Any
    """A JSON value, or None if there is no content."""


class Space:
    """A space, empty at first. Several threads can use it.

    Args:
        seed: Determines every id and every token's value.
        clock: Returns the time, with a time zone. Default: a clock that starts at 2025-01-01 and
            advances by one second each time it is read.
    """

    def __init__(self, *, seed: int = 0, clock: Callable[[], datetime] | None = None) -> None:
        self._state = State(seed, clock)
        self._lock = threading.Lock()

    def respond(
        self, method: str, path: str, query: Mapping[str, str] | None = None, body: Any = None
    ) -> Response | None:
        """Carry out a request that matches the contract.

        Args:
            method: The method, in upper case.
            path: The path, without the query.
            query: The query parameters.
            body: The JSON body, parsed.

        Returns:
            The response; None if the API has no such operation.
        """
        if not path.startswith(_ROOT):
            return None
        segments = path.removeprefix(_ROOT).split("/")
        with self._lock:
            try:
                found = self._state.operate(method, segments, query or {}, body)
            except ApiError as error:
                found = error.status, error.body
            if found is None:
                return None
            headers = {} if found[1] is None else {"Content-Type": "application/json"}
            return Response(found[0], headers, copy.deepcopy(found[1]))

    def add_conference(
        self,
        *,
        tokens: Iterable[Mapping[str, Any]] = TOKENS,
        streams: Iterable[Mapping[str, Any]] = (),
        extras: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Conference:
        """Add a conference, and return it.

        Args:
            tokens: Its tokens, each with its fields as in JSON. Default: a moderator's and a
                guest's.
            streams: Its streams, likewise.
            extras: Fields as in JSON, which are not checked.
            fields: Its own fields, as in the model or as in JSON. Any can be left out.

        Raises:
            TypeError: A conference has no such field.
            ValueError: A value does not match the contract.
        """
        checked = {**to_json(Conference, fields), **(extras or {})}
        with self._lock:
            value = self._state.add_conference(checked, tokens, streams)
            return Conference.from_dict(copy.deepcopy(value))

    def start_session(self, conference_id: str | UUID) -> ActiveSession:
        """Start a session of a conference, and return it.

        Raises:
            ApiError: There is no such conference.
            ValueError: A session is in progress.
        """
        with self._lock:
            return ActiveSession.from_dict(self._state.start_session(str(conference_id)))

    def end_session(self, conference_id: str | UUID) -> ActiveSession:
        """End the session of a conference, and return it. The conference goes on showing it.

        Raises:
            ApiError: There is no such conference.
            ValueError: No session is in progress.
        """
        with self._lock:
            return ActiveSession.from_dict(self._state.end_session(str(conference_id)))
