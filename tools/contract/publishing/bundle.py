"""Pack a release of the contract into one archive, reproducible byte for byte."""

import hashlib
import io
import json
import struct
import tarfile
import zlib
from pathlib import Path

import yaml

from tools import OPENAPI
from tools.contract.document import Node

CHECKSUMS = "SHA256SUMS"
_MAX_STORED_BLOCK = 0xFFFF


def name_of(document: Node) -> str:
    """Return the name of the archive and of the folder in it."""
    return f"signalwire-video-contract-{document['info']['version']}"


def contents(text: str, openapi: Path = OPENAPI, page: bytes | None = None) -> dict[str, bytes]:
    """Return the files of the archive by name; ``text`` is the document as YAML."""
    as_json = json.dumps(yaml.safe_load(text), indent=2, ensure_ascii=False) + "\n"
    vectors = sorted((openapi / "vectors").glob("*.json"))
    copied = ("CHANGELOG.md", "VECTORS.md", "vector.schema.json")
    found = {
        "openapi.yaml": text.encode(),
        "openapi.json": as_json.encode(),
        **{name: (openapi / name).read_bytes() for name in copied},
        **{f"vectors/{each.name}": each.read_bytes() for each in vectors},
    }
    return found if page is None else {**found, "index.html": page}


def write(name: str, files: dict[str, bytes], folder: Path) -> Path:
    """Write the archive and its checksum into a folder; return the archive."""
    archive = folder / f"{name}.tar.gz"
    folder.mkdir(parents=True, exist_ok=True)
    packed = _pack(name, files)
    archive.write_bytes(packed)
    checksum = hashlib.sha256(packed).hexdigest()
    (folder / CHECKSUMS).write_text(f"{checksum}  {archive.name}\n", "utf-8")
    return archive


def _pack(name: str, files: dict[str, bytes]) -> bytes:
    tar = io.BytesIO()
    # For reproducible bytes, sort the files and leave out owners and times.
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for file in sorted(files):
            entry = tarfile.TarInfo(f"{name}/{file}")
            entry.size, entry.mode, entry.mtime = len(files[file]), 0o644, 0
            archive.addfile(entry, io.BytesIO(files[file]))
    return _gzip(tar.getvalue())


def _gzip(data: bytes) -> bytes:
    """Return a gzip file with the data in stored, uncompressed blocks.

    Compressed output differs between versions of zlib and Python, but the checksum of a release
    must not depend on the machine that packs it. The archive has only a few hundred kilobytes.
    """
    head = b"\x1f\x8b\x08\0" + bytes(4) + b"\0\xff"
    starts = range(0, len(data), _MAX_STORED_BLOCK)
    pieces = [data[start : start + _MAX_STORED_BLOCK] for start in starts]
    blocks = (
        struct.pack("<BHH", piece is pieces[-1], len(piece), len(piece) ^ 0xFFFF) + piece
        for piece in pieces
    )
    return head + b"".join(blocks) + struct.pack("<II", zlib.crc32(data), len(data))
