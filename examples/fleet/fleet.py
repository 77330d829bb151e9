"""Get the sessions of many conferences: ``python fleet.py < conference-ids > sessions.tsv``."""

import sys
from collections.abc import Iterator
from typing import Any, TypeAlias

from distributed import Client, LocalCluster, WorkerPlugin, as_completed, get_worker

from signalwire_rest import ActiveSession, RestClient, SignalWireRestError, Unset

Result: TypeAlias = ActiveSession | Unset | SignalWireRestError | None
BATCH = 100
"""Conferences per task: few are lost with a worker, and the overhead of a task is small."""


class OneClient(WorkerPlugin):  # type: ignore[misc]
    """Gives each worker process one client, which its threads share."""

    def setup(self, worker: Any) -> None:
        # The credentials are in the worker's environment, and do not travel.
        worker.signalwire = RestClient()

    def teardown(self, worker: Any) -> None:
        worker.signalwire.close()


def get_sessions(ids: list[str]) -> list[tuple[str, Result]]:
    """Return the session of each conference, or the error of its call. Runs in a worker."""
    return [(each, get_session(get_worker().signalwire, each)) for each in ids]


def get_session(client: RestClient, conference_id: str) -> Result:
    try:
        found = client.video.conferences.get(conference_id, include_active_session=True)
    except SignalWireRestError as error:
        return error
    return found.active_session


def sessions(dask: Client, ids: list[str]) -> Iterator[tuple[str, Result]]:
    """Yield the id and the session of each conference, or the error, in any order."""
    dask.register_plugin(OneClient())
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    # Dask runs the tasks of a lost worker again, which a GET allows.
    done = as_completed(dask.map(get_sessions, batches, pure=False), with_results=True)
    for number, (_, found) in enumerate(done, 1):
        print(f"\r{number / len(batches):.0%} of {len(ids)}", end="", file=sys.stderr)
        yield from found


if __name__ == "__main__":
    workers = LocalCluster(n_workers=2, threads_per_worker=8, dashboard_address=None)
    with workers as cluster, Client(cluster) as dask:
        for conference_id, found in sessions(dask, sys.stdin.read().split()):
            result = found.status if isinstance(found, ActiveSession) else found
            print(conference_id, result or "no session", sep="\t")
