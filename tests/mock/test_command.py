"""The console command: what it prints, and that it stops cleanly."""

import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.vectors import of_operation

from signalwire_rest import RequestOptions, RestClient, SignalWireRestTransportError

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


def test_the_demo_shows_a_conference_an_unknown_value_and_an_error() -> None:
    command: list[str | Path] = [SCRIPT, "demo"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)

    for expected in (
        "client.video.conferences.get(",
        "my_conference",
        "my_example_room",
        "quality = '2160p'",
        "SignalWireRestNotFoundError",
    ):
        assert expected in shown.stdout
    assert "PT-stand-in-token" not in shown.stdout
    assert shown.stderr == ""
