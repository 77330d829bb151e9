"""The console command: what it prints, and that it stops cleanly."""

import io
import re
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from support.pages import VENDOR_EXAMPLE
from support.vectors import of_operation

from signalwire_rest import RequestOptions, RestClient, SignalWireRestTransportError
from signalwire_rest_mock import demo

SCRIPT = Path(sys.executable).with_name("signalwire-rest-mock")


@pytest.fixture
def serving() -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    process = subprocess.Popen([SCRIPT], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.startswith("Other ids"):
            break
    yield process, lines
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_what_it_prints_and_stops_cleanly(
    serving: tuple["subprocess.Popen[str]", list[str]], number: signal.Signals
) -> None:
    process, lines = serving
    address, project, token = (line.split()[-1] for line in lines[:3])
    host = address.removeprefix("http://")
    first = lines.index("GET /api/video/conferences/{id}") + 1
    ids = [line.split()[:3] for line in lines[first : lines.index("", first)]]
    conferences = {
        each["name"] for each in of_operation("get_video_conference") if "model" in each["expect"]
    }
    assert conferences <= {name for _, _, name in ids}
    with RestClient(project, token, host) as client:
        for conference_id, status, name in ids:
            if name in conferences:
                assert status == "200"
                assert str(client.video.conferences.get(conference_id).id) == conference_id
        process.send_signal(number)
        rest, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert rest == "stopped\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "99999"],
        ["--address", "no.such.host.invalid"],
        ["--address", "a..b"],
        ["--address", "0.0.0.0"],
        ["--address", ""],
        # A documentation address, which no machine has.
        ["--address", "192.0.2.1", "--allow-remote"],
    ],
)
def test_an_address_that_cannot_be_used_is_one_line(arguments: list[str]) -> None:
    command: list[str | Path] = [SCRIPT, *arguments]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert found.returncode == 2
    assert "cannot listen on" in found.stderr
    assert "Traceback" not in found.stderr


def test_tls_is_served_with_the_ca_that_is_written(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    command: list[str | Path] = [SCRIPT, "--tls", file, "--tls-name", "localhost", "--empty"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            address, project, token, space, ca_file = (
                server.stdout.readline().strip() for _ in range(5)
            )
            port = address.rpartition(":")[2]
            assert address == f"listening on https://127.0.0.1:{port}"
            assert space == f"export SIGNALWIRE_SPACE=https://localhost:{port}"
            assert ca_file == f"export SIGNALWIRE_REST_CA_FILE={file}"
            trusting = ssl.create_default_context(cafile=file)
            options = RequestOptions(retries=0)
            for each in ("localhost", "127.0.0.1"):
                host = f"https://{each}:{port}"
                credentials = project.split()[-1], token.split()[-1], host
                with RestClient(*credentials, ssl_context=trusting) as client:
                    assert client.video.conferences.create(display_name=each).id
                    assert client.video.conferences.list().data
                with RestClient(*credentials, request_options=options) as client:
                    with pytest.raises(SignalWireRestTransportError, match="certificate"):
                        client.video.conferences.list()
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=10)
    assert server.returncode == 0


def test_without_trustme_tls_says_what_to_install(tmp_path: Path) -> None:
    program = "import sys; sys.modules['trustme'] = None; import signalwire_rest_mock.__main__ as m"
    command: list[str | Path] = [sys.executable, "-c", f"{program}; m.main(sys.argv[1:])"]
    command += ["--tls", tmp_path / "ca.pem"]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert found.returncode == 2
    assert "install signalwire-rest-mock[tls]" in found.stderr


STORY = (
    'conf = client.video.conferences.get("conference-id")',
    "conf  my_conference, 720p, grid-responsive",
    "create  stand-up, medium, 720p",
    "list  8 conferences, 3 per page; the last is stand-up",
    "get  no session yet",
    "get  session in-progress, at most 50 members",
    "get  session completed after 1 s",
    "reset  the moderator's token has a new value",
    "get  503, tried again: 200 on attempt 2",
    "create  SignalWireRestValidationError: Name has already been taken",
    "delete  7 conferences left",
)


def test_the_demo_tells_its_story_in_plain_text_when_piped() -> None:
    command: list[str | Path] = [SCRIPT, "demo"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)

    lines = [line.strip() for line in shown.stdout.splitlines()]
    assert [line for line in lines if line in STORY] == list(STORY)
    assert len(lines) < 25
    assert shown.stderr == ""
    for secret in ("PT-stand-in-token", "vpt_", "\x1b"):
        assert secret not in shown.stdout


@pytest.mark.parametrize("no_color", [False, True])
def test_the_demo_is_in_colour_on_a_terminal_unless_no_color_is_set(
    no_color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    output = io.StringIO()
    demo.run(Console(file=output, force_terminal=True))
    assert bool(re.search(r"\x1b\[[\d;]*3[\d;]*m", output.getvalue())) is not no_color


def test_the_demo_runs_the_example_of_the_documentation() -> None:
    assert demo.EXAMPLE == VENDOR_EXAMPLE
