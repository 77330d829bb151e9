"""The vendor's own package gets the conferences of the vectors from the mock server.

Needs an environment of its own: ``make incumbent``.
"""

import json
import subprocess
from pathlib import Path

import pytest
from support.vectors import of_operation

from signalwire_rest_mock import MockServer

pytestmark = pytest.mark.apart

PYTHON = Path(__file__).resolve().parents[2] / ".venv-incumbent" / "bin" / "python"
VECTORS = of_operation("get_video_conference")
CONFERENCES = [each for each in VECTORS if "model" in each["expect"]]
ERRORS = [each for each in VECTORS if each["response"]["status"] >= 400]

PROGRAM = """
import json, sys
from signalwire.rest import RestClient, SignalWireRestError
asked = json.load(sys.stdin)
client = RestClient(project=asked["project"], token=asked["token"], host=asked["host"])
found = {}
for id in asked["ids"]:
    try:
        found[id] = client.video.conferences.get(id)
    except SignalWireRestError as error:
        found[id] = error.status_code
json.dump(found, sys.stdout)
"""


def test_the_vendor_s_client_gets_the_same_conferences_and_errors(
    mock_server: MockServer, tmp_path: Path
) -> None:
    if not PYTHON.is_file():
        pytest.fail("signalwire-sdk is missing. Run: make incumbent")
    asked = {
        "project": mock_server.api.project,
        "token": mock_server.api.token,
        "host": mock_server.host,
        "ids": [each["request"]["arguments"]["id"] for each in CONFERENCES + ERRORS],
    }

    done = subprocess.run(
        [PYTHON, "-I", "-c", PROGRAM],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=100,
        env={"NO_PROXY": "*", "PYTHONDONTWRITEBYTECODE": "1"},
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for vector in CONFERENCES:
        # It cannot ask for the session.
        whole = json.loads("\n".join(vector["response"]["body"]))
        whole.pop("active_session", None)
        assert found[vector["request"]["arguments"]["id"]] == whole
    for vector in ERRORS:
        assert found[vector["request"]["arguments"]["id"]] == vector["response"]["status"]
