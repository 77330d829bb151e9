"""The sync peers. Each makes the same call: the conference, Basic authentication, the query."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

import httpx
import requests
import urllib3
from signalwire_rest_wire.api.video import get_video_conference
from signalwire_rest_wire.client import AuthenticatedClient

from benchmarks.figures import BASE, CHECKED, DICT, OURS, TYPED
from benchmarks.target import (
    BASIC,
    CONFERENCE_ID,
    PATH,
    PROJECT,
    QUERY,
    TIMEOUT,
    TOKEN,
    Peer,
    Target,
    check_result,
)
from benchmarks.vendor import VENDOR, VENDOR_PYTHON, vendor
from signalwire_rest import RestClient


def in_this_process(name: str, call: Callable[[], Any], result: str) -> Peer:
    """Return the peer that ``call`` is, once it has proved that it does the same work."""
    check_result(name, call())

    def spend(calls: int) -> float:
        begin = time.process_time()
        for _ in range(calls):
            call()
        return time.process_time() - begin

    return Peer(result, spend)


@contextmanager
def main_peers(target: Target) -> Iterator[dict[str, Peer]]:
    """Yield plain httpx and ours."""
    plain = httpx.Client(timeout=TIMEOUT)
    ours = RestClient(PROJECT, TOKEN, target.host)

    def ask_plain() -> Any:
        return plain.get(target.url, auth=(PROJECT, TOKEN), params=QUERY).json()

    def ask_ours() -> Any:
        return ours.video.conferences.get(CONFERENCE_ID, include_active_session=True)

    with plain, ours:
        yield {
            BASE: in_this_process(BASE, ask_plain, DICT),
            OURS: in_this_process(OURS, ask_ours, CHECKED),
        }


@contextmanager
def all_peers(target: Target) -> Iterator[dict[str, Peer]]:
    """Yield every sync peer."""
    with ExitStack() as stack:
        peers = stack.enter_context(main_peers(target))
        calls: dict[str, tuple[Callable[[], Any], str]] = {
            "http.client (the floor)": (_http_client(target, stack), DICT),
            "urllib3": (_urllib3(target, stack), DICT),
            "requests": (_requests(target, stack), DICT),
            "the generated client, as it is": (_generated(target, stack), TYPED),
            f"{OURS} with http_client": (_over_httpx(target, stack), CHECKED),
        }
        for name, (call, result) in calls.items():
            peers[name] = in_this_process(name, call, result)
        if VENDOR_PYTHON.exists():
            peers[VENDOR] = stack.enter_context(vendor(target))
        else:
            print(f"{VENDOR} is left out: it is not in {VENDOR_PYTHON.parents[1]}")
        yield peers


def _http_client(target: Target, stack: ExitStack) -> Callable[[], Any]:
    connection = http.client.HTTPConnection(target.host, timeout=TIMEOUT)
    stack.callback(connection.close)
    headers = {"Authorization": f"Basic {BASIC}", "Accept": "application/json"}
    path = f"{PATH}?include_active_session=true"

    def call() -> Any:
        connection.request("GET", path, headers=headers)
        return json.loads(connection.getresponse().read())

    return call


def _urllib3(target: Target, stack: ExitStack) -> Callable[[], Any]:
    pool = stack.enter_context(urllib3.PoolManager(timeout=TIMEOUT))
    headers = urllib3.make_headers(basic_auth=f"{PROJECT}:{TOKEN}")
    return lambda: pool.request("GET", target.url, fields=QUERY, headers=headers).json()


def _requests(target: Target, stack: ExitStack) -> Callable[[], Any]:
    session = stack.enter_context(requests.Session())
    auth = (PROJECT, TOKEN)
    return lambda: session.get(target.url, auth=auth, params=QUERY, timeout=TIMEOUT).json()


def _generated(target: Target, stack: ExitStack) -> Callable[[], Any]:
    client = AuthenticatedClient(
        f"http://{target.host}", token=BASIC, prefix="Basic", timeout=httpx.Timeout(TIMEOUT)
    )
    stack.enter_context(client)
    which = UUID(CONFERENCE_ID)
    return lambda: get_video_conference.sync(which, client=client, include_active_session=True)


def _over_httpx(target: Target, stack: ExitStack) -> Callable[[], Any]:
    own = stack.enter_context(httpx.Client())
    client = stack.enter_context(RestClient(PROJECT, TOKEN, target.host, http_client=own))
    get = client.video.conferences.get
    return lambda: get(CONFERENCE_ID, include_active_session=True)
