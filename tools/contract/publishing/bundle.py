"""Pack a release of the contract into one archive, reproducible byte for byte."""

import hashlib
import io
import json
import re
import struct
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import yaml

from tools import OPENAPI, ROOT
from tools.contract.document import Node
from tools.generate.plain import derive_plain

CHECKSUMS = "SHA256SUMS"
GUIDE = ROOT / "docs" / "consume-the-contract.md"
CONSUMERS = ROOT / "tests" / "consumers"
_MAX_STORED_BLOCK = 0xFFFF


def name_of(document: Node) -> str:
    """Return the name of the archive and of the folder in it."""
    return f"signalwire-video-contract-{document['info']['version']}"


def documents(text: str) -> dict[str, bytes]:
    """Return the document and its plain variant, as YAML and as JSON, by file name."""
    variants = {"openapi.open-enums": text, "openapi.plain": derive_plain(text)}
    parsed = {name: yaml.safe_load(each) for name, each in variants.items()}
    return {
        **{f"{name}.yaml": each.encode() for name, each in variants.items()},
        **{f"{name}.json": _json(each).encode() for name, each in parsed.items()},
    }


def contents(text: str, openapi: Path = OPENAPI, page: bytes | None = None) -> dict[str, bytes]:
    """Return the files of the archive by name; ``text`` is the document as YAML."""
    vectors = sorted((openapi / "vectors").glob("*.json"))
    copied = {
        **{name: openapi / name for name in ("CHANGELOG.md", "VECTORS.md", "vector.schema.json")},
        **{f"vectors/{each.name}": each for each in vectors},
        # An old version is packed with today's promises, guide and clients.
        **{each.name: each for each in (ROOT / "LICENSE", OPENAPI / "PROMISES.md", GUIDE)},
        **{f"consumers/{each.relative_to(CONSUMERS)}": each for each in _sources(CONSUMERS)},
    }
    found = {**documents(text), **{name: _copy(each) for name, each in copied.items()}}
    return found if page is None else {**found, "index.html": page}


def _json(document: Node) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _sources(folder: Path) -> Iterator[Path]:
    found = (each for each in folder.rglob("*") if each.is_file())
    return (each for each in found if "__pycache__" not in each.parts)


def _copy(file: Path) -> bytes:
    """Return a file's bytes; in Markdown, with links that lead to the files of the archive."""
    content = file.read_bytes()
    is_markdown = file.suffix == ".md"
    return re.sub(rb"\.\./(docs|openapi|tests)/", b"", content) if is_markdown else content


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
