"""Run one program with the vendor's package and with this client, and record what is sent."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from signalwire_rest.testing import Space
from signalwire_rest_mock import MockApi, MockServer
from signalwire_rest_mock.messages import Request, Response

ROOT = Path(__file__).resolve().parents[2]
VENDORS = ROOT / ".venv-incumbent" / "bin" / "python"
OURS = Path(sys.executable)
PACKAGES = {"signalwire-sdk": VENDORS, "signalwire-rest": OURS}

_CONNECT = """
import json, os, sys
from signalwire import rest
from signalwire.rest import RequestOptions, RestClient, SignalWireRestError
from signalwire.rest import SignalWireRestTransportError
client = RestClient()
video = client.video
conferences, tokens, streams = video.conferences, video.conference_tokens, video.streams

def plain(value):
    "Return a result as JSON: the vendor's already is."
    if hasattr(value, "data"):
        return {"links": value.links.to_dict(), "data": [each.to_dict() for each in value.data]}
    return value.to_dict() if hasattr(value, "to_dict") else value

def failed(call, *arguments, **keywords):
    "Return what a call raises."
    try:
        call(*arguments, **keywords)
    except Exception as error:
        return error
"""


class RecordingApi(MockApi):
    """The mock API, which keeps the requests and can be told what to respond first."""

    def __init__(self, responses: tuple[Response | None, ...] = (), **options: Any) -> None:
        super().__init__(**options)
        self.requests: list[Request] = []
        self.is_over = threading.Event()
        self._responses: Iterator[Response | None] = iter(responses)

    def respond(self, request: Request, number: int = 1) -> Response:
        """Return the next response of ``responses``; None among them is silence."""
        self.requests.append(request)
        try:
            response = next(self._responses)
        except StopIteration:
            return super().respond(request, number)
        if response is None:
            self.is_over.wait(60)
            return super().respond(request, number)
        return response


@contextmanager
def serving(api: RecordingApi) -> Iterator[MockServer]:
    with MockServer(api) as server:
        try:
            yield server
        finally:
            api.is_over.set()


@frozen
class Outcome:
    """What a program printed, and what it sent."""

    printed: str
    requests: list[Request]


def run(
    python: Path, program: str, folder: Path, *responses: Response | None, **options: Any
) -> Outcome:
    """Run a program with one of the two packages against a mock server of its own."""
    if not python.is_file():
        pytest.fail("signalwire-sdk is missing. Run: make compare-vendor")
    api = RecordingApi(responses, **options)
    with serving(api) as server:
        done = subprocess.run(
            [python, "-I", "-c", _CONNECT + program],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            timeout=100,
            env={
                "SIGNALWIRE_PROJECT_ID": api.project,
                "SIGNALWIRE_API_TOKEN": api.token,
                "SIGNALWIRE_SPACE": server.host,
                "NO_PROXY": "*",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
        )
    assert done.returncode == 0, done.stderr
    return Outcome(done.stdout.rstrip("\n"), api.requests)


def one_conference() -> Space:
    """Return a space with one conference. The same seed gives the same ids, tokens and times."""
    space = Space(seed=13)
    space.add_conference(name="first")
    return space


def sent(request: Request) -> tuple[Any, ...]:
    """Return what a request means: the rest of its headers is left to each HTTP library."""
    body = json.loads(request.body) if request.body else None
    kind = request.header("Content-Type") if request.body else ""
    headers = (request.header("Authorization"), request.header("Accept"), kind)
    return request.method, request.target, headers, body
