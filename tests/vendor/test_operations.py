"""All operations through the vendor's package and through this client: ``make compare-vendor``."""

import json
from pathlib import Path

import pytest
from support.vectors import of_operation
from support.vendor import OURS, VENDORS, one_conference, run, sent

pytestmark = pytest.mark.apart

VECTORS = of_operation("get_video_conference")
CONFERENCES = [each for each in VECTORS if "model" in each["expect"]]
ERRORS = [each for each in VECTORS if each["response"]["status"] >= 400]

GET_EACH = """
found = {}
for id in IDS:
    try:
        found[id] = conferences.get(id)
    except SignalWireRestError as error:
        found[id] = error.status_code
json.dump(found, sys.stdout)
"""

COLOURS = [
    f"{theme}_{use}"
    for theme in ("dark", "light")
    for use in ("primary", "background", "foreground", "success", "negative")
]
EVERY_OPERATION = """
url, found = "rtmp://live.example.com/app/stream-key", {}
colours = dict.fromkeys(COLOURS, "#102030")
def show(name, value):
    found[name] = plain(value)
    return found[name]

key = show("create", conferences.create(
    display_name="Stand-up", name="stand-up", description="Daily, at nine \\u2600",
    quality="1080p", layout="grid-responsive", size="large", record_on_start=False,
    enable_room_previews=True, enable_chat=False, **colours, extras={"meta": {"team": "sales"}},
))["id"]
show("get", conferences.get(key))
show("list", conferences.list(page_size=1))
found["paginate"] = [plain(each) for each in conferences.paginate(page_size=1)]
show("update", conferences.update(
    key, display_name="Daily", description="At ten", quality="720p", layout="3x3", size="small",
    record_on_start=True, tone_on_entry_and_exit=True, room_join_video_off=True,
    user_join_video_off=True, enable_room_previews=False, enable_chat=True, **colours,
    extras={"name": "renamed"},
))
token = show("list_conference_tokens", conferences.list_conference_tokens(key))["data"][0]["id"]
show("get_token", tokens.get(token))
show("reset", tokens.reset(token))
stream = show("create_stream", conferences.create_stream(key, url=url))["id"]
show("list_streams", conferences.list_streams(key))
show("get_stream", streams.get(stream))
show("update_stream", streams.update(stream, url=url + "2"))
streams.delete(stream)
conferences.delete(key)
for call, id in ((streams.get, stream), (conferences.get, key), (conferences.delete, key)):
    error = failed(call, id)
    path = error.url.partition("/api")[2]
    found[f"{error.method} {path}"] = [error.status_code, error.body, error.request_id]
json.dump(found, sys.stdout)
"""


def test_the_vendor_s_client_gets_the_same_conferences_and_errors(tmp_path: Path) -> None:
    ids = [each["request"]["arguments"]["id"] for each in CONFERENCES + ERRORS]

    found = json.loads(run(VENDORS, f"IDS = {ids}\n{GET_EACH}", tmp_path).printed)

    for vector in CONFERENCES:
        # It cannot ask for the session.
        whole = json.loads("\n".join(vector["response"]["body"]))
        whole.pop("active_session", None)
        assert found[vector["request"]["arguments"]["id"]] == whole
    for vector in ERRORS:
        assert found[vector["request"]["arguments"]["id"]] == vector["response"]["status"]


def test_all_operations_send_the_same_and_return_the_same(tmp_path: Path) -> None:
    program = f"COLOURS = {COLOURS}\n{EVERY_OPERATION}"
    theirs, ours = (
        run(python, program, tmp_path, space=one_conference()) for python in (VENDORS, OURS)
    )

    assert json.loads(ours.printed) == json.loads(theirs.printed)
    assert [sent(each) for each in ours.requests] == [sent(each) for each in theirs.requests]
    assert len({(each.method, each.target) for each in ours.requests}) >= 13
