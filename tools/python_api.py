"""Grade the changes of the public API of ``signalwire_rest``: ``python -m tools.python_api``.

Exit codes: 0 passed, 11 the version does not fit the change, 20 there is not enough history.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import griffe

from tools import ROOT
from tools.versioning.grades import Change, Grade, next_version, overall, parse_version, ranked
from tools.versioning.history import History, State, UnknownHistoryError

VERSION_FILE = "src/signalwire_rest/_version.py"


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.python_api", description=__doc__)
    parser.add_argument("--base", help="the revision to compare with")
    try:
        found = list(problems(ROOT, parser.parse_args().base or None))
    except UnknownHistoryError as error:
        print(error, file=sys.stderr)
        return 20
    print(*found, sep="\n", end="\n" if found else "")
    return 11 if found else 0


def problems(root: Path, base: str | None = None) -> Iterator[str]:
    """Print the changes, and yield why the version is too low.

    Compare with the commit that first had the current version, and that commit with its parent;
    or with ``base``, which can be any revision.

    Raises:
        UnknownHistoryError: There is not enough history to compare with.
    """
    history = History(root, VERSION_FILE, _version_of)
    text = (root / VERSION_FILE).read_text("utf-8")
    for old, new in history.pairs(State("", _version_of(text), text), base):
        with ExitStack() as stack:
            earlier, later = (
                stack.enter_context(history.extracted(each.revision, "src", "generated"))
                if each.revision
                else root
                for each in (old, new)
            )
            found = find_changes(earlier, later)
        print(f"from {old} to {new}:")
        for change in found:
            print(f"  {change.grade}: {change.where}: {change.what}")
        if not found:
            print("  no changes")
        grade = overall(found)
        # By SemVer, a minor version may break before 1.0.0.
        needed = Grade(max(grade - 1, 1)) if found and old.version.startswith("0.") else grade
        least = next_version(old.version, needed)
        if parse_version(new.version) < parse_version(least):
            yield f"{grade} changes: set __version__ to {least} in {VERSION_FILE}"


def _version_of(text: str) -> str:
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError(f"{VERSION_FILE} must set __version__")
    return found[1]


def find_changes(earlier: Path, later: Path) -> list[Change]:
    """Return the changes of the public API between two source trees, the highest grade first."""
    found: list[Change] = []
    olds, news = _load(earlier), _load(later)
    for path in sorted(olds | news):
        old, new = olds.get(path), news.get(path)
        if old is None or new is None:
            what, grade = ("removed", Grade.MAJOR) if new is None else ("added", Grade.MINOR)
            found.append(Change(path, what, grade))
            continue
        for each in griffe.find_breaking_changes(old, new):
            found.append(Change(each.obj.path, _describe(each), Grade.MAJOR, Grade.MAJOR))
        before, after = dict(_names(old)), dict(_names(new))
        # griffe accepts a name that can still be imported; type checkers require the export.
        for name in (each for each in before if each.isidentifier() and each not in after):
            found.append(Change(f"{new.path}.{name}", "no longer exported", Grade.MAJOR))
        for name, type_ in after.items():
            where = f"{new.path}.{name}"
            if name not in before:
                # Calls without a new required keyword fail.
                required = type_.startswith("Required[") and name.rpartition(".")[0] in before
                found.append(Change(where, "added", Grade.MAJOR if required else Grade.MINOR))
            elif before[name] != type_:
                found.append(Change(where, f"{before[name]} → {type_}", Grade.MAJOR))
    return ranked(found)


def _load(tree: Path) -> dict[str, griffe.Module]:
    """Return the public modules of a source tree by path, without importing anything.

    They are those of ``signalwire_rest``, resources included, and the generated models.
    """
    loader = griffe.GriffeLoader(
        search_paths=[tree / "src", tree / "generated"], allow_inspection=False
    )
    loader.load("signalwire_rest_wire")
    loader.load("signalwire_rest")
    loader.resolve_aliases(implicit=False, external=False)
    models: griffe.Module = loader.modules_collection["signalwire_rest_wire.models"]
    found = [models, *_public(loader.modules_collection["signalwire_rest"])]
    return {each.path: each for each in found}


def _public(module: griffe.Module) -> Iterator[griffe.Module]:
    """Yield a module and the public modules in it; the folders of resources count as public."""
    yield module
    for each in module.modules.values():
        if not each.name.startswith("_") or each.name in ("_sync", "_async"):
            yield from _public(each)


def _describe(breakage: griffe.Breakage) -> str:
    old, new = breakage.old_value, breakage.new_value
    return f"{breakage.kind.value}: {old} → {new}" if new else f"{breakage.kind.value}: {old}"


def _names(module: griffe.Object) -> Iterator[tuple[str, str]]:
    """Yield every public name and parameter of a module, and the types of attributes."""
    own = (n for n, each in module.members.items() if not (n.startswith("_") or each.is_alias))
    exported = module.exports if module.exports is not None else list(own)
    for name in exported:
        member = module.members.get(str(name))
        yield from [(str(name), "")] if member is None else _members(member, str(name))


def _members(member: griffe.Object | griffe.Alias, path: str) -> Iterator[tuple[str, str]]:
    target = member.final_target if isinstance(member, griffe.Alias) else member
    yield path, str(target.annotation or "") if isinstance(target, griffe.Attribute) else ""
    if isinstance(target, griffe.Function):
        yield from ((f"{path}({each.name})", "") for each in target.parameters)
    elif isinstance(target, griffe.Class):
        for name, inner in target.all_members.items():
            if not name.startswith("_") or name == "__init__":
                yield from _members(inner, f"{path}.{name}")


if __name__ == "__main__":
    sys.exit(main())
