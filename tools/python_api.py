"""Grade what changed in the public API of ``signalwire_rest``, as griffe sees it.

Compares with the commit that first carried the present ``__version__``, and that commit with its
parent; ``--base`` with any revision. Before 1.0.0 a minor version may break, as SemVer has it.
Exit codes: 0 passed, 11 the version does not fit the change, 20 too little history to know.
"""

import argparse
import re
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import griffe

from tools.contract.changes import Change, Grade, overall
from tools.contract.history import History, UnknownHistoryError
from tools.contract.versions import moved, next_version

ROOT = Path(__file__).resolve().parents[1]
VERSION_FILE = "src/signalwire_rest/_version.py"


def version_in(text: str) -> str | None:
    """Return the version that a text of the version's file carries."""
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    return found[1] if found else None


def load(tree: Path) -> dict[str, griffe.Module]:
    """Return the public modules of a source tree by path: the package and its resources.

    Nothing is imported.
    """
    loader = griffe.GriffeLoader(
        search_paths=[tree / "src", tree / "generated"], allow_inspection=False
    )
    loader.load("signalwire_rest_wire")
    loader.load("signalwire_rest")
    loader.resolve_aliases(implicit=False, external=False)
    package = loader.modules_collection["signalwire_rest"]
    resources = [package["resources"][folder].modules for folder in ("_sync", "_async")]
    found = [package, *(each for modules in resources for each in modules.values())]
    return {each.path: each for each in found if not each.name.startswith("_")}


def changes(earlier: Path, later: Path) -> list[Change]:
    """Return the changes of the public API between two trees, the worst first."""
    found: list[Change] = []
    olds, news = load(earlier), load(later)
    for path in sorted(olds | news):
        old, new = olds.get(path), news.get(path)
        if old is None or new is None:
            what, grade = ("removed", Grade.MAJOR) if new is None else ("added", Grade.MINOR)
            found.append(Change(path, what, grade))
            continue
        for each in griffe.find_breaking_changes(old, new):
            found.append(Change(each.obj.path, _said(each), Grade.MAJOR, Grade.MAJOR))
        before, after = list(_names(old)), list(_names(new))
        # griffe is content where a name can still be imported; who checks types is not.
        for name in (each for each in before if each.isidentifier() and each not in after):
            found.append(Change(f"{new.path}.{name}", "no longer exported", Grade.MAJOR))
        added = (name for name in after if name not in before)
        found += [Change(f"{new.path}.{name}", "added", Grade.MINOR) for name in added]
    return sorted(dict.fromkeys(found), key=lambda each: (-each.grade, each.where))


def _line(change: Change) -> str:
    return f"{change.grade}: {change.where}: {change.what}"


def _said(breakage: griffe.Breakage) -> str:
    old, new = breakage.old_value, breakage.new_value
    return f"{breakage.kind.value}: {old} → {new}" if new else f"{breakage.kind.value}: {old}"


def _names(module: griffe.Object) -> Iterator[str]:
    """Yield every public name, and every parameter, below a module that says what it exports."""
    own = (n for n, each in module.members.items() if not (n.startswith("_") or each.is_alias))
    exported = module.exports if module.exports is not None else list(own)
    for name in exported:
        member = module.members.get(str(name))
        yield str(name)
        if member is not None:
            yield from _below(member, str(name))


def _below(member: griffe.Object | griffe.Alias, path: str) -> Iterator[str]:
    target = member.final_target if isinstance(member, griffe.Alias) else member
    if isinstance(target, griffe.Function):
        yield from (f"{path}({each.name})" for each in target.parameters)
    elif isinstance(target, griffe.Class):
        for name, inner in target.all_members.items():
            if not name.startswith("_") or name == "__init__":
                yield f"{path}.{name}"
                yield from _below(inner, f"{path}.{name}")


def extract(history: History, revision: str, folder: Path) -> Path:
    """Write the sources at a revision into a folder, and return it."""
    archive = history.archive(revision, "src", "generated")
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def problems(root: Path, base: str | None = None) -> Iterator[str]:
    """Print what changed, and yield why the version did not move by enough.

    Raises:
        UnknownHistoryError: There is no history to compare with, or too little.
    """
    history = History(root, VERSION_FILE, version_in)
    now = version_in((root / VERSION_FILE).read_text("utf-8")) or ""
    with tempfile.TemporaryDirectory() as scratch:
        for number, (old, new) in enumerate(_pairs(history, now, base)):
            earlier = extract(history, old, Path(scratch, f"{number}-earlier"))
            later = root if new is None else extract(history, new, Path(scratch, f"{number}-later"))
            versions = history.at(old).version, now
            found = changes(earlier, later)
            print(f"from {versions[0]} ({old[:9]}) to {now}{f' ({new[:9]})' if new else ''}:")
            for line in map(_line, found):
                print(f"  {line}")
            if not found:
                print("  nothing has changed")
            grade = overall(found)
            needed = Grade(max(grade - 1, 1)) if found and versions[0].startswith("0.") else grade
            distance = moved(*versions)
            if distance is None or distance < needed:
                least = next_version(versions[0], needed)
                yield f"a {grade} change: set __version__ to {least} in {VERSION_FILE}"


def _pairs(history: History, now: str, base: str | None) -> Iterator[tuple[str, str | None]]:
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", help="the revision to compare with")
    try:
        found = list(problems(ROOT, parser.parse_args().base or None))
    except UnknownHistoryError as error:
        print(error, file=sys.stderr)
        return 20
    print(*found, sep="\n", end="\n" if found else "")
    return 11 if found else 0


if __name__ == "__main__":
    sys.exit(main())
