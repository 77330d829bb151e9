"""What every peer is to ask, of whom, and what it has to get."""

import base64
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.server import CONNECTIONS_PATH
from signalwire_rest import Conference
from signalwire_rest_mock import Contract

EXAMPLE = Contract.load().example("documented")
CONFERENCE_ID = str(EXAMPLE.value["id"])
PATH = f"/api/video/conferences/{CONFERENCE_ID}"
QUERY = {"include_active_session": "true"}
PROJECT = "5f2c7a1e-0d3b-4c58-9a64-7be1d0c4f001"
TOKEN = "PT-a-token-of-the-benchmark"
BASIC = base64.b64encode(f"{PROJECT}:{TOKEN}".encode()).decode()

TIMEOUT = 60.0
"""Seconds that the peers are given: none of them is to fail on a slow machine."""


@dataclass(frozen=True)
class Target:
    """A running server."""

    host: str

    @property
    def url(self) -> str:
        return f"http://{self.host}{PATH}"

    def connections(self) -> dict[str, int]:
        """Return the connections ``open`` now, and the ``most`` since the last question."""
        address, port = self.host.split(":")
        with socket.create_connection((address, int(port)), timeout=10) as asking:
            asking.sendall(f"GET {CONNECTIONS_PATH} HTTP/1.1\r\n\r\n".encode())
            body = asking.recv(4096).partition(b"\r\n\r\n")[2]
        found: dict[str, int] = json.loads(body)
        return found


@dataclass(frozen=True)
class Peer:
    """A way to make the call in sync code."""

    result: str
    """What the caller gets."""
    spend: Callable[[int], float]
    """Makes so many calls; returns the CPU seconds, user and system, that its process spent."""


@contextmanager
def serving(delay: float = 0.0) -> Iterator[Target]:
    """Run a server that responds after ``delay`` seconds."""
    command = [sys.executable, "-m", "benchmarks.server", str(delay)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Target(f"127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.stdin.close()


def check_result(peer: str, got: Any) -> None:
    """Stop the run where a peer does other work than the rest.

    Raises:
        RuntimeError: ``got`` is not the conference, whether as a dict or as a model.
    """
    expected = EXAMPLE.value if isinstance(got, dict) else Conference.from_dict(EXAMPLE.value)
    if got != expected:
        raise RuntimeError(f"{peer} did not return the conference")
