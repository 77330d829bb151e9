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
from support.vectors import OPENAPI

from tools.contract.publishing import bundle

TEXT = (OPENAPI / "openapi.yaml").read_text("utf-8")
NAME = bundle.name_of(yaml.safe_load(TEXT))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return bundle.write(NAME, bundle.contents(TEXT, page=b"page"), tmp_path)


def test_it_contains_the_document_vectors_page_and_change_log(
    archive: Path, tmp_path: Path
) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    folder = tmp_path / NAME

    assert (folder / "openapi.yaml").read_text("utf-8") == TEXT
    assert json.loads((folder / "openapi.json").read_text("utf-8")) == yaml.safe_load(TEXT)
    assert (folder / "index.html").read_bytes() == b"page"
    for name in ("CHANGELOG.md", "VECTORS.md", "vector.schema.json"):
        assert (folder / name).read_bytes() == (OPENAPI / name).read_bytes()
    vectors = {each.name: each.read_bytes() for each in (OPENAPI / "vectors").iterdir()}
    assert {each.name: each.read_bytes() for each in (folder / "vectors").iterdir()} == vectors


def test_its_bytes_are_independent_of_time_owner_and_order(archive: Path, tmp_path: Path) -> None:
    files = bundle.contents(TEXT, page=b"page")
    reordered = dict(reversed(files.items()))
    os.utime(OPENAPI / "CHANGELOG.md")

    again = bundle.write(NAME, reordered, tmp_path / "again")

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
