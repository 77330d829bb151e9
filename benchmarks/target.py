"""What every peer requests, and the server it requests it from."""

import itertools
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

from signalwire_rest import Conference, RequestOptions
from signalwire_rest_mock import Contract

EXAMPLE: dict[str, Any] = Contract.load().example("documented").value
QUERY = {"include_active_session": "true"}
AUTH = ("5f2c7a1e-0d3b-4c58-9a64-7be1d0c4f001", "PT-a-token-of-the-benchmark")
TIMEOUT = 60.0
"""Seconds that every peer is given; as by default, half for a read. A failure ends the run."""
OPTIONS = RequestOptions(TIMEOUT, 0, connect_timeout=TIMEOUT, read_timeout=TIMEOUT / 2)

_numbers = itertools.count()


@dataclass(frozen=True)
class Target:
    """A running server."""

    host: str
    tls: ssl.SSLContext | None = None

    def next_id(self) -> str:
        """Return a conference id that no earlier call used, so that no cache of URLs helps."""
        return f"c22d24f6-5a47-4597-9a23-{next(_numbers):012x}"

    def next_url(self) -> str:
        """Return the URL of such a conference."""
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{self.host}/api/video/conferences/{self.next_id()}"


@contextmanager
def started(command: list[str]) -> Iterator[tuple[IO[str], IO[str]]]:
    """Run a process that ends with its standard input; yield its input and output."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield cast(IO[str], process.stdin), cast(IO[str], process.stdout)


@contextmanager
def serving(delay: float = 0.0, hold: int = 1, tls: bool = False) -> Iterator[Target]:
    """Run a server that responds after ``delay`` seconds, when ``hold`` requests are waiting."""
    command = [sys.executable, "-m", "benchmarks.server", str(delay), str(hold), str(tls)]
    with started(command) as (_, output):
        host, authority = json.loads(output.readline())
        yield Target(host, ssl.create_default_context(cadata=authority) if tls else None)


def check_results(*results: Any) -> None:
    """Raise an error unless a peer returned whole conferences with distinct ids."""
    ids = [str(each["id"] if isinstance(each, dict) else each.id) for each in results]
    for conference_id, got in zip(ids, results, strict=True):
        expected = json.loads(json.dumps(EXAMPLE).replace(EXAMPLE["id"], conference_id))
        if got != (expected if isinstance(got, dict) else Conference.from_dict(expected)):
            raise RuntimeError(f"this is not the conference: {got}")
    if len(set(ids)) < len(ids):
        raise RuntimeError("the same conference was returned twice")
