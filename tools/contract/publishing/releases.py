"""Read the released versions of the contract from git history, and publish them on the site."""

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import yaml

from tools import ROOT
from tools.contract.publishing import bundle
from tools.contract.publishing.page import render
from tools.versioning.history import History


def _history() -> History:
    return History(
        ROOT, "openapi/openapi.yaml", lambda text: yaml.safe_load(text)["info"]["version"]
    )


@contextmanager
def released(version: str) -> Iterator[Path]:
    """Yield a folder with the contract, its vectors and pages as they were last in a version."""
    archive = _history().archive(_history().releases()[version], "openapi")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as opened:
            opened.extractall(folder, filter="data")
        yield Path(folder) / "openapi"


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
