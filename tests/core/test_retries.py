"""Guarantee 5, the decision: what is retried, and when. Pure functions, no clock, no socket."""

import ssl
from datetime import UTC, datetime
from statistics import quantiles

import httpx
import pytest

from signalwire_rest._core.retries import (
    may_have_been_processed,
    may_succeed_later,
    parse_retry_after,
    wait_before_retry,
)
from signalwire_rest._options import ResolvedOptions

OPTIONS = ResolvedOptions()
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def wait(**changes: object) -> float | None:
    facts = {"attempt": 1, "left": 30.0, "status_code": None, "uniform": lambda low, high: high}
    return wait_before_retry(OPTIONS, **{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 520, 599])
def test_a_status_that_may_succeed_later_is_retried(status: int) -> None:
    assert wait(status_code=status) == 0.5


@pytest.mark.parametrize("status", [200, 204, 301, 400, 401, 403, 404, 409, 422, 499, 600])
def test_any_other_status_is_final(status: int) -> None:
    assert wait(status_code=status) is None


def test_a_transport_failure_is_retried_if_it_may_succeed_later() -> None:
    assert wait(status_code=None) == 0.5
    assert wait(status_code=None, may_succeed_later=False) is None


@pytest.mark.parametrize(
    ("message", "again"),
    [
        ("407 Proxy Authentication Required", False),
        ("403 Forbidden", False),
        ("503 Service Unavailable", True),
        ("Invalid username/password", False),
        ("Requested NO AUTH from proxy server, but got USERNAME/PASSWORD.", False),
        ("Proxy Server could not connect: Connection not allowed by ruleset.", False),
        ("Proxy Server could not connect: Host unreachable.", True),
    ],
)
def test_a_proxy_that_refuses_is_final(message: str, again: bool) -> None:
    assert may_succeed_later(httpx.ProxyError(message), OPTIONS) is again


def rejected(cause: Exception) -> httpx.ConnectError:
    error = httpx.ConnectError("not connected")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("failure", "again"),
    [
        (httpx.ReadTimeout("silence"), True),
        (TimeoutError("silence"), True),
        (rejected(ssl.SSLError("broken")), True),
        (rejected(ssl.SSLCertVerificationError("self-signed")), False),
        (httpx.LocalProtocolError("a header holds a line break"), False),
        (httpx.UnsupportedProtocol("ftp"), False),
        (ValueError("of the transport of a user"), False),
        (None, False),
    ],
    ids=repr,
)
def test_what_fails_the_same_way_again_is_final(failure: Exception | None, again: bool) -> None:
    assert may_succeed_later(failure, OPTIONS) is again


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("status", [None, 408, 429, 500, 503])
def test_an_idempotent_request_is_retried(method: str, status: int | None) -> None:
    assert wait(method=method, status_code=status) == 0.5


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_other_requests_are_retried_only_if_not_processed(method: str) -> None:
    assert wait(method=method, status_code=429) == 0.5
    assert wait(method=method, may_have_been_sent=False) == 0.5
    assert wait(method=method, may_have_been_sent=True) is None
    assert wait(method=method) is None
    for status in (408, 500, 502, 503, 504):
        assert wait(method=method, status_code=status) is None


@pytest.mark.parametrize(
    ("status", "sent", "processed"),
    [
        (None, False, False),
        (None, True, True),
        *((status, True, False) for status in (400, 401, 403, 404, 409, 422, 429, 499)),
        *((status, True, True) for status in (200, 204, 302, 408, 500, 503, 600)),
    ],
)
def test_what_may_have_been_processed(status: int | None, sent: bool, processed: bool) -> None:
    assert may_have_been_processed(status, sent) is processed


def test_retries_limits_the_further_attempts() -> None:
    assert [wait(attempt=attempt) is None for attempt in (1, 2, 3)] == [False, False, True]
    none = ResolvedOptions(retries=0)
    assert wait_before_retry(none, attempt=1, left=30.0, status_code=None) is None


