"""Read the released versions of the contract from git history, and publish them on the site."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import ROOT
from tools.contract.document import CONTRACT, version_of
from tools.contract.publishing import bundle
from tools.contract.publishing.page import render
from tools.versioning.history import History


@contextmanager
def released(version: str) -> Iterator[Path]:
    """Yield a folder with the contract, its vectors and pages as they were last in a version."""
    history = History(ROOT, CONTRACT, version_of)
    with history.extracted(history.releases()[version], "openapi") as folder:
        yield folder / "openapi"


def write_site(folder: Path) -> None:
    """Write each version's documents and page into a folder of its name, and ``latest``."""
    history = History(ROOT, CONTRACT, version_of)
    versions = history.releases()
    for version, revision in versions.items():
        with history.extracted(revision, "openapi") as root:
            text = (root / "openapi" / "openapi.yaml").read_text("utf-8")
            page = render(root / "openapi")
        files = {"openapi.yaml": text.encode(), "index.html": page.encode()}
        target = folder / version
        target.mkdir(parents=True, exist_ok=True)
        for name, content in {**files, **bundle.documents(text)}.items():
            (target / name).write_bytes(content)
    shutil.copytree(folder / next(iter(versions)), folder / "latest", dirs_exist_ok=True)
