"""The built documentation site in a browser without network access: ``make docs``."""

import html
import inspect
import json
import os
import re
import shutil
import typing
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest

import signalwire_rest
import signalwire_rest.testing
from tools.contract.publishing import browser

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "build" / "site"
# A server shows 404.html under any address.
PAGES = sorted({str(page.relative_to(SITE)) for page in SITE.rglob("*.html")} - {"404.html"})
# The pages of the contract, of each of its versions, have their own style.
CONTRACTS = {name for name in PAGES if re.match(r"contract(\.html|/(\d|latest))", name)}
DESKTOP, PHONE = 1280, 360

pytestmark = pytest.mark.apart
in_browser = pytest.mark.skipif(
    browser.command() is None and os.environ.get("CI") != "true", reason="chromium is missing"
)

# Shows one page after the other, in a frame, which can be narrower than the smallest window.
HARNESS = """<!doctype html><link rel="icon" href="data:,">
<style>body {{ margin: 0 }} iframe {{ border: 0; display: block }}</style>
<iframe width="{width}" height="800"></iframe><output></output><script>
const frame = document.querySelector("iframe"), seen = {{}};
const shown = (page) => new Promise((resolve) => {{
  frame.onload = () => resolve(frame.contentWindow);
  frame.src = page;
}});
const found = async (page) => {{
  while (!page.document.querySelector(".md-search-result__item a"))
    await new Promise((resolve) => setTimeout(resolve, 50));
  return [...page.document.querySelectorAll(".md-search-result__link")].map((each) => each.href);
}};
(async () => {{
  for (const name of {pages}) {{
    const page = await shown(name), root = page.document.documentElement;
    seen[name] = {{
      width: root.scrollWidth,
      dark: page.document.body.dataset.mdColorScheme === "slate",
      fetched: page.performance.getEntriesByType("resource").map((each) => each.name),
      found: name.includes("?q=") ? await found(page) : [],
    }};
  }}
  document.querySelector("output").textContent = JSON.stringify(seen);
}})();
</script>"""


