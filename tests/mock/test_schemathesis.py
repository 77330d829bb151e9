"""schemathesis finds no failure of the mock server, and finds each seeded fault.

Needs an environment of its own: ``make schemathesis``.
"""

import base64
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from signalwire_rest_mock import MockApi, MockServer, Request, Response

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
    example = api.contract.example("documented")
    good = evolve(request, target=f"/api/video/conferences/{example.id}")
    return correct(api, good) if found.status == 422 else found


def accepts_any_method(api: MockApi, request: Request) -> Response:
    if request.method == "GET":
        return correct(api, request)
    example = api.contract.example("documented")
    target = f"/api/video/conferences/{example.id}"
    return correct(api, evolve(request, method="GET", target=target))


def sends_another_content_type(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    return evolve(found, headers={**found.headers, "Content-Type": "text/html"})


def fails_if_a_session_is_asked_for(api: MockApi, request: Request) -> Response:
    found = correct(api, request)
    asked = "include_active_session=true" in request.target
    return evolve(found, status=500, body=b'{"error": "Oops"}') if asked else found


def schemathesis(api: MockApi, folder: Path) -> "subprocess.CompletedProcess[str]":
    if not PROGRAM.is_file():
        pytest.fail("schemathesis is missing. Run: make schemathesis")
    # The contract does not forbid other parameters, and the mock server ignores them.
    (folder / "schemathesis.toml").write_text("[generation]\nallow-extra-parameters = false\n")
    with MockServer(api) as server:
        command: list[str | Path] = [PROGRAM, "run", ROOT / "openapi" / "openapi.yaml"]
        command += ["--url", f"http://{server.host}", "--checks", "all", "--seed", "1"]
        command += ["--auth", f"{api.project}:{api.token}", "--max-examples", "30"]
        # The mock server keeps no state, so what is created cannot be read back.
        command += ["--phases", "examples,coverage,fuzzing"]
        return subprocess.run(
            [*command, "--no-color", "--generation-deterministic"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
            env={**os.environ, "NO_PROXY": "*"},
        )


def test_the_mock_server_passes(tmp_path: Path) -> None:
    done = schemathesis(MockApi(), tmp_path)

    assert done.returncode == 0, done.stdout
    assert "No issues found" in done.stdout


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
    done = schemathesis(FaultyApi(fault), tmp_path)

    assert done.returncode == 1
    assert said in done.stdout, done.stdout
