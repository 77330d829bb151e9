"""The table of a run, on the terminal and in the documentation."""

from itertools import groupby
from pathlib import Path

from rich.console import Console, JustifyMethod
from rich.table import Table

from benchmarks.figures import OURS, Figure, Spread
from benchmarks.results import Results

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
COLUMNS = ("", "gives", "measured", "ratio", "goal")
_WIDTHS = (56, 18, 30, 21, 26)
_EXPLANATION = "Medians of interleaved rounds, with the first and third quartile in brackets."


def show(results: Results, console: Console) -> None:
    """Print the table."""
    if not console.is_terminal:
        console.width = sum(_WIDTHS) + 2 * len(_WIDTHS)
    for title, figures in _groups(results):
        table = Table(title=title, title_justify="left", title_style="bold", box=None)
        for column, width in zip(COLUMNS, _WIDTHS, strict=True):
            justify: JustifyMethod = "right" if column in ("measured", "ratio") else "left"
            table.add_column(column, header_style="dim", width=width, justify=justify)
        for figure in figures:
            style = "red" if figure.reached is False else None
            table.add_row(figure.subject, *cells(figure), style=style)
        console.print(table, "")
    for line in (_EXPLANATION, results.setting, results.packages):
        console.print(line, highlight=False, soft_wrap=True)


def write_page(results: Results) -> None:
    """Put the table between the markers of the page on performance."""
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{markdown(results)}\n{END}{after}")


def markdown(results: Results) -> str:
    """Return the tables, one for each group."""
    lines = [f"Measured with {results.setting}; {results.packages}."]
    for title, figures in _groups(results):
        lines += ["", f"**{title[0].upper()}{title[1:]}**", ""]
        lines += [f"|{'|'.join(f' {column} ' for column in COLUMNS)}|", "|---|---|--:|--:|---|"]
        for figure in figures:
            subject = f"**{figure.subject}**" if figure.subject.startswith(OURS) else figure.subject
            lines.append(f"| {' | '.join((subject, *cells(figure)))} |")
    return "\n".join(lines)


def cells(figure: Figure) -> tuple[str, str, str, str]:
    """Return what stands beside the name of a figure."""
    ratio = "" if figure.ratio is None else with_quartiles(figure.ratio)
    measured = _number(figure.value.median)
    if figure.ratio is None:
        measured = with_quartiles(figure.value)
    return figure.result, f"{measured} {figure.unit}", ratio, _goal(figure)


def with_quartiles(spread: Spread) -> str:
    """Return the median, and the quartiles in brackets where they differ from it."""
    if spread.lower == spread.upper:
        return _number(spread.median) if spread.median != 1 else "1.00"
    return f"{spread.median:.2f} ({spread.lower:.2f} to {spread.upper:.2f})"


def _goal(figure: Figure) -> str:
    if figure.reached is None:
        return ""
    at_most, at_least = figure.at_most, figure.at_least
    words = f"at least {at_least:g}" if at_most is None else f"at most {at_most:g}"
    return f"{words}: {'reached' if figure.reached else 'not reached'}"


def _groups(results: Results) -> list[tuple[str, list[Figure]]]:
    """Return the groups in order, each with a title that says what its ratios are against."""
    grouped = [(name, list(figures)) for name, figures in groupby(results.figures, _group)]
    return [(_title(name, figures[0]), figures) for name, figures in grouped]


def _group(figure: Figure) -> str:
    return figure.group


def _title(name: str, first: Figure) -> str:
    return name if first.ratio is None else f"{name} ({first.against} = 1.00)"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
