"""``signalwire-rest check`` reports structure, and never a value."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from support.pages import ROOT
from support.runtimes import ID, PROJECT, TOKEN
from support.servers import Connection, RawServer, always, example, request_of, response

from signalwire_rest_mock import MockServer

COMMAND = Path(sys.executable).with_name("signalwire-rest")
SECRET = "s3cret-value"


def variables_of(host: str, token: str = TOKEN) -> dict[str, str]:
    """Return the variables that the command reads."""
    return {
        "SIGNALWIRE_SPACE": host,
        "SIGNALWIRE_PROJECT_ID": PROJECT,
        "SIGNALWIRE_API_TOKEN": token,
    }


def run(
    host: str, *arguments: str, token: str = TOKEN, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the installed console script."""
    return subprocess.run(
        [COMMAND, "check", *arguments],
        env={**variables_of(host, token), **(variables or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def space(
    change: Callable[[Any], Any] = lambda body: body, status: int = 200
) -> Callable[..., None]:
    """Return the script of a server whose conference is changed, and has no tokens and streams."""

    def script(connection: Connection) -> None:
        while (request := request_of(connection))[0]:
            path = request[0].split()[1].partition("?")[0]
            body: Any = {"data": [], "links": example("conference-page")["links"]}
            if path.endswith("/conferences"):
                body["data"] = [example()]
            elif path.endswith(ID):
                body = change(example())
            connection.send(response(status, body))

    return script


def reports(found: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert found.stderr == ""
    return {each["operation"]: each for each in json.loads(found.stdout)}


def test_a_space_that_matches_exits_with_0() -> None:
    with RawServer(space()) as server:
        found = run(server.host)
    assert found.stdout.splitlines() == [
        "conferences.list  matches",
        "conferences.get  matches",
        "conferences.list_conference_tokens  matches",
        "conferences.list_streams  matches",
        "conference_tokens.get  skipped: no token to look at",
        "streams.get  skipped: no stream to look at",
    ]
    assert (found.returncode, found.stderr) == (0, "")


def without(name: str) -> Callable[[Any], Any]:
    return lambda body: {key: value for key, value in body.items() if key != name}


def with_(**values: Any) -> Callable[[Any], Any]:
    return lambda body: {**body, **values}


def with_session(**values: Any) -> Callable[[Any], Any]:
    return lambda body: {**body, "active_session": {**body["active_session"], **values}}


@pytest.mark.parametrize(
    ("change", "field", "kind", "found"),
    [
        (without("name"), "name", "missing", "nothing"),
        (with_(new_field={"a": SECRET}), "new_field", "unknown", "an object"),
        (with_(**{f"{SECRET} x": 1}), "(unusual name)", "unknown", "an integer"),
        (with_(name=7), "name", "type", "an integer"),
        (with_(id=SECRET), "id", "type", "a string"),
        (with_(quality=SECRET), "quality", "enum", "a string"),
        (with_(name=None), "name", "null", "null"),
        (with_(meta=SECRET), "meta", "type", "a string"),
        (with_session(status=SECRET), "active_session.status", "enum", "a string"),
        (with_session(start_time=SECRET), "active_session.start_time", "type", "a string"),
        (lambda _: [SECRET], "", "type", "a list"),
        (lambda _: SECRET.encode(), "", "type", "no JSON"),
        (lambda _: b"[" * 100_000, "", "type", "no JSON"),
    ],
)
def test_each_kind_of_difference_is_reported_without_its_value(
    change: Callable[[Any], Any], field: str, kind: str, found: str
) -> None:
    with RawServer(space(change)) as server:
        result = run(server.host, ID, "--json")
    report = reports(result)["conferences.get"]
    assert report["result"] == "differs"
    (difference,) = report["differences"]
    assert difference["expected"]
    assert {**difference, "expected": ""} == {
        "field": field,
        "kind": kind,
        "expected": "",
        "found": found,
        "count": 1,
    }
    assert result.returncode == 1
    for private in (SECRET, TOKEN, ID, PROJECT, server.host):
        assert private not in result.stdout


def test_meta_has_data_for_names() -> None:
    with RawServer(space(with_(meta={SECRET: {"deep": [1]}}))) as server:
        assert run(server.host).returncode == 0


def test_an_undocumented_status_is_a_difference() -> None:
    with RawServer(space(status=206)) as server:
        result = run(server.host, "--json")
    (difference,) = reports(result)["conferences.get"]["differences"]
    assert difference["found"] == "206 Partial Content"
    assert result.returncode == 1


def test_equal_differences_of_many_items_are_one_line() -> None:
    page = example("conference-page")
    page["data"] = [{**example(), "quality": f"{n}p"} for n in range(7)]
    with RawServer(always(response(body=page))) as server:
        result = run(server.host)
    line = "  data[].quality  enum  expected one of 1080p, 720p  found a string  7x"
    assert result.stdout.splitlines()[:2] == ["conferences.list  differs", line]
    assert result.returncode == 1


@pytest.mark.parametrize(
    "name",
    [
        "vpt_62c65414de4d067d07415a7ced8183be",
        "c22d24f6-5a47-4597-9a23-c7d01e696b92",
        "PT-canary-0123456789abcdef",
        "rtmp://broadcaster",
    ],
)
def test_an_id_or_a_token_that_is_a_name_is_not_printed(name: str) -> None:
    with RawServer(space(with_(**{name: 1}))) as server:
        result = run(server.host)
    assert "  (unusual name)  unknown  expected nothing  found an integer" in result.stdout
    assert name not in result.stdout


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "401 Unauthorized"), (404, "404 Not Found"), (418, "418 I'm a Teapot")],
)
def test_a_space_that_refuses_exits_with_2(status: int, reason: str) -> None:
    with RawServer(space(lambda _: {"error": SECRET}, status)) as server:
        result = run(server.host, ID, "--json")
    found = reports(result)
    assert {(each["result"], each["reason"]) for each in found.values()} <= {
        ("failed", reason),
        ("skipped", "no token to look at"),
        ("skipped", "no stream to look at"),
    }
    assert len(found) == (1 if status == 401 else 6)
    assert result.returncode == 2
    assert SECRET not in result.stdout
    assert ID not in result.stdout


def test_what_cannot_be_reached_exits_with_2() -> None:
    with RawServer(space()) as server:
        host = server.host
    result = run(host)
    assert result.stdout == "conferences.list  failed: SignalWireRestTransportError\n"
    assert result.returncode == 2


@pytest.mark.parametrize(
    ("host", "argument", "token", "problem"),
    [
        ("example.com", "--json", "", "token is missing"),
        ("private host", "--json", TOKEN, "SIGNALWIRE_SPACE is malformed"),
        ("example.com", "private-id", TOKEN, "must be a UUID"),
    ],
)
def test_what_cannot_be_asked_exits_with_2_and_names_no_value(
    host: str, argument: str, token: str, problem: str
) -> None:
    result = run(host, argument, token=token)
    assert (result.returncode, result.stdout) == (2, "")
    assert problem in result.stderr
    assert "private" not in result.stderr


def test_a_certificate_file_that_is_missing_is_not_named() -> None:
    result = run("example.com", variables={"SSL_CERT_FILE": "/private/ca.pem"})
    assert result.returncode == 2
    assert result.stderr == "signalwire-rest: SSL_CERT_FILE must name an existing file\n"


def test_the_mock_server_can_be_checked_too() -> None:
    with MockServer() as server:
        result = run(server.host, "--json", token=server.api.token)
    found = {name: each["result"] for name, each in reports(result).items()}
    # One of its examples has values and a property that the contract does not describe.
    assert found.pop("conferences.list") == "differs"
    assert set(found.values()) == {"matches"}
    assert len(found) == 5


@pytest.mark.parametrize("blocked", ["nothing", "rich"])
def test_a_terminal_shows_a_table_if_rich_is_installed(blocked: str) -> None:
    """The command runs on a pseudo-terminal, with rich, and as if rich were not installed."""
    pty = pytest.importorskip("pty")
    program = "import sys; sys.modules[sys.argv.pop()] = None; "
    program += "from signalwire_rest._command import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "check", blocked]
    terminal, child = pty.openpty()
    pieces: list[bytes] = []
    with RawServer(space(with_(name=7))) as server, open(terminal, "rb", buffering=0) as shown:
        variables = {**variables_of(server.host), "TERM": "xterm", "COLUMNS": "120"}
        with subprocess.Popen(command, env=variables, stdout=child) as process:
            os.close(child)
            with suppress(OSError):  # The end of a terminal is an error on Linux.
                while piece := shown.read(65536):
                    pieces.append(piece)
    text = b"".join(pieces).decode()
    assert process.returncode == 1
    assert ("│" in text) is (blocked == "nothing")
    assert "expected a string" in text


def test_the_page_shows_what_the_command_prints() -> None:
    page = (ROOT / "docs" / "check-a-space.md").read_text("utf-8")
    with MockServer() as server:
        result = run(server.host, token=server.api.token)
    assert f"\n```text\n{result.stdout}```\n" in page
