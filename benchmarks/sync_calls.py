"""CPU time of a sync call, and the sync peers."""

import http.client
import json
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import requests
import urllib3
from signalwire_rest_wire.api.conferences import get_video_conference
from signalwire_rest_wire.client import AuthenticatedClient

from benchmarks.harness import BASE, OURS, Figure, cpu_time, figures, interleaved, main_peers
from benchmarks.machine import VENDOR_FOLDER
from benchmarks.target import AUTH, OPTIONS, QUERY, TIMEOUT, Target, check_results, serving, started
from signalwire_rest import RestClient

GROUP = "sync call"
CALLS = 100
"""Calls of a batch. Batches are short, so that a disturbance affects neighbours alike."""
BASIC = urllib3.make_headers(basic_auth=":".join(AUTH))

Call = Callable[[], Any]


def peers(target: Target, stack: ExitStack) -> dict[str, Call]:
    """Return the call of each peer. None of them connects before its first call."""
    enter, token = stack.enter_context, BASIC["authorization"].removeprefix("Basic ")
    plain = enter(httpx.Client(timeout=TIMEOUT, verify=target.tls or True))
    ours = enter(RestClient(*AUTH, target.host, OPTIONS, ssl_context=target.tls))
    on_httpx = enter(RestClient(*AUTH, target.host, OPTIONS, http_client=enter(httpx.Client())))
    get_ours = partial(ours.video.conferences.get, include_active_session=True)
    get_on_httpx = partial(on_httpx.video.conferences.get, include_active_session=True)
    url, timeout = f"http://{target.host}", httpx.Timeout(TIMEOUT)
    generated = enter(AuthenticatedClient(url, token, prefix="Basic", timeout=timeout))
    find = partial(get_video_conference.sync, client=generated, include_active_session=True)
    session = enter(requests.Session())
    get_with_requests = partial(session.get, auth=AUTH, params=QUERY, timeout=TIMEOUT)
    pool = enter(urllib3.PoolManager(timeout=TIMEOUT))
    send = partial(pool.request, fields=QUERY, headers=BASIC)
    connection = http.client.HTTPConnection(target.host, timeout=TIMEOUT)
    stack.callback(connection.close)

    def call_http_client() -> Any:
        path = f"/api/video/conferences/{target.next_id()}?include_active_session=true"
        connection.request("GET", path, headers=BASIC)
        return json.loads(connection.getresponse().read())

    return {
        BASE: lambda: plain.get(target.next_url(), auth=AUTH, params=QUERY).json(),
        OURS: lambda: get_ours(target.next_id()),
        f"{OURS} with http_client": lambda: get_on_httpx(target.next_id()),
        "generated client": lambda: find(UUID(target.next_id())),
        "requests": lambda: get_with_requests(target.next_url()).json(),
        "urllib3": lambda: send("GET", target.next_url()).json(),
        "http.client (the floor)": call_http_client,
    }


def vendor_batch(target: Target, stack: ExitStack) -> Callable[[], float]:
    """Start the worker of ``signalwire-sdk``, in its own environment; return its batch."""
    python, worker = VENDOR_FOLDER / "bin/python", Path(__file__).with_name("vendor_worker.py")
    command = [str(python), str(worker), *AUTH, target.host, str(CALLS)]
    commands, results = stack.enter_context(started(command))
    check_results(*json.loads(results.readline()))

    def spend() -> float:
        print(file=commands, flush=True)
        return float(results.readline()) / CALLS * 1e6

    return spend


def measure(short: bool = False) -> list[Figure]:
    """Measure one call at a time, on one connection."""
    with serving() as target, ExitStack() as stack:
        batches: dict[str, Callable[[], float]] = {}
        for name, call in main_peers(peers(target, stack), short).items():
            check_results(call(), call())
            batches[name] = partial(cpu_time, call, CALLS)
        if not short and VENDOR_FOLDER.exists():
            batches["signalwire-sdk (without the query)"] = vendor_batch(target, stack)
        spent = interleaved(batches, 25 if short else 40)
    return figures(GROUP, spent, "µs of CPU", goal=0.60)
