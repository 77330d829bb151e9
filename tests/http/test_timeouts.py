"""Guarantee 4: each wait is cut to the time left, and split among the addresses of a host."""

import time

import httpcore
import pytest

from signalwire_rest._http.network import DeadlineStream
from signalwire_rest._http.timeouts import DeadlineTimeout, split_timeout


class Silent(httpcore.NetworkStream):
    """Takes note of the limits that it is given."""

    def __init__(self) -> None:
        self.limits: list[float | None] = []

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.limits.append(timeout)
        return b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.limits.append(timeout)


def test_a_wait_is_cut_to_the_time_left() -> None:
    inner = Silent()
    stream = DeadlineStream(inner)
    now = time.monotonic()
    stream.read(1, DeadlineTimeout(5.0, now + 60))
    stream.read(1, DeadlineTimeout(5.0, now + 2))
    stream.write(b"x", 7.0)
    long, short, plain = inner.limits
    assert long == 5.0
    assert short is not None
    assert 1.0 < short <= 2.0
    assert plain == 7.0


def test_no_wait_starts_after_the_deadline() -> None:
    inner = Silent()
    stream = DeadlineStream(inner)
    over = DeadlineTimeout(5.0, time.monotonic() - 0.001)
    with pytest.raises(httpcore.ReadTimeout):
        stream.read(1, over)
    with pytest.raises(httpcore.WriteTimeout):
        stream.write(b"x", over)
    assert inner.limits == []


def test_the_connect_timeout_is_split_among_distinct_addresses() -> None:
    found = [(None, None, None, None, (address, 1)) for address in ("a", "b", "b", "c")]
    shares = list(split_timeout(found, 3.0))
    assert [address for address, _ in shares] == ["a", "b", "c"]
    assert [round(share or 0, 1) for _, share in shares] == [1.0, 1.5, 3.0]
    assert list(split_timeout(found[:1], None)) == [("a", None)]
