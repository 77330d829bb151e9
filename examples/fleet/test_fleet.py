"""Two workers get every session once, whatever happens to one of them; against the mock server."""

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import fleet
import pytest
from distributed import Client, LocalCluster

from signalwire_rest import UNSET, ActiveSession, RestClient, SignalWireRestNotFoundError
from signalwire_rest.testing import Space
from signalwire_rest_mock import MockApi, MockServer

COUNT = int(os.environ.get("FLEET_CONFERENCES", "3000"))
MISSING = "33333333-3333-4333-8333-333333333333"
Truth = dict[str, ActiveSession]


@pytest.fixture(scope="module")
def truth() -> Iterator[Truth]:
    """The session of each conference of a mock server, which the environment names."""
    api = MockApi(space=Space())
    ids = [api.space.add_conference(tokens=()).id for _ in range(COUNT)]
    with MockServer(api) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNALWIRE_PROJECT_ID", api.project)
        patch.setenv("SIGNALWIRE_API_TOKEN", api.token)
        patch.setenv("SIGNALWIRE_SPACE", server.host)
        yield {str(each): api.space.start_session(each) for each in ids}


@pytest.fixture
def dask() -> Iterator[Client]:
    workers = LocalCluster(n_workers=2, threads_per_worker=8, dashboard_address=None)
    with workers as cluster, Client(cluster) as client:
        yield client


def clients_of_worker() -> tuple[int, int]:
    found = [each for each in gc.get_objects() if isinstance(each, RestClient)]
    return os.getpid(), len(found)


def test_results_and_errors_cross_the_wire_and_progress_is_shown(
    truth: Truth, dask: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    started, cpu = time.monotonic(), sum(dask.run(time.process_time).values())
    found = dict(fleet.sessions(dask, [*truth, MISSING]))
    seconds, cpu = time.monotonic() - started, sum(dask.run(time.process_time).values()) - cpu

    error = found.pop(MISSING)
    assert found == truth
    assert isinstance(error, SignalWireRestNotFoundError)
    assert (error.status_code, error.body) == (404, {"error": "Not Found"})
    assert error.request_id
    progress = capsys.readouterr().err.split("\r")
    assert progress[-1] == f"100% of {COUNT + 1}"
    assert len(progress) > COUNT / fleet.BATCH
    with capsys.disabled():
        print(f"{COUNT} sessions: {seconds:.1f} s, and {cpu:.1f} s of the workers' CPU time")


def test_each_worker_process_has_one_client(truth: Truth, dask: Client) -> None:
    assert all(isinstance(each, ActiveSession) for _, each in fleet.sessions(dask, [*truth]))
    processes = dict(dask.run(clients_of_worker).values())
    assert list(processes.values()) == [1, 1]
    assert os.getpid() not in processes


def test_a_worker_is_killed_and_nothing_is_lost(truth: Truth, dask: Client) -> None:
    results = fleet.sessions(dask, [*truth])
    found = [next(results) for _ in range(COUNT // 3)]
    before = set(dask.run(os.getpid).values())
    os.kill(killed := min(before), signal.SIGKILL)
    found += results

    assert sorted(each for each, _ in found) == sorted(truth)
    assert dict(found) == truth
    after: dict[int, int] = {}
    while len(after) < 2:  # The scheduler may count the killed one until it is called.
        dask.wait_for_workers(2)
        after = dict(dask.run(clients_of_worker, on_error="ignore").values())
    assert killed not in after
    assert list(after.values()) == [1, 1]


def test_the_program_reads_ids_and_writes_lines(truth: Truth) -> None:
    ids = [*truth][:10]
    program = subprocess.run(
        [sys.executable, fleet.__file__],
        input="\n".join([*ids, MISSING]),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = dict(line.split("\t") for line in program.stdout.splitlines())
    assert "404" in lines.pop(MISSING)
    assert lines == dict.fromkeys(ids, "in-progress")


def test_a_conference_without_a_session_is_no_error() -> None:
    api = MockApi(space=Space())
    conference = str(api.space.add_conference().id)
    with MockServer(api) as server, RestClient(api.project, api.token, server.host) as client:
        assert fleet.get_session(client, conference) is UNSET
