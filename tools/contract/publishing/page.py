"""Render the contract as one self-contained HTML page, without scripts or requests."""

import json
import re
from functools import partial
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from tools.contract.document import Node, body_schema, operations, resolve

# Descriptions may contain neither HTML nor bare URLs that become links.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def render(openapi: Path) -> str:
    """Return the page for the contract in an ``openapi/`` folder."""
    document: Node = yaml.safe_load((openapi / "openapi.yaml").read_text("utf-8"))
    schemas: Node = document["components"]["schemas"]
    vectors = sorted((openapi / "vectors").glob("*.json"))
    templates = Environment(
        # Everything from the contract is escaped, unless it is Markdown.
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        anchor=anchor,
        json=partial(json.dumps, ensure_ascii=False),
        markdown=_markdown,
        resolve=partial(resolve, document),
        schema=partial(body_schema, document),
    )
    return templates.get_template("page.html").render(
        document=document,
        operations=list(operations(document)),
        objects=[name for name, each in schemas.items() if each["type"] == "object"],
        enums=[name for name, each in schemas.items() if "enum" in each],
        vectors=[json.loads(each.read_text("utf-8")) for each in vectors],
        guide=_page(openapi / "VECTORS.md"),
        changes=_page(openapi / "CHANGELOG.md"),
    )


def anchor(text: str) -> str:
    """Return the id of the element about something."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _markdown(source: str, levels: int = 0) -> Markup:
    """Convert Markdown to HTML, with its headings this many levels lower."""
    rendered: str = _MARKDOWN.render(source)
    lower = re.sub(r"(</?h)([1-5])", lambda found: f"{found[1]}{int(found[2]) + levels}", rendered)
    return Markup(lower)


def _page(file: Path) -> str:
    # The section has its own heading, and relative links would lead nowhere.
    _, _, source = file.read_text("utf-8").partition("\n")
    return re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]+\)", r"`\1`", source)
