"""Whether to send a request again, and after how long: pure functions of what happened."""

import email.utils
import random
import re
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import httpx

from signalwire_rest._http.interruptions import causes
from signalwire_rest._options import ResolvedOptions

_WAIT_MAX = 2.0**31
"""Seconds: HTTP's substitute for a number that is too large to represent."""
_IDEMPOTENT_METHODS = ("GET", "HEAD", "PUT", "DELETE", "OPTIONS")


def wait_before_retry(
    options: ResolvedOptions,
    *,
    attempt: int,
    left: float,
    status_code: int | None,
    method: str = "GET",
    may_have_been_sent: bool = True,
    may_succeed_later: bool = True,
    retry_after: float | None = None,
    uniform: Callable[[float, float], float] = random.uniform,
) -> float | None:
    """Return the seconds to wait before the next attempt, or ``None`` if there is to be none.

    Args:
        attempt: The number of the attempt that failed, from 1.
        left: Seconds left of the call's timeout.
        status_code: The response's status; ``None`` without a complete response.
        method: The method of the request. If it is not idempotent, the request is sent again only
            if it cannot have been processed.
        may_have_been_sent: Whether a request without a response may have reached the server.
        may_succeed_later: Whether a failure without a status may go away by itself.
        retry_after: The wait that the server asked for, in seconds.
        uniform: Returns a random number between two others; jitter keeps a fleet from retrying in
            step.
    """
    again = may_succeed_later if status_code is None else status_code in options.retry_on_status
    safe = method in _IDEMPOTENT_METHODS or not may_have_been_processed(
        status_code, may_have_been_sent
    )
    if not (again and safe) or attempt > options.retries:
        return None
    if retry_after is None:
        # 2.0 ** 1024 overflows, and the wait reaches its maximum long before.
        longest = min(options.retry_backoff * 2.0 ** min(attempt - 1, 60), options.retry_wait_max)
        wait = uniform(longest / 2, longest)
    elif retry_after > options.retry_wait_max:
        return None
    else:
        # Never earlier than requested, and jittered so that clients do not all retry at once.
        wait = min(retry_after + uniform(0, options.retry_backoff), options.retry_wait_max)
        wait = wait if wait < left else retry_after
    return wait if wait < left else None


def may_have_been_processed(status_code: int | None, may_have_been_sent: bool) -> bool:
    """Return whether the API may have carried out a request. See :func:`wait_before_retry`."""
    if status_code is None:
        return may_have_been_sent
    # A 4xx rejects the request, except for 408: the server gave up waiting at some point.
    return not 400 <= status_code < 500 or status_code == 408


def may_succeed_later(failure: Exception | None, options: ResolvedOptions) -> bool:
    """Return whether a request that got no response may get one later.

    A rejected certificate or password stays rejected, and a directory may lock the account.
    """
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in causes(failure)):
        return False
    if isinstance(failure, httpx.ProxyError):
        if status := re.match(r"[1-5][0-9]{2}\b", str(failure)):
            return int(status[0]) in options.retry_on_status
        return not re.search(r"(?i)auth|password|not allowed", str(failure))
    return isinstance(failure, (httpx.TransportError, TimeoutError)) and not isinstance(
        failure, (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
    )


def parse_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for; ``None`` if it is invalid.

    Args:
        headers: The headers of the response. A date is counted from its ``Date``: the server's
            clock and ours may differ.
        now: The time, for a response without a valid ``Date``.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+", value):
        return min(float(value), _WAIT_MAX)
    until = _parse_date(value)
    if until is None:
        return None
    seconds = (until - (_parse_date(headers.get("date", "")) or now)).total_seconds()
    return min(max(seconds, 0.0), _WAIT_MAX)


def _parse_date(value: str) -> datetime | None:
    """Return a date of HTTP; one without a time zone is in UTC, as all of them are."""
    try:
        date = email.utils.parsedate_to_datetime(value)
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
