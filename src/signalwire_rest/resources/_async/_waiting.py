"""Wait for the session of a conference."""

from uuid import UUID

from attrs import evolve
from signalwire_rest_wire.api.conferences import get_video_conference
from signalwire_rest_wire.models import Conference, SessionStatus

from signalwire_rest._core._async.executor import AsyncExecutor
from signalwire_rest._core.arguments import check_argument
from signalwire_rest._core.operation import Operation
from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._errors import SignalWireRestRateLimitError, SignalWireRestTimeoutError
from signalwire_rest._options import Polling, RequestOptions

from .._session_timeout import SignalWireRestSessionTimeoutError


async def wait_for_session(
    executor: AsyncExecutor,
    conference_id: str | UUID,
    status: str | None,
    polling: Polling,
    request_options: RequestOptions | None,
) -> Conference:
    """Return a conference as soon as it has a matching session."""
    status = check_argument("status", status, annotation_of(SessionStatus | None))
    configuration, path = executor.configuration, {"conference_id": conference_id}
    query = {"include_active_session": True}
    operation = Operation(get_video_conference, Conference, path, query)
    url = operation.build(configuration, {}, None).url
    options = configuration.options.merge(request_options)
    clock, attempts = executor.clock, 0
    deadline = clock() + polling.timeout
    last_seen: Conference | None = None
    while (left := deadline - clock()) > 0:
        due = clock() + polling.poll_interval
        timeout = min(left, options.timeout)
        bounded = evolve(request_options or RequestOptions(), timeout=timeout)
        attempts += 1
        try:
            conference: Conference = (await executor.send(operation, bounded)).parse()
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
        await executor.wait(min(due, deadline) - clock(), options.abort_signal)
    raise SignalWireRestSessionTimeoutError(
        f"no {status or 'active'} session within {polling.timeout:g} s",
        configuration.credentials.redact(str(url)),
        last_seen=last_seen,
        attempts=attempts,
    )
