"""What a client, an idle connection and a conference hold, each measured in a fresh process."""

import gc
import json
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable
from typing import Any

import httpx

from benchmarks.figures import BASE, CHECKED, DICT, OURS, Figure, Spread
from benchmarks.measure_decode import bare_decode, our_decode
from benchmarks.target import CONFERENCE_ID, EXAMPLE, PROJECT, QUERY, TIMEOUT, TOKEN, Target
from signalwire_rest import RestClient

CLIENTS = {BASE: 50, OURS: 5000}
"""As many as it takes to see them in what the system counts."""
CONNECTIONS = 64
CONFERENCES = 1000
SPACE = "example.signalwire.com"
"""A host that is spoken to over TLS. Nothing is sent to it."""

_RESULTS = {BASE: DICT, OURS: CHECKED}


def memory_figures(target: Target) -> list[Figure]:
    """Measure what each of them holds, in KiB."""
    return [
        Figure(
            group=f"memory of {what}",
            subject=name,
            value=Spread(kib, kib, kib),
            unit="KiB",
            result=result,
        )
        for what in _MEASURES
        for name, result in _RESULTS.items()
        for kib in [_in_a_fresh_process(what, name, target)]
    ]


def _in_a_fresh_process(what: str, name: str, target: Target) -> float:
    command = [sys.executable, "-m", "benchmarks.measure_memory", what, name, target.host]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _open(name: str, host: str) -> Any:
    """Return a client that keeps as many connections as are counted here."""
    if name == OURS:
        return RestClient(PROJECT, TOKEN, host)
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=CONNECTIONS)
    return httpx.Client(timeout=TIMEOUT, limits=limits)


def _call(client: Any, name: str, target: Target) -> Callable[[], object]:
    if name == OURS:
        return lambda: client.video.conferences.get(CONFERENCE_ID, include_active_session=True)
    return lambda: client.get(target.url, auth=(PROJECT, TOKEN), params=QUERY).json()


def _resident_kib() -> float:
    with open("/proc/self/status") as status:
        return float(next(line for line in status if line.startswith("VmRSS")).split()[1])


def _clients(name: str, target: Target) -> float:
    # The TLS context of a client lies outside of what Python counts, hence the resident memory.
    kept = [_open(name, SPACE)]
    gc.collect()
    before = _resident_kib()
    kept += [_open(name, SPACE) for _ in range(CLIENTS[name])]
    gc.collect()
    return (_resident_kib() - before) / CLIENTS[name]


def _connections(name: str, target: Target) -> float:
    with _open(name, target.host) as client:
        call = _call(client, name, target)
        call()
        gc.collect()
        tracemalloc.start()
        _at_once(call)
        gc.collect()
        held = tracemalloc.get_traced_memory()[0]
        # The first connection was open before.
        return held / (target.connections()["open"] - 1) / 1024


def _at_once(call: Callable[[], object]) -> None:
    """Make as many calls at once as connections are to be open."""
    meet = threading.Barrier(CONNECTIONS)

    def work() -> None:
        meet.wait()
        call()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _conferences(name: str, target: Target) -> float:
    body = json.dumps(EXAMPLE.value).encode()
    decode = our_decode if name == OURS else json.loads
    decode(body)
    bare_decode(body)
    tracemalloc.start()
    kept = [decode(body) for _ in range(CONFERENCES)]
    gc.collect()
    return tracemalloc.get_traced_memory()[0] / len(kept) / 1024


_MEASURES = {
    "a client before its first call": _clients,
    "an idle connection": _connections,
    "a conference": _conferences,
}

if __name__ == "__main__":
    what, name, host = sys.argv[1:]
    print(_MEASURES[what](name, Target(host)))
