"""The vendor's own package does what this client does against the mock server, with the same data.

Needs an environment of its own: ``make incumbent``.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.vectors import of_operation

from signalwire_rest import RestClient, SignalWireRestNotFoundError
from signalwire_rest.testing import Space
from signalwire_rest_mock import MockApi, MockServer

pytestmark = pytest.mark.apart

PYTHON = Path(__file__).resolve().parents[2] / ".venv-incumbent" / "bin" / "python"
VECTORS = of_operation("get_video_conference")
CONFERENCES = [each for each in VECTORS if "model" in each["expect"]]
ERRORS = [each for each in VECTORS if each["response"]["status"] >= 400]
URL = "rtmp://live.example.com/app/stream-key"

CONNECT = """
import json, sys
from signalwire.rest import RestClient, SignalWireRestError
asked = json.load(sys.stdin)
client = RestClient(project=asked["project"], token=asked["token"], host=asked["host"])
"""

GET_EACH = """
found = {}
for id in asked["ids"]:
    try:
        found[id] = client.video.conferences.get(id)
    except SignalWireRestError as error:
        found[id] = error.status_code
json.dump(found, sys.stdout)
"""

EVERY_OPERATION = """
video, url = client.video, asked["url"]
conferences, tokens, streams = video.conferences, video.conference_tokens, video.streams
found = {}
new = found["create"] = conferences.create(display_name="Stand-up", name="stand-up")
key = new["id"]
found["get"] = conferences.get(key)
found["list"] = conferences.list(page_size=1)
found["paginate"] = list(conferences.paginate(page_size=1))
found["update"] = conferences.update(key, display_name="Daily")
found["list_conference_tokens"] = conferences.list_conference_tokens(key)
token = found["list_conference_tokens"]["data"][0]["id"]
found["get_token"] = tokens.get(token)
found["reset"] = tokens.reset(token)
stream = found["create_stream"] = conferences.create_stream(key, url=url)
found["list_streams"] = conferences.list_streams(key)
found["get_stream"] = streams.get(stream["id"])
found["update_stream"] = streams.update(stream["id"], url=url + "2")
streams.delete(stream["id"])
conferences.delete(key)
gone = []
for get in (lambda: streams.get(stream["id"]), lambda: conferences.get(key)):
    try:
        get()
    except SignalWireRestError as error:
        gone.append(error.status_code)
found["deleted"] = gone
json.dump(found, sys.stdout)
"""


def run(program: str, server: MockServer, folder: Path, **asked: Any) -> Any:
    """Run a program of the vendor's package; return the JSON that it prints."""
    if not PYTHON.is_file():
        pytest.fail("signalwire-sdk is missing. Run: make incumbent")
    asked |= {"project": server.api.project, "token": server.api.token, "host": server.host}
    done = subprocess.run(
        [PYTHON, "-I", "-c", CONNECT + program],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=100,
        env={"NO_PROXY": "*", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_vendor_s_client_gets_the_same_conferences_and_errors(
    mock_server: MockServer, tmp_path: Path
) -> None:
    ids = [each["request"]["arguments"]["id"] for each in CONFERENCES + ERRORS]

    found = run(GET_EACH, mock_server, tmp_path, ids=ids)

    for vector in CONFERENCES:
        # It cannot ask for the session.
        whole = json.loads("\n".join(vector["response"]["body"]))
        whole.pop("active_session", None)
        assert found[vector["request"]["arguments"]["id"]] == whole
    for vector in ERRORS:
        assert found[vector["request"]["arguments"]["id"]] == vector["response"]["status"]


def our_calls(client: RestClient) -> dict[str, Any]:
    """Do what ``EVERY_OPERATION`` does; return the same JSON."""
    video = client.video
    conferences, tokens, streams = video.conferences, video.conference_tokens, video.streams
    new = conferences.create(display_name="Stand-up", name="stand-up")
    found: dict[str, Any] = {"create": new.to_dict()}
    raw = conferences.with_raw_response
    found["get"] = conferences.get(new.id).to_dict()
    found["list"] = json.loads(raw.list(page_size=1).content)
    found["paginate"] = [each.to_dict() for each in conferences.paginate(page_size=1)]
    found["update"] = conferences.update(new.id, display_name="Daily").to_dict()
    found["list_conference_tokens"] = json.loads(raw.list_conference_tokens(new.id).content)
    token = conferences.list_conference_tokens(new.id).data[0].id
    found["get_token"] = tokens.get(token).to_dict()
    found["reset"] = tokens.reset(token).to_dict()
    stream = conferences.create_stream(new.id, url=URL)
    found["create_stream"] = stream.to_dict()
    found["list_streams"] = json.loads(raw.list_streams(new.id).content)
    found["get_stream"] = streams.get(stream.id).to_dict()
    found["update_stream"] = streams.update(stream.id, url=f"{URL}2").to_dict()
    streams.delete(stream.id)
    conferences.delete(new.id)
    found["deleted"] = []
    for get in (lambda: streams.get(stream.id), lambda: conferences.get(new.id)):
        with pytest.raises(SignalWireRestNotFoundError) as caught:
            get()
        found["deleted"].append(caught.value.status_code)
    return found


def test_the_vendor_s_client_does_the_thirteen_operations_with_the_same_result(
    tmp_path: Path,
) -> None:
    def server() -> MockServer:
        # The same seed and the same requests: the same ids, tokens and times.
        space = Space(seed=13)
        space.add_conference(name="first")
        return MockServer(MockApi(space=space))

    with server() as ours, RestClient(ours.api.project, ours.api.token, ours.host) as client:
        expected = our_calls(client)
    with server() as theirs:
        found = run(EVERY_OPERATION, theirs, tmp_path, url=URL)

    assert found == expected
    assert len(found["paginate"]) == 2
