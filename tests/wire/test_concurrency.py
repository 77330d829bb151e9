"""Guarantee 9: threads, forks, tasks and event loops."""

import gc
import os
import subprocess
import sys
import threading
import time
from typing import Any

import anyio
import httpx
import pytest
from support.runtimes import ID, PROJECT, TOKEN, Runtime
from support.servers import Connection, RawServer, always, example, in_turn, response

from signalwire_rest import (
    AsyncRestClient,
    RequestOptions,
    RestClient,
    SignalWireRestClosedError,
    SignalWireRestError,
)
from signalwire_rest._http.timeouts import attempt_extensions

OTHER_ID = "0b6f9a52-3c1d-4e8f-9a70-5d2c41e7b003"
BACKENDS = ["asyncio", "trio"]


def sockets_of_this_process() -> set[str]:
    found = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            continue
        if target.startswith("socket:"):
            found.add(target)
    return found


FORK = """
import gc, os, sys, json
sys.path.insert(0, sys.argv[2])
import anyio
from signalwire_rest import AsyncRestClient, RestClient
from support.runtimes import ID, PROJECT, TOKEN
from wire.test_concurrency import sockets_of_this_process
host, kind = sys.argv[1], sys.argv[3]

if kind == "sync":
    client = RestClient(PROJECT, TOKEN, host)
    call = lambda: client.video.conferences.get(ID).name
else:
    client = AsyncRestClient(PROJECT, TOKEN, host)
    call = lambda: anyio.run(client.video.conferences.get, ID, backend=kind).name
call()
before = sockets_of_this_process()
child = os.fork()
if child == 0:
    gc.collect()
    kept = before & sockets_of_this_process()
    name = call()
    gc.collect()
    shared = before & sockets_of_this_process()
    print(json.dumps([name, len(kept), len(shared)]), flush=True)
    os._exit(0)
os.waitpid(child, 0)
print(json.dumps(call()), flush=True)
"""


@pytest.mark.filterwarnings("ignore")
def test_a_client_made_before_a_fork_works_in_parent_and_child(
    runtime: Runtime,
) -> None:
    with RawServer(always(response())) as server:
        tests = __file__.partition("/wire/")[0]
        command = [sys.executable, "-W", "ignore", "-c", FORK, server.host, tests, runtime.name]
        found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    child, parent = found.stdout.splitlines()
    assert child == '["my_conference", 0, 0]', found.stderr
    assert parent == '"my_conference"'


def test_a_fork_during_calls_leaves_no_lock_held_in_the_child() -> None:
    program = (
        FORK.partition("call()\n")[0]
        + """
import signal, threading
done = threading.Event()
def busy():
    while not done.is_set():
        call()
threads = [threading.Thread(target=busy) for _ in range(4)]
[t.start() for t in threads]
for _ in range(20):
    child = os.fork()
    if child == 0:
        signal.alarm(10)
        os._exit(0 if call() == "my_conference" else 1)
    if (status := os.waitpid(child, 0)[1]):
        print("a child ended with", status)
done.set()
[t.join() for t in threads]
print("done")
"""
    )
    with RawServer(always(response())) as server:
        tests = __file__.partition("/wire/")[0]
        command = [sys.executable, "-W", "ignore", "-c", program, server.host, tests, "sync"]
        found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert found.stdout == "done\n", found.stderr


IMPORTS = """
import asyncio, sys, trio
sys.path.insert(0, sys.argv[2])
from support.runtimes import ID, PROJECT, TOKEN, Runtime
from signalwire_rest import RequestOptions, SignalWireRestError
runtime, options = Runtime(sys.argv[3]), RequestOptions(retry_wait_max=0.0)
client = runtime.client_class(PROJECT, TOKEN, sys.argv[1], options)

async def main():
    before = set(sys.modules)
    for _ in range(3):
        try:
            found = client.video.conferences.get(ID)
            await found if runtime.is_async else None
        except SignalWireRestError:
            pass
    print(sorted(set(sys.modules) - before))

trio.run(main) if runtime.name == "trio" else asyncio.run(main())
"""


def test_no_call_imports_a_module(runtime: Runtime) -> None:
    """A fork during an import would leave the lock of the module held in the child."""
    unusual = response(200, {**example(), "created_at": "2022-01-01t10:00:00z"})
    date = response(429, b"", {"Retry-After": "Thu, 01 Jan 2099 00:00:00 GMT"})
    with RawServer(in_turn(unusual, date, response())) as server:
        tests = __file__.partition("/wire/")[0]
        command = [sys.executable, "-W", "ignore", "-c", IMPORTS, server.host, tests, runtime.name]
        found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert found.stdout == "[]\n", found.stderr


def test_the_import_of_the_client_is_light() -> None:
    """Without the packages for command lines and trio, which httpx imports if they are there."""
    program = """
import sys
sys.modules.update(dict.fromkeys(("click", "rich", "pygments", "trio")))
import signalwire_rest
print({"asyncio", "anyio", "httpcore", "signalwire_rest_wire.models"} & set(sys.modules))
assert signalwire_rest.Conference and signalwire_rest.Page and signalwire_rest.AsyncPage
"""
    command = [sys.executable, "-c", program]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout == "set()\n"


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_call_cancelled_at_any_point_gives_its_connection_back(backend: str) -> None:
    """1,000 calls cancelled after 0 to 20 ms, then the pool still serves at its full width."""
    width = 8
    together = threading.Barrier(width)

    def script(connection: Connection) -> None:
        while request := connection.read_request():
            if OTHER_ID.encode() in request:
                # No response is sent before all requests have arrived.
                together.wait(timeout=20)
            else:
                connection.server.stopping.wait(0.005)
            connection.send(response())

    async def main(host: str) -> None:
        async with AsyncRestClient(PROJECT, TOKEN, host, max_connections=width) as client:

            async def cancelled(number: int) -> None:
                with anyio.move_on_after((number % 40) / 2000):
                    await client.video.conferences.get(ID)

            for start in range(0, 1000, 50):
                async with anyio.create_task_group() as group:
                    for number in range(start, start + 50):
                        group.start_soon(cancelled, number)
            async with anyio.create_task_group() as group:
                for _ in range(width):
                    group.start_soon(client.video.conferences.get, OTHER_ID)

    with RawServer(script) as server:
        anyio.run(main, server.host, backend=backend)
    gc.collect()


