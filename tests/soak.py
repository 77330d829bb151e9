"""``make soak``: many calls, every fifth response faulty, and what grew after the warm-up.

Prints, for each runtime, calls, faults met, retries, and the growth of memory, file descriptors and
threads. Exits with 1 where something grew, or where a call failed in a way that is not ours.
"""

import argparse
import gc
import itertools
import multiprocessing
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection as Pipe
from typing import Any

import anyio
from support.runtimes import ID, PROJECT, TOKEN
from support.servers import Connection, RawServer, response

from signalwire_rest import AsyncRestClient, RequestOptions, RestClient, SignalWireRestError

AT_ONCE = 8
GROWTH_KIB = 4096
"""KiB that a process may grow by: allocators keep some of what they were given."""

GOOD = response()
FAULTS: list[bytes] = [
    response(503, {"error": "Service Unavailable"}),
    response(429, {"errors": []}, {"Retry-After": "0"}),
    GOOD[:-40],
    b"",
    response(200, b"<html>not the API</html>"),
    response(404, {"error": "Not Found"}),
    response(headers={"Connection": "close"}),
]
OPTIONS = RequestOptions(retry_backoff=0.001, timeout=20)


def serve(pipe: Pipe) -> None:
    """Respond to every fifth request with the next fault, until the pipe is closed."""
    numbers = itertools.count(1)
    faults = itertools.cycle(FAULTS)
    met = itertools.count()

    def script(connection: Connection) -> None:
        while connection.read_request():
            connection.server.requests.clear()
            if next(numbers) % 5:
                connection.send(GOOD)
                continue
            fault = next(faults)
            next(met)
            connection.send(fault)
            if fault in (GOOD[:-40], b""):
                return

    with RawServer(script) as server:
        pipe.send(server.host)
        while pipe.recv() == "how many?":
            pipe.send((next(numbers) - 1, next(met)))


class Usage:
    """What the process holds."""

    def __init__(self) -> None:
        gc.collect()
        with open("/proc/self/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        self.memory = int(lines["VmRSS"].split()[0])
        self.descriptors = len(os.listdir("/proc/self/fd"))
        # asyncio keeps a few threads of its own to look names up in.
        ours = (each for each in threading.enumerate() if not each.name.startswith("asyncio_"))
        self.threads = len(list(ours))


def soak_sync(host: str, calls: int, count: Callable[[list[str]], None]) -> tuple[Usage, Usage]:
    with RestClient(PROJECT, TOKEN, host, OPTIONS) as client:

        def work(share: int) -> None:
            for _ in range(share):
                try:
                    client.video.conferences.get(ID)
                    count(["conference"])
                except SignalWireRestError as error:
                    count([type(error).__name__])

        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(work, [calls // 10 // AT_ONCE] * AT_ONCE))
            before = Usage()
            list(threads.map(work, [calls * 9 // 10 // AT_ONCE] * AT_ONCE))
            return before, Usage()


def soak_async(backend: str) -> Callable[..., tuple[Usage, Usage]]:
    def soak(host: str, calls: int, count: Callable[[list[str]], None]) -> tuple[Usage, Usage]:
        async def main() -> tuple[Usage, Usage]:
            async with AsyncRestClient(PROJECT, TOKEN, host, OPTIONS) as client:

                async def work(share: int) -> None:
                    for _ in range(share):
                        try:
                            await client.video.conferences.get(ID)
                            count(["conference"])
                        except SignalWireRestError as error:
                            count([type(error).__name__])

                async def many(share: int) -> None:
                    async with anyio.create_task_group() as group:
                        for _ in range(AT_ONCE):
                            group.start_soon(work, share // AT_ONCE)

                await many(calls // 10)
                before = Usage()
                await many(calls * 9 // 10)
                return before, Usage()

        return anyio.run(main, backend=backend)

    return soak


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200_000, help="of all runtimes together")
    calls = parser.parse_args().calls
    runtimes = {"sync": soak_sync, "asyncio": soak_async("asyncio"), "trio": soak_async("trio")}
    shares = {"sync": calls // 2, "asyncio": calls * 2 // 5, "trio": calls // 10}
    context = multiprocessing.get_context("spawn")
    failed = False
    for name, soak in runtimes.items():
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        results: Counter[str] = Counter()
        before, after = soak(ours.recv(), shares[name], results.update)
        ours.send("how many?")
        requests, faults = ours.recv()
        ours.send("stop")
        process.join()
        made = sum(results.values())
        grown: dict[str, Any] = {
            "KiB": after.memory - before.memory,
            "descriptors": after.descriptors - before.descriptors,
            "threads": after.threads - before.threads,
        }
        print(f"{name}: {made} calls, {faults} faults, {requests - made} retries; grown by {grown}")
        print(f"  {dict(results.most_common())}", flush=True)
        failed |= grown["KiB"] > GROWTH_KIB or grown["descriptors"] > AT_ONCE
        failed |= grown["threads"] > 0 or not results["conference"]
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
