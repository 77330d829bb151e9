"""Each row of ``docs/moving-over.md``, run with the vendor's package and with this client."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import frozen
from support.vendor import OURS, ROOT, VENDORS, Outcome, run

from signalwire_rest_mock import Contract, MockApi
from signalwire_rest_mock.messages import Response

pytestmark = pytest.mark.apart

PAGE = (ROOT / "docs" / "moving-over.md").read_text("utf-8")
ID = "c22d24f6-5a47-4597-9a23-c7d01e696b92"
MISSING = "1479b7d3-3d01-5f03-8661-bc40b077666c"


@frozen
class Case:
    """What a row says.

    Args:
        program: Prints what the cells show.
        responses: What the server sends to the first requests; None is silence.
        counts: Whether the cells show how many requests were sent instead.
    """

    program: str
    responses: tuple[Response | None, ...] = ()
    counts: bool = False

    def shown(self, python: Path, folder: Path) -> str:
        """Return what the cell of a package shows."""
        outcome: Outcome = run(python, self.program, folder, *self.responses)
        if not self.counts:
            return outcome.printed
        return f"{len(outcome.requests)} request{'' if len(outcome.requests) == 1 else 's'}"


def json_response(value: object, status: int = 200, **headers: str) -> Response:
    return Response.of_json(status, value, headers)


HTML = Response(200, b"<html>", {"Content-Type": "text/html"})
UNAVAILABLE = Response.of_json(503, {})
CONFERENCE = Contract.load().example("documented").value
INCOMPLETE = json_response({"id": ID, "name": "my_conference"})
LATER = json_response({}, 429, **{"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"})
MOVED = Response(302, b"", {"Location": f"/api/video/conferences/{ID}"})
ECHO = json_response({"error": f"bad token {MockApi().token}"}, 401)
ELSEWHERE = json_response(
    {"links": {"next": "https://example.com/api/video/conferences?page_size=1"}, "data": []}
)
ONCE = "RequestOptions(retries=1, retry_backoff=0)"

SAME = {
    "the imports": Case(
        "found = RequestOptions, RestClient, SignalWireRestError, SignalWireRestTransportError\n"
        "print(', '.join(each.__name__ for each in found))"
    ),
    "the constructor": Case(
        "names = ('PROJECT_ID', 'API_TOKEN', 'SPACE')\n"
        "args = [os.environ[f'SIGNALWIRE_{each}'] for each in names]\n"
        f"RestClient(*args, RequestOptions()).video.conferences.get('{ID}')\n"
        "RestClient(project=args[0], token=args[1], host=args[2], request_options=None)\n"
        "print('project, token, host, request_options')"
    ),
    "the environment": Case(
        f"RestClient().video.conferences.get('{ID}')\n"
        "print('SIGNALWIRE_PROJECT_ID, SIGNALWIRE_API_TOKEN, SIGNALWIRE_SPACE')"
    ),
    "the methods of client.video.conferences": Case(
        "names = 'get list paginate create update delete list_conference_tokens list_streams'\n"
        "names = [*names.split(), 'create_stream']\n"
        "print(', '.join(name for name in names if callable(getattr(conferences, name, None))))"
    ),
    "the methods of client.video.conference_tokens": Case(
        "print(', '.join(name for name in ('get', 'reset') if hasattr(tokens, name)))"
    ),
    "the methods of client.video.streams": Case(
        "print(', '.join(name for name in ('get', 'update', 'delete') if hasattr(streams, name)))"
    ),
    "undocumented fields of a request": Case(
        "extras = {'meta': {'team': 'sales'}}\n"
        "if plain(conferences.create(display_name='a', extras=extras))['meta'] == extras['meta']:\n"
        "    print(f'{extras=}')"
    ),
    "the attributes of an error": Case(
        f"error = failed(conferences.get, '{MISSING}')\n"
        "print('status_code, body, url, method, headers, request_id' if error.status_code == 404\n"
        "    and error.body == {'error': 'Not Found'} and error.method == 'GET'\n"
        f"    and error.url.endswith('/api/video/conferences/{MISSING}')\n"
        "    and error.request_id and error.headers['Content-Type'] else vars(error))"
    ),
    "an error without a response": Case(
        "closed = RestClient(host='127.0.0.1:9')\n"
        f"error = failed(closed.video.conferences.get, '{ID}', request_options={ONCE})\n"
        "print(f'{type(error).__name__}, {error.status_code=}')\n"
        "assert isinstance(error, SignalWireRestError)"
    ),
    "the options": Case(
        "import threading\n"
        "client = RequestOptions(30, 2, {503}, 0.5, threading.Event())\n"
        "call = client.merge(RequestOptions(timeout=5))\n"
        "print('timeout, retries, retry_on_status, retry_backoff, abort_signal'\n"
        "    if (call.timeout, call.retries, set(call.retry_on_status)) == (5, 2, {503}) else call)"
    ),
    "a retry when asked for": Case(
        f"conferences.get('{ID}', request_options={ONCE})", (UNAVAILABLE,), counts=True
    ),
    "an abort signal that is set": Case(
        "import threading\nsignal = threading.Event()\nsignal.set()\n"
        f"failed(conferences.get, '{ID}', request_options=RequestOptions(abort_signal=signal))",
        counts=True,
    ),
}  # fmt: skip

DIFFERENT = {
    "a result": Case(f"print(type(conferences.get('{ID}')).__name__)"),
    "a field": Case(
        f"found = conferences.get('{ID}')\n"
        "print(\"conf['name']\" if isinstance(found, dict) else 'conf.name')"
    ),
    "a date-time in a result": Case(
        f"found = conferences.get('{ID}')\n"
        "when = found['created_at'] if isinstance(found, dict) else found.created_at\n"
        "print(type(when).__name__)"
    ),
    "a date-time to send": Case(
        "from datetime import UTC, datetime\n"
        "for when in ('2026-01-01T00:00:00Z', datetime(2026, 1, 1, tzinfo=UTC)):\n"
        "    if not failed(conferences.create, display_name='a', join_from=when):\n"
        "        print(type(when).__name__)"
    ),
    "a list": Case("print(type(conferences.list()).__name__)"),
    "the result of delete": Case(f"print(conferences.delete('{ID}'))"),
    "the id by keyword": Case(
        f"for name in ('resource_id', 'conference_id'):\n"
        f"    if not failed(conferences.get, **{{name: '{ID}'}}):\n        print(name)"
    ),
    "the session of a conference": Case(
        f"print(failed(conferences.get, '{ID}', include_active_session=True)"
        " and 'not available' or 'include_active_session=True')"
    ),
    "async code": Case("print(hasattr(rest, 'AsyncRestClient'))"),
    "a with block": Case("print(hasattr(client, '__enter__'))"),
    "retries by default": Case(
        f"failed(conferences.get, '{ID}')", (UNAVAILABLE,) * 9, counts=True
    ),
    "POST after a 503, one retry": Case(
        f"failed(conferences.create, display_name='a', request_options={ONCE})",
        (UNAVAILABLE,) * 9,
        counts=True,
    ),
    "POST whose response is lost, one retry": Case(
        "options = RequestOptions(timeout=2, retries=1, retry_backoff=0)\n"
        "failed(conferences.create, display_name='a', request_options=options)",
        (None,) * 9,
        counts=True,
    ),
    "silence, timeout=2, two retries": Case(
        "options = RequestOptions(timeout=2, retries=2, retry_backoff=0)\n"
        f"failed(conferences.get, '{ID}', request_options=options)",
        (None,) * 9,
        counts=True,
    ),
    "Retry-After with a date far away": Case(
        f"failed(conferences.get, '{ID}', request_options={ONCE})", (LATER,) * 9, counts=True
    ),
    "an id that is no UUID": Case("failed(conferences.get, 'conference-id')", counts=True),
    "an id with dots": Case("failed(conferences.get, '../rooms')", counts=True),
    "a misspelt field": Case(
        "failed(conferences.create, display_name='a', colour='red')", counts=True
    ),
    "the class of a 404": Case(f"print(type(failed(conferences.get, '{MISSING}')).__name__)"),
    "a 200 that is HTML": Case(f"print(type(failed(conferences.get, '{ID}')).__name__)", (HTML,)),
    "a 200 without a field": Case(
        f"print(getattr(failed(conferences.get, '{ID}'), 'path', 'returned'))", (INCOMPLETE,)
    ),
    "a redirect": Case(f"failed(conferences.get, '{ID}')", (MOVED,), counts=True),
    "a next link to another host": Case(
        "print(type(failed(list, conferences.paginate())).__name__)", (ELSEWHERE,)
    ),
    "the token, echoed by a server": Case(
        f"error = failed(conferences.get, '{ID}')\n"
        "token = os.environ['SIGNALWIRE_API_TOKEN']\n"
        "print('in the message' if token in str(error) else 'redacted')",
        (ECHO,),
    ),
    "a header in lower case": Case(
        f"print(failed(conferences.get, '{MISSING}').headers.get('content-type'))"
    ),
}  # fmt: skip


def rows(title: str) -> Mapping[str, list[str]]:
    """Return the cells of the table beneath a heading, by the first cell."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {first.replace("`", "").strip(): rest for first, *rest in cells}


def test_each_row_has_a_case() -> None:
    assert list(rows("What stays")) == list(SAME)
    assert list(rows("What differs")) == list(DIFFERENT)


@pytest.mark.parametrize("name", SAME)
def test_what_stays_is_the_same_with_both(name: str, tmp_path: Path) -> None:
    theirs, ours = (SAME[name].shown(python, tmp_path) for python in (VENDORS, OURS))
    assert ours == theirs != ""
    assert rows("What stays")[name][0].replace("`", "") == ours


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_differs_does_so_as_the_row_says(name: str, tmp_path: Path) -> None:
    theirs, ours = (DIFFERENT[name].shown(python, tmp_path) for python in (VENDORS, OURS))
    assert ours != theirs
    cells = rows("What differs")[name]
    assert [cell.replace("`", "") for cell in cells[:2]] == [theirs, ours]
    assert cells[2], "the reason"


NAMES = """
def below(value):
    return {name for name, each in vars(value).items() if not name.startswith("_")}
print(json.dumps([sorted(below(client)), sorted(below(client.video))]))
"""


def test_what_is_not_here_is_everything_else_of_the_vendor_s_client(tmp_path: Path) -> None:
    apis, videos = json.loads(run(VENDORS, NAMES, tmp_path).printed)
    section = PAGE.split("\n## What is not here\n")[1].split("\n## ")[0]
    named = set(re.findall(r"`(?:client\.)?(\w+(?:\.\w+)?)`", section))
    missing = set(apis) | {f"video.{each}" for each in videos}
    missing -= {"video", "video.conferences", "video.conference_tokens", "video.streams"}
    assert named == missing
