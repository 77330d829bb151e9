"""Check the entry of a version in the change log."""

import re
from collections.abc import Iterator
from datetime import date

_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)


def mistakes(log: str, version: str) -> Iterator[str]:
    """Yield what is wrong with the entry of a version, which must be the first of the log."""
    headings = list(_HEADING.finditer(log))
    wanted = f"## {version} - {date.today().isoformat()}"
    if not headings or not headings[0][1].startswith(f"{version} "):
        yield f"the first entry must be that of {version}, such as: {wanted}"
        return
    try:
        date.fromisoformat(headings[0][1].removeprefix(f"{version} - "))
    except ValueError:
        yield f"the heading of {version} must have a date, such as: {wanted}"
    end = headings[1].start() if len(headings) > 1 else len(log)
    if not re.search(r"^[-*] \S", log[headings[0].end() : end], re.MULTILINE):
        yield f"the entry of {version} is empty: list each change on a line with '- '"
