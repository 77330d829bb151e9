"""schemathesis finds no failure of the mock server, and finds each seeded fault.

Needs an environment of its own: ``make schemathesis``.
"""

import base64
import copy
import json
import os
import re
import subprocess
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from signalwire_rest_mock import Contract, MockApi, MockServer, Request, Response

pytestmark = pytest.mark.apart

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".venv-schemathesis" / "bin" / "schemathesis"

Fault = Callable[[MockApi, Request], Response]


class FaultyApi(MockApi):
    """A mock API with a seeded fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault

    def respond(self, request: Request, number: int = 1) -> Response:
        return self.fault(self, request)


def correct(api: MockApi, request: Request) -> Response:
    return MockApi.respond(api, request)


def lacks_a_field(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    return evolve(found, body=found.body.replace(b'"enable_chat"', b'"enable_chats"'))


def sends_an_undocumented_status(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    return evolve(found, status=418) if found.status == 404 else found


def accepts_any_credentials(api: MockApi, request: Request) -> Response:
    pair = base64.b64encode(f"{api.project}:{api.token}".encode()).decode()
    return correct(api, evolve(request, headers={"Authorization": f"Basic {pair}"}))


def accepts_any_argument(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    return _documented(api, request) if found.status == 422 else found


def accepts_any_method(api: MockApi, request: Request) -> Response:
    return correct(api, request) if request.method == "GET" else _documented(api, request)


def _documented(api: MockApi, request: Request) -> Response:
    """Return a success, whatever the request and the state are."""
    example = api.contract.example("documented")
    target = f"/api/video/conferences/{example.id}"
    headers = {**request.headers, "Prefer": f"example={example.name}"}
    return correct(api, evolve(request, method="GET", target=target, headers=headers))


def sends_another_content_type(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    return evolve(found, headers={**found.headers, "Content-Type": "text/html"})


def fails_if_a_session_is_asked_for(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    asked = "include_active_session=true" in request.target
    return evolve(found, status=500, body=b'{"error": "Oops"}') if asked else found


# Faults that a single request cannot show.


def deletes_nothing(api: MockApi, request: Request) -> Response:
    found = correct(api, evolve(request, method="GET"))
    if request.method != "DELETE" or found.status != 200:
        return correct(api, request)
    return evolve(found, status=204, body=b"")


def creates_nothing(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    if request.method == "POST" and request.target.endswith("/conferences") and found.status == 200:
        target = f"{request.target}/{json.loads(found.body)['id']}"
        correct(api, evolve(request, method="DELETE", target=target))
    return found


def lacks_a_field_of_new_conferences(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    lacks = request.method == "GET" and _is_new(api, request)
    return lacks_a_field(api, request) if lacks else found


def fails_with_new_streams(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    fails = "/video/streams/" in request.target and found.status < 300 and _is_new(api, request)
    return Response.of_error(HTTPStatus.INTERNAL_SERVER_ERROR) if fails else found


def fails_to_change_a_new_conference(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    fails = request.method == "PUT" and found.status == 200 and _is_new(api, request)
    return Response.of_error(HTTPStatus.INTERNAL_SERVER_ERROR) if fails else found


def _is_new(api: MockApi, request: Request) -> bool:
    """Return whether the path has an id that no example has."""
    ids = set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", request.target))
    return bool(ids) and not any(each in str(api.contract.document["components"]) for each in ids)


CONFIGURATION = """
# The contract does not forbid other parameters, and the mock server ignores them.
[generation]
allow-extra-parameters = false

# What the contract says in words, such as patterns, limits and unique names, is no part of its
# schemas. The mock server checks it.
[[operations]]
include-operation-id = [
  "list_video_conferences",
  "list_conference_tokens",
  "create_video_conference",
  "update_video_conference",
  "create_conference_stream",
  "update_stream",
]
checks.positive_data_acceptance.expected-statuses = ["2xx", 401, 403, 404, 422]
"""

HOOKS = """
import schemathesis

# Random text is no address, colour or name. Without it, more requests succeed, so that there is
# more to come back to. Values that violate the schema must stay.
TEXTS = ("name", "dark_", "light_")


