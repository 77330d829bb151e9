"""Find the changes of the public API of ``signalwire_rest``, with griffe."""

from collections.abc import Iterator
from pathlib import Path

import griffe

from tools.versioning.changes import Change, Grade, ranked


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
        before, after = list(_names(old)), list(_names(new))
        # griffe accepts a name that can still be imported; type checkers require the export.
        for name in (each for each in before if each.isidentifier() and each not in after):
            found.append(Change(f"{new.path}.{name}", "no longer exported", Grade.MAJOR))
        added = (name for name in after if name not in before)
        found += [Change(f"{new.path}.{name}", "added", Grade.MINOR) for name in added]
    return ranked(found)


def _load(tree: Path) -> dict[str, griffe.Module]:
    """Return the public modules of a source tree by path, without importing anything.

    They are the package, and the modules of the resources.
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


def _describe(breakage: griffe.Breakage) -> str:
    old, new = breakage.old_value, breakage.new_value
    return f"{breakage.kind.value}: {old} → {new}" if new else f"{breakage.kind.value}: {old}"


def _names(module: griffe.Object) -> Iterator[str]:
    """Yield every public name and parameter of a module."""
    own = (n for n, each in module.members.items() if not (n.startswith("_") or each.is_alias))
    exported = module.exports if module.exports is not None else list(own)
    for name in exported:
        member = module.members.get(str(name))
        yield str(name)
        if member is not None:
            yield from _members(member, str(name))


def _members(member: griffe.Object | griffe.Alias, path: str) -> Iterator[str]:
    target = member.final_target if isinstance(member, griffe.Alias) else member
    if isinstance(target, griffe.Function):
        yield from (f"{path}({each.name})" for each in target.parameters)
    elif isinstance(target, griffe.Class):
        for name, inner in target.all_members.items():
            if not name.startswith("_") or name == "__init__":
                yield f"{path}.{name}"
                yield from _members(inner, f"{path}.{name}")
