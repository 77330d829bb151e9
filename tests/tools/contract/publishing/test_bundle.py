"""The release of the contract is complete, verifiable and reproducible."""

import gzip
import hashlib
import json
import os
import subprocess
import tarfile
from pathlib import Path

import pytest
import yaml
from support.pages import links
from support.vectors import OPENAPI

from tools import ROOT
from tools.consumers.languages import LANGUAGES
from tools.contract.publishing import bundle

TEXT = (OPENAPI / "openapi.yaml").read_text("utf-8")
NAME = f"signalwire-video-contract-{yaml.safe_load(TEXT)['info']['version']}"
FILES = {**bundle.contents(TEXT), "index.html": b"page"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return bundle.write(FILES, tmp_path)


@pytest.fixture
def folder(archive: Path, tmp_path: Path) -> Path:
    """The unpacked archive."""
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    return tmp_path / NAME


def test_it_contains_both_variants_of_the_document_and_none_without_a_qualifier(
    folder: Path,
) -> None:
    plain = (ROOT / "generated" / "openapi.plain.yaml").read_text("utf-8")
    for name, text in {"openapi.open-enums": TEXT, "openapi.plain": plain}.items():
        assert (folder / f"{name}.yaml").read_text("utf-8") == text
        assert json.loads((folder / f"{name}.json").read_text("utf-8")) == yaml.safe_load(text)
    assert len(list(folder.glob("openapi*"))) == 4


def test_it_contains_what_the_guide_tells_people_to_copy(folder: Path) -> None:
    assert (folder / "index.html").read_bytes() == b"page"
    for name in ("CHANGELOG.md", "vector.schema.json"):
        assert (folder / name).read_bytes() == (OPENAPI / name).read_bytes()
    assert "| `signalwire-rest` | contract |" in (folder / "PROMISES.md").read_text("utf-8")
    clients = {each.parent.name for each in (folder / "consumers").glob("*/consume.sh")}
    assert clients == {each.name for each in LANGUAGES}
    vectors = {each.name: each.read_bytes() for each in (OPENAPI / "vectors").iterdir()}
    assert {each.name: each.read_bytes() for each in (folder / "vectors").iterdir()} == vectors


def test_every_link_in_it_leads_to_one_of_its_files(folder: Path) -> None:
    found = [link for page in folder.rglob("*.md") for link in links(page)]

    assert len(found) > 15
    for link in found:
        assert link.exists(), str(link)
        assert link.resolve().is_relative_to(folder), str(link)


def test_its_bytes_are_independent_of_time_owner_and_order(archive: Path, tmp_path: Path) -> None:
    reordered = dict(reversed(FILES.items()))
    os.utime(OPENAPI / "CHANGELOG.md")

    again = bundle.write(reordered, tmp_path / "again")

    assert again.read_bytes() == archive.read_bytes()
    with tarfile.open(archive) as opened:
        entries = opened.getmembers()
    assert {(each.mtime, each.uid, each.gid, each.uname, each.mode) for each in entries} == {
        (0, 0, 0, "", 0o644)
    }


def test_its_contents_are_stored_uncompressed(archive: Path) -> None:
    packed = archive.read_bytes()
    opened = gzip.decompress(packed)
    tool = subprocess.run(["gzip", "--test", archive], capture_output=True, check=False)

    # The time of creation, four bytes of the header, must be zero.
    assert packed[:10] == b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    assert len(packed) > len(opened) > 100_000
    assert all(file in packed for file in (b"page", *map(str.encode, TEXT.splitlines()[:9])))
    assert tool.returncode == 0


def test_its_checksum_can_be_verified_with_sha256sum(archive: Path) -> None:
    check = ["sha256sum", "--check", bundle.CHECKSUMS]
    done = subprocess.run(check, cwd=archive.parent, capture_output=True, text=True, check=True)
    assert done.stdout == f"{archive.name}: OK\n"

    changed = archive.read_bytes() + b"\0"
    archive.write_bytes(changed)
    assert subprocess.run(check, cwd=archive.parent, capture_output=True, check=False).returncode
    assert (
        hashlib.sha256(changed).hexdigest() not in (archive.parent / bundle.CHECKSUMS).read_text()
    )
