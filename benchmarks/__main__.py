"""Measure every figure and record it; with ``--check``, compare the main ratios with the record."""

import argparse
import os
import resource
from itertools import groupby

from benchmarks import memory
from benchmarks.check import MAIN_FAMILIES, check
from benchmarks.harness import Figure
from benchmarks.machine import Observation, machine, observe, versions
from benchmarks.record import Record


def measure() -> Record:
    """Measure every family, printing medians with the first and third quartile."""
    observations, figures = list[Observation](), list[Figure]()
    for family in (*MAIN_FAMILIES, memory):
        observations.append(observe())
        found: list[Figure] = family.measure()
        for title, members in groupby(found, lambda each: f"{each.group}, {each.against} = 1.00"):
            print(f"\n{title}", *members, sep="\n", flush=True)
        figures += found
    return Record(machine(), versions(), [*observations, observe()], figures)


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the record")
    parser.add_argument("--anyway", action="store_true", help="measure on a busy machine too")
    options = parser.parse_args()
    now = observe()
    print(f"The machine is {'calm' if now.calm else 'not calm'}: {now}.", flush=True)
    if not now.calm and not options.anyway:
        print("Nothing was measured. Use --anyway (ANYWAY=1 with make) to measure nevertheless.")
        return 2
    # Enough sockets for 5,000 connections, and no proxy for loopback.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.environ.update(NO_PROXY="*", no_proxy="*")
    if options.check:
        return 0 if check() else 1
    record = measure()
    record.save()
    from benchmarks import plots  # late, so that numpy is not in the process measured

    plots.draw(record)
    print(f"\n{record.setting}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
