"""``python -m benchmarks``: measure everything, or check the main ratios with ``--check``."""

import argparse
import os
import time

from rich.console import Console

from benchmarks.async_peers import ALL_PEERS, OURS_OVER_AIOHTTP
from benchmarks.check import check
from benchmarks.figures import Figure
from benchmarks.machine import load, machine, versions
from benchmarks.measure_async import async_figures
from benchmarks.measure_decode import decode_figures, linearity_figures
from benchmarks.measure_import import import_figures
from benchmarks.measure_memory import memory_figures
from benchmarks.measure_sync import sync_figures
from benchmarks.measure_threads import connection_figures, thread_figures
from benchmarks.measure_waiting import DELAY, fairness_figures, throughput_figures
from benchmarks.peers import all_peers
from benchmarks.plots import draw
from benchmarks.report import show, write_page
from benchmarks.results import Results
from benchmarks.target import serving

# Without it, for its question is what it costs.
WAITING_PEERS = {name: peer for name, peer in ALL_PEERS.items() if name != OURS_OVER_AIOHTTP}


def measure(console: Console) -> list[Figure]:
    """Measure everything."""
    figures: list[Figure] = []
    begin = time.perf_counter()

    def add(what: str, more: list[Figure]) -> None:
        figures.extend(more)
        console.print(f"{time.perf_counter() - begin:4.0f} s  {what}", highlight=False)

    with serving() as target:
        with all_peers(target) as peers:
            add("sync calls", sync_figures(peers, rounds=60))
        add("async calls", async_figures(ALL_PEERS, target, rounds=10))
        add("fairness", fairness_figures(WAITING_PEERS, target, rounds=3))
        with serving(DELAY) as slow:
            add("a slow server", throughput_figures(WAITING_PEERS, slow, rounds=4))
        add("threads", thread_figures(target, rounds=7))
        add("connections", connection_figures(target, rounds=3))
        add("imports", import_figures(rounds=25))
        add("decoding", decode_figures(rounds=60) + linearity_figures(rounds=15))
        add("memory", memory_figures(target))
    return figures


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the recorded ratios")
    options = parser.parse_args()
    # Everything here is spoken over loopback; a proxy of the environment's would be in the way.
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    console = Console()
    if options.check:
        return 0 if check(console) else 1
    before = load()
    figures = measure(console)
    results = Results(machine(), f"{before} before the run, {load()} after it", versions(), figures)
    results.save()
    write_page(results)
    draw(results)
    show(results, console)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