def test_waits_double_up_to_retry_wait_max() -> None:
    policy = ResolvedOptions(retries=5000)
    waits = [
        wait_before_retry(
            policy, attempt=n, left=99.0, status_code=503, uniform=lambda low, high: high
        )
        for n in (1, 2, 3, 4, 5, 6, 5000)
    ]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


def test_a_fleet_does_not_retry_in_step() -> None:
    for retry_after in (None, 3.0):
        waits = [
            wait_before_retry(
                OPTIONS, attempt=1, left=30.0, status_code=503, retry_after=retry_after
            )
            for _ in range(1000)
        ]
        spread = sorted(each for each in waits if each is not None)
        assert len(set(spread)) > 900
        first, _, third = quantiles(spread, n=4)
        assert third - first > 0.1, "the middle half lies close together"
        assert spread[0] >= (retry_after or 0.25)
        assert spread[-1] <= (retry_after or 0) + 0.5


def test_retry_after_is_honoured_or_ends_the_call() -> None:
    assert wait(status_code=429, retry_after=3.0) == 3.5
    assert wait(status_code=429, retry_after=0.0) == 0.5
    assert wait(status_code=429, retry_after=8.0) == 8.0
    assert wait(status_code=429, retry_after=8.1) is None


def test_no_wait_exceeds_the_timeout() -> None:
    assert wait(left=0.4) is None
    assert wait(left=0.5) is None
    assert wait(left=-1.0) is None
    assert wait(left=3.2, status_code=503, retry_after=3.0) == 3.0
    assert wait(left=3.5, status_code=503, retry_after=3.0) == 3.0
    assert wait(left=3.0, status_code=503, retry_after=3.0) is None
    assert wait(left=2.9, status_code=503, retry_after=3.0) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("17", 17.0),
        (" 17 ", 17.0),
        ("Thu, 01 Jan 2026 00:00:05 GMT", 5.0),
        ("Thu, 01 Jan 2026 02:00:05 +0200", 5.0),
        ("Thursday, 01-Jan-26 00:00:05 GMT", 5.0),
        ("Thu Jan  1 00:00:05 2026", 5.0),
        ("Thu, 01 Jan 2026 00:00:05", 5.0),
        ("Wed, 31 Dec 2025 23:59:59 GMT", 0.0),
        ("Thu, 01 Jan 9999 00:00:00 GMT", 2.0**31),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 2.0**31),
        ("9" * 400, 2.0**31),
        ("", None),
        ("-5", None),
        ("+5", None),
        ("1.5", None),
        ("nan", None),
        ("inf", None),
        ("1e9", None),
        ("\N{ARABIC-INDIC DIGIT FIVE}", None),
        ("soon", None),
        ("Thu, 99 Jan 2026 00:00:05 GMT", None),
        ("Thu, 01 Jan 2026 00:00:05 +9999", None),
        ("1, 2", None),
        ("Thu, 01 Jan 99999999999999999999 00:00:05 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert parse_retry_after({"retry-after": value}, NOW) == seconds
    assert parse_retry_after({}, NOW) is None


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        ("Thu, 01 Jan 2026 01:00:00 GMT", 5.0),
        ("Thu, 01 Jan 2026 03:00:00 +0200", 5.0),
        ("Thu, 01 Jan 2026 01:00:09 GMT", 0.0),
        ("Fri, 01 Jan 1999 00:00:00 GMT", 852080405.0),
        ("yesterday", 3605.0),
        ("Thu, 99 Jan 2026 01:00:00 GMT", 3605.0),
        ("", 3605.0),
    ],
)
def test_a_date_is_counted_from_the_date_of_the_response(date: str, seconds: float) -> None:
    headers = {"retry-after": "Thu, 01 Jan 2026 01:00:05 GMT", "date": date}

    assert parse_retry_after(headers, NOW) == seconds
    assert parse_retry_after({**headers, "retry-after": "7"}, NOW) == 7.0
