"""Whatever a server does: a checked conference or an error of ours, in time."""

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.fuzzing import EXAMPLES, fuzz
from support.runtimes import RUNTIMES, BlockingClient
from support.servers import Connection, RawServer, example
from support.typed import assert_typed

from signalwire_rest import Conference, RequestOptions, SignalWireRestError

TIMEOUT = 0.6
LATE = 1.5
OPTIONS = RequestOptions(
    timeout=TIMEOUT, read_timeout=0.15, retries=2, retry_backoff=0.01, max_response_bytes=20_000
)

JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=10,
)


@st.composite
def changed_pages(draw: st.DrawFn) -> bytes:
    """The page's conference with a few values, nested ones too, that are something else."""
    page = example()
    for holder in (page, page["active_session"]):
        for name in draw(st.lists(st.sampled_from(sorted(holder)), max_size=2, unique=True)):
            holder[name] = draw(JSON)
    return json.dumps(page).encode()


BODIES = st.one_of(
    st.just(json.dumps(example()).encode()),
    changed_pages(),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=200),
    st.integers(1, 3).map(lambda n: b" " * (n * 10_000)),
)
NAMES = st.sampled_from(
    ["Retry-After", "Content-Type", "Content-Encoding", "X-Request-Id", "Location", "Connection"]
)
VALUES = st.sampled_from(["", "0", "-1", "gzip", "close", "keep-alive", "text/html", "nan"]) | (
    st.text(
        st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=9
    )
)
STATUSES = st.sampled_from([200, 200, 200, 404, 429, 500, 503]) | st.integers(100, 999)


@frozen
class Plan:
    """What the server does with one request."""

    status: int
    headers: dict[str, str]
    body: bytes
    length: int | None
    chunked: bool
    cut: int | None
    pause_at: int | None
    end: str

    def data(self) -> bytes:
        fields = dict(self.headers)
        body = self.body
        if self.chunked:
            fields["Transfer-Encoding"] = "chunked"
            body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n" if body else b"0\r\n\r\n"
        else:
            fields["Content-Length"] = str(len(body) if self.length is None else self.length)
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"HTTP/1.1 {self.status} X\r\n{head}\r\n".encode("latin-1") + body


PLANS = st.builds(
    Plan,
    status=STATUSES,
    headers=st.dictionaries(NAMES, VALUES, max_size=3),
    body=BODIES,
    length=st.none() | st.none() | st.integers(0, 5000),
    chunked=st.booleans(),
    cut=st.none() | st.none() | st.integers(0, 3000),
    pause_at=st.none() | st.none() | st.integers(0, 400),
    end=st.sampled_from(["keep", "keep", "close", "reset"]),
)


class Plans:
    """The plans of one call; the last one repeats."""

    def __init__(self) -> None:
        self.left: list[Plan] = []

    def script(self, connection: Connection) -> None:
        while connection.read_request():
            plan = self.left.pop(0) if len(self.left) > 1 else self.left[0]
            data = plan.data()[: plan.cut]
            if plan.pause_at is not None and plan.pause_at < len(data):
                connection.send(data[: plan.pause_at])
                connection.server.stopping.wait(0.3)
                data = data[plan.pause_at :]
            connection.send(data)
            if plan.end == "reset":
                connection.reset()
            if plan.end != "keep" or plan.cut is not None:
                return


PLAN = Plans()


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[tuple[RawServer, list[BlockingClient]]]:
    with RawServer(PLAN.script) as server:
        with (
            RUNTIMES[0].client(server.host, request_options=OPTIONS) as first,
            RUNTIMES[1].client(server.host, request_options=OPTIONS) as second,
            RUNTIMES[2].client(server.host, request_options=OPTIONS) as third,
        ):
            yield server, [first, second, third]


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plans=st.lists(PLANS, min_size=1, max_size=3), which=st.integers(0, 2))
def one_round(
    fuzzed: tuple[RawServer, list[BlockingClient]], plans: list[Plan], which: int
) -> None:
    server, clients = fuzzed
    PLAN.left = list(plans)
    # An id for each call: the server may read a request late that was given up before.
    conference_id = str(uuid.uuid4())
    server.requests.clear()
    began = time.monotonic()
    try:
        conference = clients[which].get(conference_id, include_active_session=True)
    except SignalWireRestError as error:
        assert len(str(error)) < 500
        assert str(error).isprintable()
        assert 1 <= error.attempts <= 3
        # A connection that went stale between two calls takes no request.
        assert sum(conference_id.encode() in each for each in server.requests) <= error.attempts
    else:
        assert type(conference) is Conference
        assert_typed(conference)
        conference.to_dict()
        assert sum(conference_id.encode() in each for each in server.requests) <= 3
    assert time.monotonic() - began < TIMEOUT + LATE


def test_every_call_ends_in_time_with_a_valid_conference_or_our_error(
    fuzzed: tuple[RawServer, list[BlockingClient]],
) -> None:
    fuzz(lambda: one_round(fuzzed), share=0.9)
