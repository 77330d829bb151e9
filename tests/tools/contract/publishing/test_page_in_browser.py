"""The page in a real browser without network access: ``make test-contract-page``."""

import html
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.vectors import OPENAPI

from tools.contract.publishing import browser
from tools.contract.publishing.page import render

pytestmark = [
    pytest.mark.apart,
    pytest.mark.skipif(
        browser.command() is None and os.environ.get("CI") != "true",
        reason="chromium is missing",
    ),
]

PAGE = render(OPENAPI)
PHONE = 360
# A frame can be narrower than the smallest browser window.
HARNESS = """<!doctype html><link rel="icon" href="data:,">
<iframe width="{width}" height="800" srcdoc="{page}"></iframe>
<output></output><script>
onload = () => {{
  const {{ contentDocument: page, contentWindow: window }} = document.querySelector("iframe");
  const shown = (each) => each.getClientRects().length > 0;
  document.querySelector("output").textContent = JSON.stringify({{
    width: page.documentElement.scrollWidth,
    heading: page.querySelector("h1").innerText,
    operations: [...page.querySelectorAll(".operation > code")].map((each) => each.innerText),
    names: [...page.querySelectorAll("dt > code")].filter(shown).map((each) => each.innerText),
    fetched: window.performance.getEntriesByType("resource").map((each) => each.name),
    size: window.getComputedStyle(page.body).fontSize,
  }});
}};
</script>"""


def inspect(tmp_path: Path, page: str, width: int = PHONE) -> tuple[dict[str, Any], list[str]]:
    """Return measurements of a page in a browser, and its console messages."""
    file = tmp_path / "page.html"
    file.write_text(HARNESS.format(width=width, page=html.escape(page)), "utf-8")
    done = browser.show(file.as_uri(), "--dump-dom")
    found = re.search(r"<output>(.+?)</output>", done.stdout)
    assert found, done.stdout[-2000:]
    console = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    return json.loads(html.unescape(found[1])), console


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_every_field_is_shown_without_console_messages(tmp_path: Path, width: int) -> None:
    document = yaml.safe_load((OPENAPI / "openapi.yaml").read_text("utf-8"))
    schemas = document["components"]["schemas"].values()
    fields = {name for each in schemas for name in each.get("properties", ())}

    seen, console = inspect(tmp_path, PAGE, width)

    assert console == []
    assert seen["fetched"] == []
    assert document["info"]["title"] in seen["heading"]
    assert set(document["paths"]) == set(seen["operations"])
    assert fields <= set(seen["names"])
    # No horizontal scrolling and no zooming is needed.
    assert seen["width"] <= width
    assert seen["size"] == "16px"


@pytest.mark.parametrize(
    ("seed", "what"),
    [
        ('<img src="https://example.com/logo.png" alt="">', "fetched"),
        ("<script>console.error('seeded')</script>", "console"),
        ('<div style="width: 2000px">wide</div>', "width"),
    ],
)
def test_requests_console_messages_and_overflow_are_noticed(
    tmp_path: Path, seed: str, what: str
) -> None:
    seen, console = inspect(tmp_path, PAGE.replace("</main>", f"{seed}</main>"))

    assert (seen["fetched"] != []) == (what == "fetched")
    assert (seen["width"] > PHONE) == (what == "width")
    if what == "console":
        assert "seeded" in console[0]
