"""Whether a call is tried again, and after how long: pure functions of what happened."""

import email.utils
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime

from signalwire.rest._options import Policy

_LONGEST_WAIT = 2.0**31
"""Seconds: what HTTP has a recipient take a number for that is too large to represent."""


def wait_before_next(
    policy: Policy,
    *,
    attempt: int,
    left: float,
    status_code: int | None,
    repeatable: bool = True,
    safe: bool = True,
    retry_after: float | None = None,
    uniform: Callable[[float, float], float] = random.uniform,
) -> float | None:
    """Return the seconds to wait before the next attempt, or None where this one was the last.

    Args:
        policy: The options of the call.
        attempt: Which attempt has failed, from 1.
        left: Seconds left of the call's timeout.
        status_code: Status of the answer, None where no whole answer came.
        repeatable: Whether a failure without a status may go away by itself.
        safe: Whether the request may be sent twice.
        retry_after: Seconds that the server asked to wait for.
        uniform: Returns a random number between two; so that a fleet does not retry in step.
    """
    again = repeatable if status_code is None else status_code in policy.retry_on_status
    if not (again and safe) or attempt > policy.retries:
        return None
    if retry_after is None:
        # 2.0 ** 1024 overflows, and no wait is doubled that often.
        longest = min(policy.retry_backoff * 2.0 ** min(attempt - 1, 60), policy.retry_wait_max)
        wait = uniform(longest / 2, longest)
    elif retry_after > policy.retry_wait_max:
        return None
    else:
        # Never before the time that was asked for, and not all at that time.
        wait = min(retry_after + uniform(0, policy.retry_backoff), policy.retry_wait_max)
        wait = wait if wait < left else retry_after
    return wait if wait < left else None


def seconds_of_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for, from ``now``; None for nonsense.

    A date without a zone is taken for UTC, in which HTTP gives all its dates.
    """
    if value is None:
        return None
    value = value.strip()
    if re.fullmatch(r"[0-9]+", value):
        return min(float(value), _LONGEST_WAIT)
    from dateutil.utils import default_tzinfo  # seldom needed, and long to import

    try:
        date = default_tzinfo(email.utils.parsedate_to_datetime(value), UTC)
        return min(max((date - now).total_seconds(), 0.0), _LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
