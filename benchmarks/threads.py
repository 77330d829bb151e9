"""Calls per second of 64 threads that share one client, over TLS."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from threading import Barrier

from benchmarks.harness import Figure, figures, interleaved, main_peers
from benchmarks.sync_calls import Call, peers
from benchmarks.target import serving

THREADS, TURNS = 64, 10


def rate(call: Call) -> float:
    """Return calls per second, after a first call of each thread."""
    ready = Barrier(THREADS)

    def work(_: int) -> float:
        call()
        ready.wait()
        begin = time.perf_counter()
        for _ in range(TURNS):
            call()
        return begin

    with ThreadPoolExecutor(THREADS) as pool:
        begin = min(pool.map(work, range(THREADS)))
        return THREADS * TURNS / (time.perf_counter() - begin)


def measure(short: bool = False) -> list[Figure]:
    """Measure this client and plain httpx, each with its default limits of connections."""
    with serving(tls=True) as target, ExitStack() as stack:
        calls = main_peers(peers(target, stack), short=True)
        batches = {name: partial(rate, call) for name, call in calls.items()}
        rates = interleaved(batches, 4 if short else 16)
    return figures(f"{THREADS} threads over TLS", rates, "calls/s", goal=2.5)