def show(
    site: Path, width: int, pages: list[str], *flags: str
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Show pages one after the other; return what was seen, and the console messages."""
    harness = site / "harness.html"
    harness.write_text(HARNESS.format(width=width, pages=json.dumps(pages)), "utf-8")
    options = ["--allow-file-access-from-files", "--virtual-time-budget=60000", *flags]
    try:
        done = browser.show(harness.as_uri(), "--dump-dom", *options)
    finally:
        harness.unlink()
    console = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    seen = re.search(r"<output>(.+?)</output>", done.stdout)
    assert seen, done.stdout[-1000:] + "\n".join(console)
    return json.loads(html.unescape(seen[1])), console


@in_browser
@pytest.mark.parametrize(("width", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_every_page_fits_and_is_quiet_and_fetches_nothing(width: int, scheme: str) -> None:
    setting = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"

    seen, console = show(SITE, width, PAGES, setting)

    assert console == []
    assert len(seen) == len(PAGES) > 40
    for name, page in seen.items():
        assert page["width"] <= width, name
        assert page["dark"] == (scheme == "dark" and name not in CONTRACTS), name
        assert all(each.startswith(SITE.as_uri()) for each in page["fetched"]), name


@in_browser
def test_the_search_finds_guides_and_the_reference() -> None:
    pages = ["index.html?q=paginate", "reference/models.html?q=retry_after"]

    seen, console = show(SITE, DESKTOP, pages)

    assert console == []
    paginate, retry_after = (" ".join(seen[page]["found"]) for page in pages)
    assert "/find-conferences.html" in paginate
    assert "/reference/resources.html" in paginate
    assert "/time-and-retries.html" in retry_after


@in_browser
def test_requests_console_messages_and_overflow_are_noticed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(SITE, site, ignore=shutil.ignore_patterns("*.html", "search"))
    faults = {
        "image.html": '<img src="https://example.com/logo.png" alt="">',
        "console.html": "<script>console.error('seeded')</script>",
        "wide.html": '<div style="width: 2000px">wide</div>',
    }
    for name, fault in faults.items():
        page = (SITE / "errors.html").read_text("utf-8").replace("</main>", f"{fault}</main>")
        (site / name).write_text(page, "utf-8")

    seen, console = show(site, PHONE, list(faults))

    assert "https://example.com/logo.png" in seen["image.html"]["fetched"]
    assert any("seeded" in line for line in console)
    assert seen["wide.html"]["width"] > PHONE


class Loads(HTMLParser):
    """The addresses that a page makes a browser load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        names = [] if tag in ("a", "link") and named.get("rel") != "stylesheet" else ["href"]
        for name in (*names, "src", "srcset", "poster", "data", "action"):
            if address := named.get(name):
                self.found.append(address)


def test_no_page_loads_anything_from_elsewhere() -> None:
    for page in PAGES:
        loads = Loads()
        loads.feed((SITE / page).read_text("utf-8"))
        assert loads.found or page in CONTRACTS, page
        for address in loads.found:
            assert not re.match(r"(?!data:)[a-z]+:|//", address), f"{page}: {address}"
    for style in SITE.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(?!data:)(https?:)?//", style.read_text("utf-8")), style


def inventory() -> set[str]:
    """Return the names that the API reference describes."""
    compressed = (SITE / "objects.inv").read_bytes().split(b"\n", 4)[4]
    return {line.split()[0] for line in zlib.decompress(compressed).decode().splitlines()}


def members(value: Any) -> set[str]:
    """Return what is public in a class of this package: fields, keys, values and methods."""
    own = {name for each in value.__mro__ if "signalwire" in each.__module__ for name in vars(each)}
    fields = {each.name for each in attrs.fields(value)} if attrs.has(value) else set[str]()
    named = own | fields | set(getattr(value, "__annotations__", ()))
    generated = {"to_dict", "from_dict", "additional_keys", "additional_properties"}
    return {name for name in named if not name.startswith("_")} - generated


@pytest.mark.parametrize("package", [signalwire_rest, signalwire_rest.testing])
def test_the_reference_describes_every_public_name_and_every_field(package: Any) -> None:
    described = inventory()
    text = "".join(page.read_text("utf-8") for page in (SITE / "reference").glob("*.html"))
    arguments = set(re.findall(r"<b><code>(\w+)</code></b>", text))
    for name in package.__all__:
        path, value = f"{package.__name__}.{name}", getattr(package, name)
        assert path in described, name
        if inspect.isclass(value):
            paths = {f"{package.__name__}.{each.__name__}" for each in value.__mro__}
            keywords = typing.is_typeddict(value) or value is signalwire_rest.RequestOptions
            for member in members(value) - (arguments if keywords else set()):
                assert any(f"{each}.{member}" in described for each in paths), f"{name}.{member}"


def test_the_tree_of_errors_is_that_of_the_classes() -> None:
    def tree(error: type[BaseException], depth: int = 1) -> list[tuple[int, str]]:
        below = [line for each in error.__subclasses__() for line in tree(each, depth + 1)]
        return [(depth, error.__name__), *below]

    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    drawn = re.findall(r"^( +)- \[`(\w+)`\]", page, re.MULTILINE)
    found = [(len(indent) // 4, name) for indent, name in drawn]
    assert found == tree(signalwire_rest.SignalWireRestError)
    docstring = inspect.getdoc(inspect.getmodule(signalwire_rest.SignalWireRestError)) or ""
    assert re.findall(r"── (\w+)", docstring) == [name for _, name in found]


@in_browser
@pytest.mark.skipif("SCREENSHOTS" not in os.environ, reason="only with SCREENSHOTS=1")
@pytest.mark.parametrize(
    ("name", "page", "width", "height", "scheme"),
    [
        ("desktop", "errors.html", DESKTOP, 760, 1),
        ("phone", "reference/models.html?q=session", 390, 760, 0),
    ],
)
def test_screenshots_for_the_readme(
    name: str, page: str, width: int, height: int, scheme: int
) -> None:
    target = ROOT / "docs" / "assets" / f"site-{name}.png"
    options = [f"--window-size={width},{height}", f"--blink-settings=preferredColorScheme={scheme}"]
    show(SITE, width, [page], *options, f"--screenshot={target}")
    assert target.read_bytes().startswith(b"\x89PNG")
