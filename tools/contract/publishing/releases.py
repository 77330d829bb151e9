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

_HISTORY = "openapi/openapi.yaml"


def _history(root: Path) -> History:
    return History(root, _HISTORY, lambda text: str(yaml.safe_load(text)["info"]["version"]))


def versions(root: Path = ROOT) -> list[str]:
    """Return the versions in the history of a checkout, the newest first."""
    return list(_history(root).releases())


@contextmanager
def released(version: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield a folder with the contract, its vectors and pages as they were last in a version."""
    history = _history(root)
    archive = history.archive(history.releases()[version], "openapi")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as opened:
            opened.extractall(folder, filter="data")
        yield Path(folder) / "openapi"


def write_site(folder: Path, root: Path = ROOT) -> None:
    """Write each version's documents and page into a folder of its name, and ``latest``."""
    for version in versions(root):
        with released(version, root) as openapi:
            text = (openapi / "openapi.yaml").read_text("utf-8")
            files = {"openapi.yaml": text.encode(), **bundle.documents(text)}
            files["index.html"] = render(openapi).encode()
        for name, content in files.items():
            (folder / version).mkdir(parents=True, exist_ok=True)
            (folder / version / name).write_bytes(content)
    shutil.copytree(folder / versions(root)[0], folder / "latest", dirs_exist_ok=True)
