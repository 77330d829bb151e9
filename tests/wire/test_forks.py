"""Guarantee 9: a fork leaves parent and child working, whatever forks."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trustme
from support.runtimes import Runtime
from support.servers import Connection, RawServer, response, tls_pair

NAME = "127.0.0.2"
OTHER_ID = "0b6f9a52-3c1d-4e8f-9a70-5d2c41e7b003"
FORKS = """
import concurrent.futures, gc, multiprocessing, os, socket, subprocess, sys, threading
sys.path.insert(0, sys.argv[2])
import anyio
from signalwire_rest import AsyncRestClient, RequestOptions, RestClient
from support.runtimes import ID, PROJECT, TOKEN
host, kind, slow = sys.argv[1], sys.argv[3], sys.argv[4]
is_async = kind != "sync"
options = RequestOptions(timeout=5.0, retries=0)
client_class = AsyncRestClient if is_async else RestClient
client = client_class(PROJECT, TOKEN, host, options, max_connections=2)
get = client.video.conferences.get

def check():
    gc.collect()
    for name in os.listdir("/proc/self/fd"):
        try:
            with socket.socket(fileno=os.dup(int(name))) as sock:
                peer = ":".join(map(str, sock.getpeername()))
        except OSError:
            continue
        assert peer != host, "a connection of the parent is open"

def work_in_child():
    async def main():
        await get(ID)
        await client.aclose()

    check()
    if is_async:
        # A thread of its own, since trio takes its parent's loop for one that still runs.
        thread = threading.Thread(target=lambda: anyio.run(main, backend=kind))
        thread.start()
        thread.join()
    else:
        get(ID)
        client.close()
    gc.collect()

def fork():
    child = os.fork()
    if child == 0:
        try:
            work_in_child()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]

def process():
    child = multiprocessing.get_context("fork").Process(target=work_in_child)
    child.start()
    child.join()
    return child.exitcode

def executor():
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work_in_child).result(10) or 0

def preexec():
    return subprocess.run(["true"], preexec_fn=check).returncode

async def async_main():
    await get(ID)
    for way in (fork, process, executor, preexec):
        async with anyio.create_task_group() as group:
            for _ in range(2):
                group.start_soon(get, slow)
            await anyio.sleep(0.05)
            busy = way()
        await get(ID)
        idle = way()
        await get(ID)
        print(way.__name__, busy, idle, flush=True)
    await client.aclose()

def main():
    get(ID)
    for way in (fork, process, executor, preexec):
        threads = [threading.Thread(target=get, args=(slow,)) for _ in range(2)]
        [thread.start() for thread in threads]
        threading.Event().wait(0.05)
        busy = way()
        [thread.join() for thread in threads]
        get(ID)
        idle = way()
        get(ID)
        print(way.__name__, busy, idle, flush=True)
    client.close()

anyio.run(async_main, backend=kind) if is_async else main()
"""


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "TLS"])
def test_parent_and_child_go_on_after_a_fork_with_idle_and_busy_connections(
    runtime: Runtime, encrypted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(connection: Connection) -> None:
        while request := connection.read_request():
            if OTHER_ID.encode() in request:
                connection.server.stopping.wait(0.2)
            connection.send(response())

    arguments: dict[str, Any] = {}
    if encrypted:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        arguments = {"tls": tls_pair(authority, NAME)[0], "address": NAME}
    with RawServer(script, **arguments) as server:
        tests = __file__.partition("/wire/")[0]
        command = [sys.executable, "-W", "ignore", "-c", FORKS]
        command += [server.host, tests, runtime.name, OTHER_ID]
        found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert found.stdout == "fork 0 0\nprocess 0 0\nexecutor 0 0\npreexec 0 0\n", found.stderr
    # The parent keeps its two connections; six children make one each.
    assert server.accepted == 8
