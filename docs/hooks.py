"""Hooks of the documentation site: pages from outside `docs/`, and links that lead there."""

import posixpath
import re
import tomllib
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
_URLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
# The repository's file of each page and image that is not in docs/.
_ELSEWHERE = {
    "index.md": "README.md",
    "changelog.md": "CHANGELOG.md",
    "contributing.md": "CONTRIBUTING.md",
    "security.md": "SECURITY.md",
    "support.md": "SUPPORT.md",
    "mock-server.md": "mock/README.md",
    "contract.html": "dist/contract.html",
    "contract/changelog.md": "openapi/CHANGELOG.md",
    "contract/editing.md": "openapi/README.md",
    "contract/promises.md": "openapi/PROMISES.md",
    "contract/vectors.md": "openapi/VECTORS.md",
    "assets/cost-in-flight.svg": "benchmarks/cost-in-flight.svg",
    "assets/cpu-per-call.svg": "benchmarks/cpu-per-call.svg",
}
_PAGE_OF = {file: page for page, file in _ELSEWHERE.items()}
_NOT_ON_THE_SITE = re.compile(r"<!-- not on the site -->.*?<!-- end -->", re.DOTALL)
_LINK = re.compile(r"(?<=\]\()([^)#\s]*)(?=[)#])")


def on_config(config: MkDocsConfig) -> None:
    """Leave entries without a file out of the navigation."""
    config.nav = list(filter(None, map(_existing, config.nav or [])))


def _existing(entry: dict[str, str | list]) -> dict[str, str | list] | None:
    ((title, target),) = entry.items()
    if isinstance(target, list):
        return {title: list(filter(None, map(_existing, target)))}
    file = ROOT / _ELSEWHERE.get(target, f"docs/{target}")
    return entry if file.exists() else None


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the files from outside docs/."""
    for page, file in _ELSEWHERE.items():
        if (ROOT / file).exists():
            files.append(File.generated(config, page, abs_src_path=str(ROOT / file)))


def _source(page: str) -> str:
    """Return the name of a page before it was built."""
    name = page.replace("index.html", "README.html") if "/" in page else page
    return name if page in _ELSEWHERE else name.replace(".html", ".md")


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Turn the links of a file of the repository into links of the site."""
    here = page.file.src_uri
    source = _ELSEWHERE.get(here, f"docs/{here}")

    def on_the_site(found: re.Match[str]) -> str:
        link = found[0]
        if link.startswith(_URLS["Documentation"]):
            target = _source(link.removeprefix(_URLS["Documentation"]))
        elif not link or ":" in link:
            return link
        else:
            file = posixpath.normpath(posixpath.join(posixpath.dirname(source), link))
            if not file.startswith("docs/") and file not in _PAGE_OF:
                return f"{_URLS['Source']}/blob/main/{file}"
            target = _PAGE_OF.get(file, file.removeprefix("docs/"))
        return posixpath.relpath(target, posixpath.dirname(here) or ".")

    return _LINK.sub(on_the_site, _NOT_ON_THE_SITE.sub("", markdown))
