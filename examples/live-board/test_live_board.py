"""The board shows what is live, and says so when it cannot know: on the kit, and in a browser."""

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar
from uuid import UUID

import httpx
import live_board
import pytest
import uvicorn
from opentelemetry import trace
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from signalwire_rest import AsyncRestClient
from signalwire_rest.testing import FakeSpace, Space
from signalwire_rest_mock import MockApi, MockServer
from tools.contract.publishing import browser

T = TypeVar("T")
State = dict[str, Any]
HARNESS = """<!doctype html><link rel="icon" href="data:,"><iframe src="/"></iframe><script>
const frame = document.querySelector("iframe");
frame.onload = () => {
  const page = frame.contentDocument.body;
  const report = () => fetch("/report", { method: "POST", body: page.innerText });
  new MutationObserver(report).observe(page, { subtree: true, childList: true });
  report();
};
</script>"""


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """Serve an app on a loopback port that the system chooses; yield its URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def events(url: str) -> Iterator[Iterator[State]]:
    with httpx.stream("GET", f"{url}/events", timeout=30) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.iter_lines()
        yield (json.loads(line.removeprefix("data: ")) for line in lines if line)


def until(found: Iterator[T], is_wanted: Callable[[T], bool]) -> T:
    return next(each for each in found if is_wanted(each))


def is_live(state: State) -> bool:
    return bool(state["live"])


@pytest.fixture(scope="module")
def spans() -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    yield exporter
    HTTPXClientInstrumentor().uninstrument()


def test_a_conference_is_shown_while_its_session_runs() -> None:
    space = FakeSpace()
    conference = space.add_conference(name="stand-up", display_name="Stand-up <b>")
    space.add_conference(name="quiet")
    with serving(live_board.create_app(space.async_client, 0.01)) as url, events(url) as states:
        assert next(states) == {"live": [], "problem": None}
        space.time.sleep(60)
        space.start_session(conference.id)
        shown = until(states, is_live)
        space.end_session(conference.id)
        until(states, lambda state: not state["live"])

    since = "2025-01-01T00:01:00+00:00"
    assert shown == {"live": [{"name": "Stand-up <b>", "since": since}], "problem": None}


def test_during_an_outage_the_last_state_and_the_problem_are_shown() -> None:
    space = FakeSpace()
    space.start_session(space.add_conference(name="stand-up").id)
    with serving(live_board.create_app(space.async_client, 0.01)) as url, events(url) as states:
        before = until(states, is_live)
        space.fail_next(3, status=503)
        during = until(states, lambda state: state["problem"] is not None)
        after = until(states, lambda state: state["problem"] is None)

    assert during["live"] == before["live"] == after["live"]
    assert "cannot be reached" in during["problem"]


def test_errors_become_responses_and_their_details_stay_in_the_logs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    space = FakeSpace()
    conference = space.add_conference(name="stand-up")
    space.start_session(conference.id)
    with serving(live_board.create_app(space.async_client, 3600)) as url, events(url) as states:
        until(states, is_live)  # The first look is over.
        found = httpx.get(f"{url}/conferences/{conference.id}")
        missing = httpx.get(f"{url}/conferences/{UUID(int=1)}")
        malformed = httpx.get(f"{url}/conferences/stand-up")
        space.fail_next(body=b"<html>secret</html>")
        failed = httpx.get(f"{url}/conferences/{conference.id}")

    assert found.json()["name"] == "stand-up"
    assert (missing.status_code, malformed.status_code, failed.status_code) == (404, 404, 502)
    assert failed.json() == {"error": "SignalWire cannot be reached."}
    assert "the body is not JSON" in caplog.text


def test_a_look_is_one_trace_with_its_retries(spans: InMemorySpanExporter) -> None:
    space = FakeSpace()
    space.start_session(space.add_conference().id)
    space.fail_next(status=503)
    with serving(live_board.create_app(space.async_client, 3600)) as url, events(url) as states:
        until(states, is_live)

    found = spans.get_finished_spans()
    (look,) = (each for each in found if each.name == "look")
    requests = [each for each in found if each.parent and each.parent == look.context]
    assert [dict(each.attributes or {})["http.status_code"] for each in requests] == [503, 200]


def test_the_program_serves_the_page_with_logs_and_traces_and_stops() -> None:
    with MockServer() as server:
        api = server.api
        variables = {
            "SIGNALWIRE_PROJECT_ID": api.project,
            "SIGNALWIRE_API_TOKEN": api.token,
            "SIGNALWIRE_SPACE": server.host,
            "PORT": "0",
            "PYTHONUNBUFFERED": "1",
        }
        with subprocess.Popen(
            [sys.executable, live_board.__file__],
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as program:
            assert program.stdout
            lines = iter(program.stdout.readline, "")
            running = until(lines, lambda line: "running on " in line)
            with events(running.partition("running on ")[2].split()[0]) as states:
                assert next(states)["problem"] is None
                program.send_signal(signal.SIGINT)
                output = "".join(lines)
        assert program.returncode in (0, -signal.SIGINT)

    assert '"name": "look"' in output
    assert '"http.status_code": 200' in output
    assert api.token not in output


@pytest.mark.skipif(
    browser.command() is None and os.environ.get("CI") != "true", reason="chromium is missing"
)
def test_the_page_updates_itself_in_a_browser_without_console_messages() -> None:
    api = MockApi(space=Space(clock=lambda: datetime(2025, 1, 7, 9, 30, tzinfo=UTC)))
    names = ("All hands", "Stand-up <b>")
    conferences = [api.space.add_conference(display_name=name).id for name in names]
    reports: queue.Queue[str] = queue.Queue()

    async def report(request: Request) -> Response:
        reports.put((await request.body()).decode())
        return Response()

    async def harness(request: Request) -> Response:
        return HTMLResponse(HARNESS)

    shown = iter(lambda: reports.get(timeout=60), None)
    with MockServer(api) as server:
        app = live_board.create_app(
            lambda: AsyncRestClient(api.project, api.token, server.host), interval=0.05
        )
        app.router.routes += [
            Route("/harness", harness),
            Route("/report", report, methods=["POST"]),
        ]
        with serving(app) as url, open_in_browser(f"{url}/harness") as console:
            until(shown, lambda text: "No conference is live." in text)
            for each in conferences:
                api.space.start_session(each)
            live = until(shown, lambda text: all(name in text for name in names))
            if target := os.environ.get("SCREENSHOT"):
                flags = ("--window-size=720,320", "--timeout=3000")
                browser.show(url, *flags, f"--screenshot={Path(target)}")
            for each in conferences:
                api.space.end_session(each)
            until(shown, lambda text: "No conference is live." in text)

    assert "Live since" in live
    assert "1/7/2025, 9:30:00" in live
    assert [line for line in console if ":CONSOLE" in line] == []


@contextmanager
def open_in_browser(url: str) -> Iterator[list[str]]:
    """Open a page, and close it at the end; yield the lines of the log, complete at the end."""
    lines: list[str] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            browser.arguments(url, Path(profile), "--remote-debugging-port=0"),
            env={**os.environ, "TZ": "UTC", "LANG": "en_US"},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield lines
        finally:
            process.terminate()
            lines += process.communicate()[1].splitlines()
