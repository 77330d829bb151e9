"""Threads that share one client: calls per second, and connections."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

import httpx

from benchmarks.figures import (
    BASE,
    CHECKED,
    DICT,
    OURS,
    Figure,
    Spread,
    interleaved,
    ratio,
)
from benchmarks.target import CONFERENCE_ID, PROJECT, QUERY, TIMEOUT, TOKEN, Target
from signalwire_rest import RestClient

THREADS = (1, 4, 16, 64)
CALLS = 640
"""Calls of one batch, shared out among its threads."""
LIMIT = 16
"""Connections at most, where 64 threads want one."""
EXPIRY = 5.5
"""Seconds after which an idle connection is no longer to be used, and a little more."""


def thread_figures(target: Target, rounds: int) -> list[Figure]:
    """Measure calls per second of threads that share one client, ours and plain httpx."""
    plain = httpx.Client(timeout=TIMEOUT)
    ours = RestClient(PROJECT, TOKEN, target.host)
    with plain, ours:
        calls = {BASE: _plain_call(plain, target), OURS: _our_call(ours)}
        batches = {
            (name, number): partial(_calls_per_second, call, number)
            for number in THREADS
            for name, call in calls.items()
        }
        rates = interleaved(batches, rounds)
    return [
        Figure(
            group=f"{number} threads" if number > 1 else "1 thread",
            subject=name,
            value=Spread.of(rates[name, number]),
            unit="calls/s",
            ratio=ratio(rates[name, number], rates[BASE, number]),
            result=DICT if name == BASE else CHECKED,
            at_least=1.0 if name == OURS else None,
        )
        for name, number in batches
    ]


def connection_figures(target: Target, rounds: int) -> list[Figure]:
    """Count what the server sees of the connections of one client that 64 threads share."""
    counts: list[float] = []
    for _ in range(rounds):
        target.connections()
        with closing(RestClient(PROJECT, TOKEN, target.host, max_connections=LIMIT)) as client:
            _calls_per_second(_our_call(client), THREADS[-1])
            counts.append(target.connections()["most"])
    with closing(RestClient(PROJECT, TOKEN, target.host)) as client:
        call = _our_call(client)
        _calls_per_second(call, THREADS[-1])
        time.sleep(EXPIRY)
        for _ in range(THREADS[-1] * 2):
            call()
        left = float(target.connections()["open"])
    most = max(counts)
    return [
        Figure(
            group=f"{THREADS[-1]} threads, at most {LIMIT} connections",
            subject=OURS,
            value=Spread(most, most, most),
            unit="connections at once",
            result=CHECKED,
            at_most=LIMIT,
        ),
        Figure(
            group=f"{THREADS[-1]} threads, then {EXPIRY} s idle, then one thread",
            subject=OURS,
            value=Spread(left, left, left),
            unit="connections open",
            result=CHECKED,
            at_most=1,
        ),
    ]


def _plain_call(client: httpx.Client, target: Target) -> Callable[[], Any]:
    auth = (PROJECT, TOKEN)
    return lambda: client.get(target.url, auth=auth, params=QUERY).json()


def _our_call(client: RestClient) -> Callable[[], Any]:
    get = client.video.conferences.get
    return lambda: get(CONFERENCE_ID, include_active_session=True)


def _calls_per_second(call: Callable[[], Any], threads: int) -> float:
    ready = threading.Barrier(threads + 1)
    share = CALLS // threads

    def work() -> None:
        call()
        ready.wait()
        for _ in range(share):
            call()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    ready.wait()
    begin = time.perf_counter()
    for worker in workers:
        worker.join()
    return share * threads / (time.perf_counter() - begin)
