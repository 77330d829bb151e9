"""Check that ``__version__`` was raised as much as the changes of the Python API require."""

import re
import tarfile
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from tools.python_api.changes import find_changes
from tools.versioning.changes import Grade, overall
from tools.versioning.history import History
from tools.versioning.semver import distance, next_version

VERSION_FILE = "src/signalwire_rest/_version.py"


def problems(root: Path, base: str | None = None) -> Iterator[str]:
    """Print the changes, and yield why the version is too low.

    Compare with the commit that first had the current version, and that commit with its parent;
    or with ``base``, which can be any revision.

    Raises:
        UnknownHistoryError: There is not enough history to compare with.
    """
    history = History(root, VERSION_FILE, version_of)
    now = version_of((root / VERSION_FILE).read_text("utf-8")) or ""
    with tempfile.TemporaryDirectory() as scratch:
        for number, (old, new) in enumerate(_pairs(history, now, base)):
            earlier = _extract(history, old, Path(scratch, f"{number}-earlier"))
            later = root
            if new is not None:
                later = _extract(history, new, Path(scratch, f"{number}-later"))
            before = history.at(old).version
            found = find_changes(earlier, later)
            print(f"from {before} ({old[:9]}) to {now}{f' ({new[:9]})' if new else ''}:")
            for change in found:
                print(f"  {change.grade}: {change.where}: {change.what}")
            if not found:
                print("  no changes")
            grade = overall(found)
            # By SemVer, a minor version may break before 1.0.0.
            needed = Grade(max(grade - 1, 1)) if found and before.startswith("0.") else grade
            raised = distance(before, now)
            if raised is None or raised < needed:
                least = next_version(before, needed)
                yield f"{grade} changes: set __version__ to {least} in {VERSION_FILE}"


def version_of(text: str) -> str | None:
    """Return the version in the text of a version file."""
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    return found[1] if found else None


def _extract(history: History, revision: str, folder: Path) -> Path:
    """Write the sources of a revision into a folder, and return it."""
    archive = history.archive(revision, "src", "generated")
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def _pairs(history: History, now: str, base: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield the revisions to compare; None stands for the working tree."""
    if base is not None:
        yield base, None
        return
    first = history.bases(now).first
    if first is None:
        yield "HEAD", None
        return
    if (parent := history.parent(first.revision)) is not None:
        yield parent, first.revision
    yield first.revision, None
