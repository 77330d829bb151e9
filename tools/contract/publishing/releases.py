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


def _history() -> History:
    return History(ROOT, CONTRACT, version_of)


@contextmanager
def released(version: str) -> Iterator[Path]:
    """Yield a folder with the contract, its vectors and pages as they were last in a version."""
    history = _history()
    with history.extracted(history.releases()[version], "openapi") as folder:
        yield folder / "openapi"


def write_site(folder: Path) -> None:
    """Write each version's documents and page into a folder of its name, and ``latest``."""
    versions = list(_history().releases())
    for version in versions:
        target = folder / version
        target.mkdir(parents=True, exist_ok=True)
        with released(version) as openapi:
            shutil.copy(openapi / "openapi.yaml", target)
            (target / "index.html").write_text(render(openapi), "utf-8")
        text = (target / "openapi.yaml").read_text("utf-8")
        for name, content in bundle.documents(text).items():
            (target / name).write_bytes(content)
    shutil.copytree(folder / versions[0], folder / "latest", dirs_exist_ok=True)