@schemathesis.hook
def map_body(context, body):
    if not isinstance(body, dict):
        return body
    if isinstance(body.get("url"), str):
        body["url"] = "rtmp://live.example.com/app/stream-key"
    if isinstance(body.get("display_name"), str):
        body["display_name"] = body["display_name"][:200]
    return {
        name: value
        for name, value in body.items()
        if not (isinstance(value, str) and name.startswith(TEXTS))
    }
"""


# Where an id comes from, and the operations that take it. schemathesis guesses some of it.
LINKS = {
    "CreatedConference": ("id", "_video_conference", ["get", "update", "delete"]),
    "ConferenceTokenPage": ("data/0/id", "_conference_token", ["get", "reset"]),
    "CreatedStream": ("id", "_stream", ["get", "update", "delete"]),
}


def linked_contract() -> dict[str, Any]:
    """Return the contract with links from a response to the operations that take its id."""
    document = copy.deepcopy(Contract.load().document)
    for response, (pointer, name, verbs) in LINKS.items():
        document["components"]["responses"][response]["links"] = {
            verb: {"operationId": verb + name, "parameters": {"id": f"$response.body#/{pointer}"}}
            for verb in verbs
        }
    return document


def schemathesis(
    api: MockApi,
    folder: Path,
    phases: str = "examples,coverage,fuzzing,stateful",
    examples: str = "30",
) -> "subprocess.CompletedProcess[str]":
    if not PROGRAM.is_file():
        pytest.fail("schemathesis is missing. Run: make schemathesis")
    (folder / "schemathesis.toml").write_text(CONFIGURATION)
    (folder / "hooks.py").write_text(HOOKS)
    (folder / "openapi.json").write_text(json.dumps(linked_contract()))
    with MockServer(api) as server:
        command: list[str | Path] = [PROGRAM, "run", folder / "openapi.json"]
        command += ["--url", f"http://{server.host}", "--checks", "all", "--seed", "1"]
        command += ["--auth", f"{api.project}:{api.token}", "--max-examples", examples]
        # A warning says that many requests were refused; the expected statuses above say why.
        command += [
            "--warnings",
            "off",
            "--phases",
            phases,
            "--no-color",
            "--generation-deterministic",
        ]
        return subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
            env={**os.environ, "NO_PROXY": "*", "SCHEMATHESIS_HOOKS": str(folder / "hooks.py")},
        )


def test_the_mock_server_passes(tmp_path: Path) -> None:
    done = schemathesis(MockApi(), tmp_path)

    assert done.returncode == 0, done.stdout
    assert "No issues found" in done.stdout
    stateful = re.search(r"Stateful.*\n\n.*\n *API Links: +(\d+) covered", done.stdout)
    assert stateful
    assert int(stateful[1]) > 15


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lacks_a_field, "Response violates schema"),
        (sends_an_undocumented_status, "Undocumented status code"),
        (accepts_any_credentials, "API accepts requests without authentication"),
        (accepts_any_argument, "Schema-violating request accepted"),
        (accepts_any_method, "Unsupported method"),
        (sends_another_content_type, "Undocumented Content-Type"),
        (fails_if_a_session_is_asked_for, "Server error"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_seeded_fault_is_found(tmp_path: Path, fault: Fault, said: str) -> None:
    done = schemathesis(FaultyApi(fault), tmp_path, "examples,coverage,fuzzing")

    assert done.returncode == 1
    assert said in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (deletes_nothing, "Deleted resource still available"),
        (creates_nothing, "Created resource not found"),
        (lacks_a_field_of_new_conferences, "Response violates schema"),
        (fails_to_change_a_new_conference, "Server error"),
        (fails_with_new_streams, "Server error"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_seeded_fault_of_the_state_is_found(tmp_path: Path, fault: Fault, said: str) -> None:
    done = schemathesis(FaultyApi(fault), tmp_path, "stateful", "200")

    assert done.returncode == 1, done.stdout
    assert said in done.stdout, done.stdout
