"""``signalwire-rest check`` reports structure, and never a value."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from signalwire_rest_wire.models import ConferencePage
from support.pages import ROOT
from support.runtimes import ID, PROJECT, TOKEN
from support.servers import Connection, RawServer, example, request_of, response

from signalwire_rest import _command
from signalwire_rest_mock import MockServer

COMMAND = Path(sys.executable).with_name("signalwire-rest")
SECRET = "s3cret-value"


def run(host: str, *arguments: str, token: str = TOKEN) -> subprocess.CompletedProcess[str]:
    """Run the installed console script."""
    environment = {
        "SIGNALWIRE_SPACE": host,
        "SIGNALWIRE_PROJECT_ID": PROJECT,
        "SIGNALWIRE_API_TOKEN": token,
    }
    return subprocess.run(
        [COMMAND, "check", *arguments],
        env=environment,
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
        "conferences.list: matches",
        "conferences.get: matches",
        "conferences.list_conference_tokens: matches",
        "conferences.list_streams: matches",
        "conference_tokens.get: skipped: no token to look at",
        "streams.get: skipped: no stream to look at",
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


def test_meta_has_data_for_names(tmp_path: Path) -> None:
    with RawServer(space(with_(meta={SECRET: {"deep": [1]}}))) as server:
        assert run(server.host).returncode == 0


def test_an_undocumented_status_is_a_difference() -> None:
    with RawServer(space(status=206)) as server:
        result = run(server.host, "--json")
    (difference,) = reports(result)["conferences.get"]["differences"]
    assert difference["found"] == "206 Partial Content"
    assert result.returncode == 1


def test_equal_differences_of_many_items_are_one_line() -> None:
    page = {"data": [{**example(), "quality": f"{n}p"} for n in range(7)], "links": {}}
    page["links"] = example("conference-page")["links"]
    found = _command._differences(Raw(page), ConferencePage)
    assert [(each["field"], each["count"]) for each in found] == [("data[].quality", 7)]


class Raw:
    """A response with a body."""

    status_code = 200

    def __init__(self, body: Any) -> None:
        self.body = body

    def json(self) -> Any:
        return self.body


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
    assert result.stdout == "conferences.list: failed: SignalWireRestTransportError\n"
    assert result.returncode == 2


def test_missing_credentials_exit_with_2() -> None:
    result = run("example.com", token="")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("signalwire-rest: token is missing")
    assert run("example.com", "not-an-id").returncode == 2


def test_the_mock_server_can_be_checked_too() -> None:
    with MockServer() as server:
        result = run(server.host, "--json", token=server.api.token)
    found = {name: each["result"] for name, each in reports(result).items()}
    # One of its examples has values and a property that the contract does not describe.
    assert found.pop("conferences.list") == "differs"
    assert set(found.values()) == {"matches"}
    assert len(found) == 5


@pytest.mark.parametrize("has_rich", [True, False])
def test_a_terminal_shows_a_table_if_rich_is_installed(
    has_rich: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    if not has_rich:
        monkeypatch.setitem(sys.modules, "rich.table", None)
    difference = {"field": "name", "kind": "type", "expected": "a", "found": "b", "count": 3}
    _command._print([_command.Report("streams.get", "differs", "", (difference,))])
    shown = capsys.readouterr().out
    assert ("┃" in shown) is has_rich
    assert ("name: type: expected a; found b (3 times)" in shown) is not has_rich


def test_the_page_shows_what_the_command_prints() -> None:
    page = (ROOT / "docs" / "check-a-space.md").read_text("utf-8")
    with MockServer() as server:
        result = run(server.host, token=server.api.token)
    assert f"\n```text\n{result.stdout}```\n" in page
