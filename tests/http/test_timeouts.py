"""Guarantee 4: each wait is cut to the time left, and split among the addresses of a host."""

import time

import httpcore
import pytest

from signalwire_rest._http.timeouts import attempt_extensions, split_timeout, time_left


def test_a_wait_is_cut_to_the_time_left() -> None:
    for seconds, longest in ((60, 5.0), (2, 2.0)):
        extensions = attempt_extensions(5.0, 5.0, 60.0, time.monotonic() + 60)
        extensions["deadline"] = time.monotonic() + seconds
        assert longest - 1 < time_left(extensions, "read", httpcore.ReadTimeout) <= longest


def test_no_wait_starts_after_the_deadline() -> None:
    over = attempt_extensions(5.0, 5.0, 0.0, time.monotonic() - 0.001)
    with pytest.raises(httpcore.WriteTimeout):
        time_left(over, "write", httpcore.WriteTimeout)


def test_the_connect_timeout_is_split_among_distinct_addresses() -> None:
    found = [(None, None, None, None, (address, 1)) for address in ("a", "b", "b", "c")]
    shares = list(split_timeout(found, 3.0))
    assert [address for address, _ in shares] == ["a", "b", "c"]
    assert [round(share, 1) for _, share in shares] == [1.0, 1.5, 3.0]
