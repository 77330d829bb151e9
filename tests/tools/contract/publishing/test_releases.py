"""Every version of the contract is published at a stable path, as it was when it was released."""

from pathlib import Path

import pytest
import yaml
from support.vectors import OPENAPI

from tools.contract.publishing import bundle, releases
from tools.versioning.grades import parse_version

pytestmark = pytest.mark.apart


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "contract"
    releases.write_site(folder)
    return folder


def test_each_version_has_its_documents_and_its_page(site: Path) -> None:
    versions = [each.name for each in site.iterdir() if each.name != "latest"]
    assert {"1.0.0", "1.0.1", "2.0.0"} <= set(versions)
    for version in versions:
        text = (site / version / "openapi.yaml").read_text("utf-8")
        assert yaml.safe_load(text)["info"]["version"] == version
        for name, content in bundle.documents(text).items():
            assert (site / version / name).read_bytes() == content
        assert version in (site / version / "index.html").read_text("utf-8")


def test_latest_is_the_newest_version(site: Path) -> None:
    newest = max((each.name for each in site.iterdir() if each.name != "latest"), key=parse_version)
    for file in (site / newest).iterdir():
        assert (site / "latest" / file.name).read_bytes() == file.read_bytes()


def test_a_released_folder_has_the_vectors_of_its_time() -> None:
    with releases.released("1.0.0") as openapi:
        old = {each.name for each in (openapi / "vectors").iterdir()}
    new = {each.name for each in (OPENAPI / "vectors").iterdir()}

    assert "documented.json" in old & new
    assert len(new - old) > 40
