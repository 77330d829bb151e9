"""Build HTML elements; all text from the contract is escaped here."""

import json
import re
from html import escape
from typing import Any

from markdown_it import MarkdownIt

# Descriptions may contain neither HTML nor bare URLs that become links.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def text(value: object) -> str:
    """Escape a text."""
    return escape(str(value))


def code(value: object) -> str:
    """Return a ``code`` element."""
    return f"<code>{text(value)}</code>"


def markdown(source: str, levels: int = 0) -> str:
    """Convert Markdown to HTML, with its headings this many levels lower."""
    rendered: str = _MARKDOWN.render(source)
    return re.sub(r"(</?h)([1-5])", lambda found: f"{found[1]}{int(found[2]) + levels}", rendered)


def anchor(*parts: str) -> str:
    """Return the id of an element."""
    return re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower()).strip("-")


def link(label: str, *parts: str) -> str:
    """Return a link to an element of the page."""
    return f'<a href="#{anchor(*parts)}">{text(label)}</a>'


def heading(level: int, label: str, *parts: str, before: str = "") -> str:
    """Return a heading with an id."""
    return f'<h{level} id="{anchor(*parts)}">{before}{text(label)}</h{level}>'


def json_block(value: Any) -> str:
    """Return a value as indented JSON."""
    shown = json.dumps(value, indent=2, ensure_ascii=False)
    return f'<pre tabindex="0"><code>{text(shown)}</code></pre>'


def details(summary: str, body: str) -> str:
    """Return a collapsed ``details`` element."""
    return f"<details><summary>{summary}</summary>{body}</details>"


def description_list(entries: list[tuple[str, str]]) -> str:
    """Return a description list of names and their meanings."""
    rows = (f"<div><dt>{name}</dt><dd>{meaning}</dd></div>" for name, meaning in entries)
    return f"<dl>{''.join(rows)}</dl>"
