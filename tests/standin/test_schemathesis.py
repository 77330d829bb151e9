"""schemathesis, from the contract, finds nothing at the stand-in, and each of the seeded faults.

Needs an environment of its own: ``make schemathesis``.
"""

import base64
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from signalwire_rest_standin import Answer, Request, Server, StandIn

pytestmark = pytest.mark.apart

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".venv-schemathesis" / "bin" / "schemathesis"

Fault = Callable[[StandIn, Request], Answer]


class Faulty(StandIn):
    """A stand-in with a fault of the test's."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault

    def answer(self, request: Request, number: int = 1) -> Answer:
        return self.fault(self, request)


def truly(stand_in: StandIn, request: Request) -> Answer:
    return StandIn.answer(stand_in, request)


def lacks_a_field(stand_in: StandIn, request: Request) -> Answer:
    found = truly(stand_in, request)
    return evolve(found, body=found.body.replace(b'"enable_chat"', b'"enable_chats"'))


def answers_a_status_of_its_own(stand_in: StandIn, request: Request) -> Answer:
    found = truly(stand_in, request)
    return evolve(found, status=418) if found.status == 404 else found


def takes_any_credentials(stand_in: StandIn, request: Request) -> Answer:
    pair = base64.b64encode(f"{stand_in.project}:{stand_in.token}".encode()).decode()
    return truly(stand_in, evolve(request, headers={"Authorization": f"Basic {pair}"}))


def takes_any_argument(stand_in: StandIn, request: Request) -> Answer:
    found = truly(stand_in, request)
    example = stand_in.contract.example("documented")
    good = evolve(request, target=f"/api/video/conferences/{example.id}")
    return truly(stand_in, good) if found.status == 422 else found


def takes_any_method(stand_in: StandIn, request: Request) -> Answer:
    if request.method == "GET":
        return truly(stand_in, request)
    example = stand_in.contract.example("documented")
    target = f"/api/video/conferences/{example.id}"
    return truly(stand_in, evolve(request, method="GET", target=target))


def calls_json_by_another_name(stand_in: StandIn, request: Request) -> Answer:
    found = truly(stand_in, request)
    return evolve(found, headers={**found.headers, "Content-Type": "text/html"})


def fails_where_a_session_is_asked_for(stand_in: StandIn, request: Request) -> Answer:
    found = truly(stand_in, request)
    asked = "include_active_session=true" in request.target
    return evolve(found, status=500, body=b'{"error": "Oops"}') if asked else found


def schemathesis(stand_in: StandIn, folder: Path) -> "subprocess.CompletedProcess[str]":
    if not PROGRAM.is_file():
        pytest.fail("schemathesis is missing. Type: make schemathesis")
    # The contract says nothing of a parameter that it does not have; nor does the stand-in.
    (folder / "schemathesis.toml").write_text("[generation]\nallow-extra-parameters = false\n")
    with Server(stand_in) as server:
        command = [PROGRAM, "run", ROOT / "openapi" / "openapi.yaml"]
        command += ["--url", f"http://{server.host}", "--checks", "all", "--seed", "1"]
        command += ["--auth", f"{stand_in.project}:{stand_in.token}", "--max-examples", "60"]
        return subprocess.run(
            [*command, "--no-color", "--generation-deterministic"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
            env={**os.environ, "NO_PROXY": "*"},
        )


def test_nothing_is_found_at_the_stand_in(tmp_path: Path) -> None:
    done = schemathesis(StandIn(), tmp_path)

    assert done.returncode == 0, done.stdout
    assert "No issues found" in done.stdout


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lacks_a_field, "Response violates schema"),
        (answers_a_status_of_its_own, "Undocumented status code"),
        (takes_any_credentials, "API accepts requests without authentication"),
        (takes_any_argument, "Schema-violating request accepted"),
        (takes_any_method, "Unsupported method"),
        (calls_json_by_another_name, "Undocumented Content-Type"),
        (fails_where_a_session_is_asked_for, "Server error"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_seeded_fault_is_found(tmp_path: Path, fault: Fault, said: str) -> None:
    done = schemathesis(Faulty(fault), tmp_path)

    assert done.returncode == 1
    assert said in done.stdout, done.stdout
