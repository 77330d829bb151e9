"""Pack a release of the contract into one archive, reproducible byte for byte."""

import hashlib
import io
import json
import re
import struct
import tarfile
import zlib
from pathlib import Path

import yaml

from tools import OPENAPI, ROOT
from tools.contract.document import version_of
from tools.generate.plain import derive_plain

CHECKSUMS = "SHA256SUMS"
GUIDE = ROOT / "docs" / "consume-the-contract.md"
CONSUMERS = ROOT / "tests" / "consumers"
_MAX_STORED_BLOCK = 0xFFFF


def documents(text: str) -> dict[str, bytes]:
    """Return the document and its plain variant, as YAML and as JSON, by file name."""
    found = {}
    for name, variant in {"openapi.open-enums": text, "openapi.plain": derive_plain(text)}.items():
        as_json = json.dumps(yaml.safe_load(variant), indent=2, ensure_ascii=False)
        found[f"{name}.yaml"] = variant.encode()
        found[f"{name}.json"] = f"{as_json}\n".encode()
    return found


def contents(text: str, openapi: Path = OPENAPI) -> dict[str, bytes]:
    """Return the files of the archive by name; ``text`` is the document as YAML."""
    clients = [each for each in CONSUMERS.rglob("*") if each.is_file()]
    copied = {
        **{name: openapi / name for name in ("CHANGELOG.md", "VECTORS.md", "vector.schema.json")},
        **{f"vectors/{each.name}": each for each in (openapi / "vectors").glob("*.json")},
        # An old version is packed with today's promises, guide and clients.
        **{each.name: each for each in (ROOT / "LICENSE", OPENAPI / "PROMISES.md", GUIDE)},
        **{
            f"consumers/{each.relative_to(CONSUMERS)}": each
            for each in clients
            if "__pycache__" not in each.parts
        },
    }
    return {**documents(text), **{name: _copy(each) for name, each in copied.items()}}


def _copy(file: Path) -> bytes:
    """Return a file's bytes; in Markdown, with links that lead to the files of the archive."""
    content = file.read_bytes()
    is_markdown = file.suffix == ".md"
    return re.sub(rb"\.\./(docs|openapi|tests)/", b"", content) if is_markdown else content


def write(files: dict[str, bytes], folder: Path) -> Path:
    """Write the archive and its checksum into a folder; return the archive."""
    name = f"signalwire-video-contract-{version_of(files['openapi.open-enums.yaml'].decode())}"
    tar = io.BytesIO()
    # For reproducible bytes, sort the files and leave out owners and times.
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as opened:
        for file in sorted(files):
            entry = tarfile.TarInfo(f"{name}/{file}")
            entry.size, entry.mode, entry.mtime = len(files[file]), 0o644, 0
            opened.addfile(entry, io.BytesIO(files[file]))
    packed = _gzip(tar.getvalue())
    archive = folder / f"{name}.tar.gz"
    folder.mkdir(parents=True, exist_ok=True)
    archive.write_bytes(packed)
    checksum = hashlib.sha256(packed).hexdigest()
    (folder / CHECKSUMS).write_text(f"{checksum}  {archive.name}\n", "utf-8")
    return archive


def _gzip(data: bytes) -> bytes:
    """Return a gzip file with the data in stored, uncompressed blocks.

    Compressed output differs between versions of zlib and Python, but the checksum of a release
    must not depend on the machine that packs it. The archive has only about a megabyte.
    """
    head = b"\x1f\x8b\x08\0" + bytes(4) + b"\0\xff"
    starts = range(0, len(data), _MAX_STORED_BLOCK)
    pieces = [data[start : start + _MAX_STORED_BLOCK] for start in starts]
    blocks = (
        struct.pack("<BHH", piece is pieces[-1], len(piece), len(piece) ^ 0xFFFF) + piece
        for piece in pieces
    )
    return head + b"".join(blocks) + struct.pack("<II", zlib.crc32(data), len(data))
