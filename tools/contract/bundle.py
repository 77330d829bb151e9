"""The release of the contract: one archive, of the same bytes for the same contents."""

import hashlib
import io
import json
import struct
import sys
import tarfile
import zlib
from pathlib import Path
from typing import Any

import yaml

from tools.contract.document import Node
from tools.contract.page import render

ROOT = Path(__file__).resolve().parents[2]
OPENAPI = ROOT / "openapi"
DIST = ROOT / "dist"
SUMS = "SHA256SUMS"
_STORED = 0xFFFF
"""The most that a block of gzip holds as it is."""


def name_of(document: Node) -> str:
    """Return the name of the bundle, which is that of the folder in it, too."""
    return f"signalwire-video-contract-{document['info']['version']}"


def contents(text: str, openapi: Path = OPENAPI, page: bytes | None = None) -> dict[str, bytes]:
    """Return the files of the bundle by name; ``text`` is the document as YAML."""
    vectors = sorted((openapi / "vectors").glob("*.json"))
    found = {
        "openapi.yaml": text.encode(),
        "openapi.json": _as_json(yaml.safe_load(text)),
        "CHANGELOG.md": (openapi / "CHANGELOG.md").read_bytes(),
        "VECTORS.md": (openapi / "VECTORS.md").read_bytes(),
        "vector.schema.json": (openapi / "vector.schema.json").read_bytes(),
        **{f"vectors/{each.name}": each.read_bytes() for each in vectors},
    }
    return found if page is None else {**found, "index.html": page}


def write(name: str, files: dict[str, bytes], folder: Path) -> Path:
    """Write the bundle and its sum into a folder; return the bundle."""
    archive = folder / f"{name}.tar.gz"
    folder.mkdir(parents=True, exist_ok=True)
    packed = _packed(name, files)
    archive.write_bytes(packed)
    (folder / SUMS).write_text(f"{hashlib.sha256(packed).hexdigest()}  {archive.name}\n", "utf-8")
    return archive


def _as_json(document: Any) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _packed(name: str, files: dict[str, bytes]) -> bytes:
    tar = io.BytesIO()
    # Neither who packs it, nor when, nor in which order a disk lists files is to be in the bytes.
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for file in sorted(files):
            entry = tarfile.TarInfo(f"{name}/{file}")
            entry.size, entry.mode, entry.mtime = len(files[file]), 0o644, 0
            archive.addfile(entry, io.BytesIO(files[file]))
    return _gzip(tar.getvalue())


def _gzip(data: bytes) -> bytes:
    """Return a gzip file that holds the data as it is.

    What a compressor makes of the same bytes differs from one zlib, and one Python, to the next;
    the sum of a release has to be the same wherever it is made. A few hundred kilobytes are cheap.
    """
    head = b"\x1f\x8b\x08\0" + bytes(4) + b"\0\xff"
    pieces = [data[at : at + _STORED] for at in range(0, len(data), _STORED)]
    blocks = (
        struct.pack("<BHH", piece is pieces[-1], len(piece), len(piece) ^ _STORED) + piece
        for piece in pieces
    )
    return head + b"".join(blocks) + struct.pack("<II", zlib.crc32(data), len(data))


def main(task: str) -> None:
    """Write the page (``page``), or the page and the bundle (``bundle``), into ``dist/``."""
    text = (OPENAPI / "openapi.yaml").read_text("utf-8")
    name = name_of(yaml.safe_load(text))
    page = render(OPENAPI).encode()
    DIST.mkdir(exist_ok=True)
    shown = DIST / "contract.html"
    shown.write_bytes(page)
    if task == "bundle":
        shown = write(name, contents(text, page=page), DIST)
    print(shown.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1])
