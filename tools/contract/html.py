"""Pieces of HTML: every text that comes from the contract is escaped here, and nowhere else."""

import json
import re
from html import escape
from typing import Any

from markdown_it import MarkdownIt

# No HTML of a description's own, and no link but one that is written as one.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def text(value: object) -> str:
    """Return a text, escaped."""
    return escape(str(value))


def code(value: object) -> str:
    """Return a text as code."""
    return f"<code>{text(value)}</code>"


def markdown(source: str, below: int = 0) -> str:
    """Return Markdown as HTML, with its headings so many levels further down."""
    made: str = _MARKDOWN.render(source)
    return re.sub(r"(</?h)([1-5])", lambda found: f"{found[1]}{int(found[2]) + below}", made)


def anchor(*parts: str) -> str:
    """Return an id for a place on the page."""
    return re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower()).strip("-")


def link(label: str, *parts: str) -> str:
    """Return a link to a place on the page."""
    return f'<a href="#{anchor(*parts)}">{text(label)}</a>'


def heading(level: int, label: str, *parts: str, before: str = "") -> str:
    """Return a heading that can be linked to."""
    return f'<h{level} id="{anchor(*parts)}">{before}{text(label)}</h{level}>'


def sample(value: Any) -> str:
    """Return a value as JSON to read."""
    shown = json.dumps(value, indent=2, ensure_ascii=False)
    return f'<pre tabindex="0"><code>{text(shown)}</code></pre>'


def folded(summary: str, body: str) -> str:
    """Return something that opens when it is asked for."""
    return f"<details><summary>{summary}</summary>{body}</details>"


def described(entries: list[tuple[str, str]]) -> str:
    """Return a list of names and what each means."""
    rows = (f"<div><dt>{name}</dt><dd>{meaning}</dd></div>" for name, meaning in entries)
    return f"<dl>{''.join(rows)}</dl>"
