"""The two plots, as SVG files that depend on the record alone."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure as Drawing

from benchmarks import async_calls, sync_calls
from benchmarks.harness import BASE, OURS
from benchmarks.record import Record

COLOURS, GREY = {OURS: "#0969da"}, "#818b98"

# No random ids, and text that a reader can search.
mpl.rcParams.update({"svg.hashsalt": "signalwire-rest", "svg.fonttype": "none"})


def draw(record: Record) -> None:
    """Write both plots."""
    for name, plot in (("cpu-per-call", cpu_per_call), ("cost-in-flight", cost_in_flight)):
        drawing = Drawing((7.8, 3.4), layout="constrained")
        plot(drawing.subplots(), record)
        file = Path(__file__).with_name(f"{name}.svg")
        drawing.savefig(file, metadata={"Date": None, "Creator": None})


def cpu_per_call(axes: Any, record: Record) -> None:
    """Draw a bar for each peer, the cheapest at the top."""
    figures = [each for each in record.figures if each.group == sync_calls.GROUP]
    for each in sorted(figures, key=lambda each: -each.ratio.median):
        lower, median, upper = each.ratio
        errors, colour = [[median - lower], [upper - median]], COLOURS.get(each.subject, GREY)
        bar = axes.barh(each.subject, median, xerr=errors, color=colour)
        axes.bar_label(bar, [f"{median:.2f}"], padding=4)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xmargin(0.1)
    axes.set_title("CPU time of a sync call (plain httpx = 1.00; lines: quartiles)", loc="left")


def cost_in_flight(axes: Any, record: Record) -> None:
    """Draw a line for each peer: its CPU time against the calls in flight."""
    costs = {(each.group, each.subject): each.value for each in record.figures}
    labels = [f"{number} in flight" for number in async_calls.GOALS]
    for name, marker in ((BASE, "s"), (OURS, "o"), ("aiohttp", "^")):
        spreads = [costs[async_calls.GROUP.format(each), name] for each in async_calls.GOALS]
        lower, median, upper = zip(*spreads, strict=True)
        colour, text = COLOURS.get(name, GREY), f"{name}: {median[-1]:,.0f} µs"
        axes.plot(labels, median, marker=marker, color=colour)
        axes.fill_between(labels, lower, upper, color=colour, alpha=0.2)
        axes.annotate(text, (labels[-1], median[-1]), (8, 2), textcoords="offset points")
    axes.set(xlim=(-0.2, len(labels) - 0.2), ylim=(0, None))
    axes.set_title("CPU time of an async call in µs (bands: quartiles)", loc="left")