def test_an_async_client_works_in_successive_event_loops() -> None:
    with RawServer(always(response())) as server:
        client = AsyncRestClient(PROJECT, TOKEN, server.host)

        async def call() -> str:
            try:
                return (await client.video.conferences.get(ID)).name
            finally:
                # What a loop has opened it closes, as asyncio wants it.
                pool: Any = client._sender._transport._pool  # type: ignore[union-attr]
                await pool.of_running_loop().aclose()
                pool.of_running_loop().closed = False

        for backend in (*BACKENDS, *BACKENDS):
            assert anyio.run(call, backend=backend) == "my_conference"


def test_an_async_client_works_in_two_event_loops_at_once() -> None:
    names: list[str] = []
    with RawServer(always(response())) as server:
        client = AsyncRestClient(PROJECT, TOKEN, server.host)

        async def call() -> None:
            for _ in range(20):
                names.append((await client.video.conferences.get(ID)).name)
            await client._sender._transport._pool.of_running_loop().aclose()  # type: ignore[union-attr]

        threads = [threading.Thread(target=anyio.run, args=(call,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert names == ["my_conference"] * 40


def test_a_connection_that_was_idle_for_five_seconds_is_not_used_again(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, passed = time.monotonic, 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now() + passed)
    with RawServer(always(response())) as server, runtime.client(server.host) as client:
        client.get()
        passed += 4.9
        client.get()
        assert server.accepted == 1
        passed += 5.1
        client.get()
    assert server.accepted == 2


def test_a_dropped_client_leaves_no_socket_open() -> None:
    with RawServer(always(response())) as server:
        before = sockets_of_this_process()
        for _ in range(5):
            with RestClient(PROJECT, TOKEN, server.host) as client:
                client.video.conferences.get(ID)
        for _ in range(5):
            with pytest.raises(SignalWireRestError):
                with RestClient(PROJECT, TOKEN, server.host) as client:
                    client.video.conferences.get(
                        ID, request_options=RequestOptions(max_response_bytes=10)
                    )
        server.stopping.set()
        del client
        gc.collect()
        # The server's ends go away in its own threads.
        deadline = time.monotonic() + 5
        while sockets_of_this_process() - before and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        assert sockets_of_this_process() - before == set()


def test_the_sockets_of_ended_event_loops_are_closed() -> None:
    program = (
        FORK.partition("before = ")[0]
        + """
import gc
for _ in range(20):
    call()
gc.collect()
print(len(sockets_of_this_process()))
"""
    )
    with RawServer(always(response())) as server:
        tests = __file__.partition("/wire/")[0]
        for kind in BACKENDS:
            command = [sys.executable, "-W", "ignore", "-c", program, server.host, tests, kind]
            found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
            # The last loop's, and what an ended loop needs until the next one begins.
            assert int(found.stdout) <= 3


def test_a_client_closed_while_a_call_waits_sends_nothing_more(runtime: Runtime) -> None:
    asked = threading.Event()

    def script(connection: Connection) -> None:
        while connection.read_request():
            connection.send(response(503, b""))
            asked.set()

    options = RequestOptions(retry_backoff=0.4)
    with (
        RawServer(script) as server,
        runtime.client(server.host, request_options=options) as client,
    ):

        def close() -> None:
            assert asked.wait(5)
            client.close()

        closing = threading.Thread(target=close)
        closing.start()
        with pytest.raises(SignalWireRestClosedError, match="this client is closed") as caught:
            client.get()
        closing.join()
    assert caught.value.attempts == 1 == len(server.requests)


def test_an_unsolicited_response_is_never_returned(runtime: Runtime) -> None:
    stray = threading.Event()

    def script(connection: Connection) -> None:
        while connection.read_request():
            connection.send(response(200, {**example(), "name": "asked"}))
            if connection.number == 1:
                connection.server.stopping.wait(0.05)
                connection.send(response(200, {**example(), "name": "stray"}))
                stray.set()

    with RawServer(script) as server, runtime.client(server.host) as client:
        assert client.get().name == "asked"
        assert stray.wait(5)
        threading.Event().wait(0.05)  # for the loopback to carry it over
        assert client.get().name == "asked"
    assert server.accepted == 2


def test_the_garbage_collector_never_deadlocks_on_the_pool() -> None:
    with RawServer(always(response())) as server:
        with RestClient(PROJECT, TOKEN, server.host) as client:
            transport: Any = client._sender._transport
            extensions = attempt_extensions(5.0, 5.0, 5.0, time.monotonic() + 5.0)
            url = f"http://{server.host}/"
            held = [transport.handle_request(httpx.Request("GET", url, extensions=extensions))]

            def collect() -> None:
                with transport._pool._lock:
                    held.clear()

            thread = threading.Thread(target=collect, daemon=True)
            thread.start()
            thread.join(5)
            assert not thread.is_alive()
