"""The earlier states that a version is compared with, in a scratch git repository."""

from pathlib import Path

import pytest
from support.edits import Document
from support.repository import Repository

from tools.contract.document import CONTRACT, version_of
from tools.versioning.history import History, State, UnknownHistoryError

SMALL: Document = {"openapi": "3.1.1", "info": {"title": "Small"}, "paths": {}}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "scratch")


def commit(repository: Repository, version: str, title: str = "Small") -> str:
    repository.write({**SMALL, "info": {"title": title}}, version)
    return repository.commit()


def pairs(root: Path, version: str) -> list[tuple[str, str]]:
    """Return the revisions to compare; an empty one is the working tree."""
    found = History(root, CONTRACT, version_of).pairs(State("", version, ""))
    return [(earlier.revision, later.revision) for earlier, later in found]


def test_the_first_commit_of_a_version_is_compared_with_both_neighbours(
    repository: Repository,
) -> None:
    commit(repository, "1.0.0", "a")
    last_of_old = commit(repository, "1.0.0", "b")
    first_of_new = commit(repository, "1.1.0", "c")
    commit(repository, "1.1.0", "d")

    assert pairs(repository.root, "1.1.0") == [(last_of_old, first_of_new), (first_of_new, "")]


def test_an_uncommitted_version_is_compared_with_the_last_commit(
    repository: Repository,
) -> None:
    last = commit(repository, "1.0.0")

    assert pairs(repository.root, "1.1.0") == [(last, "")]


def test_the_first_version_has_nothing_before_it(repository: Repository) -> None:
    first = commit(repository, "1.0.0")
    commit(repository, "1.0.0", "b")

    assert pairs(repository.root, "1.0.0") == [(first, "")]


def test_a_reused_version_is_compared_with_its_first_commit(
    repository: Repository,
) -> None:
    before = commit(repository, "1.0.0")
    first = commit(repository, "1.1.0", "a")
    commit(repository, "1.0.0")
    commit(repository, "1.1.0", "b")

    assert pairs(repository.root, "1.1.0") == [(before, first), (first, "")]


def test_unreadable_states_are_skipped(repository: Repository) -> None:
    before = commit(repository, "1.0.0")
    (repository.root / CONTRACT).write_text("openapi: [")
    repository.commit()
    first = commit(repository, "1.1.0")

    assert pairs(repository.root, "1.1.0") == [(before, first), (first, "")]


def test_a_shallow_clone_is_an_error_with_the_git_command(
    repository: Repository, tmp_path: Path
) -> None:
    commit(repository, "1.0.0")
    first = commit(repository, "1.1.0")
    commit(repository, "1.1.0", "b")
    clones = {depth: tmp_path / f"depth-{depth}" for depth in (1, 2, 3)}
    for depth, clone in clones.items():
        source = repository.root.as_uri()
        repository.git("clone", "--quiet", "--depth", str(depth), source, str(clone))

    for depth in (1, 2):
        with pytest.raises(UnknownHistoryError, match="git fetch --unshallow"):
            pairs(clones[depth], "1.1.0")
    assert [later for _, later in pairs(clones[3], "1.1.0")] == [first, ""]


def test_missing_history_is_an_error(tmp_path: Path) -> None:
    empty = Repository(tmp_path / "empty")

    with pytest.raises(UnknownHistoryError, match="no git history"):
        History(empty.root, CONTRACT, version_of)


def test_an_unknown_revision_is_an_error(repository: Repository) -> None:
    commit(repository, "1.0.0")
    history = History(repository.root, CONTRACT, version_of)

    assert history.at("HEAD").version == "1.0.0"
    with pytest.raises(UnknownHistoryError, match="unknown revision no-such-branch"):
        history.at("no-such-branch")


def test_a_merge_counts_as_the_first_commit_of_its_version(repository: Repository) -> None:
    before = commit(repository, "1.0.0")
    repository.git("switch", "--quiet", "--create", "branch")
    commit(repository, "1.1.0", "a")
    commit(repository, "1.1.0", "b")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "branch")
    merge = repository.git("rev-parse", "HEAD")

    assert pairs(repository.root, "1.1.0") == [(before, merge), (merge, "")]


def test_a_release_is_the_last_revision_with_its_version(repository: Repository) -> None:
    commit(repository, "1.0.0", "a")
    commit(repository, "1.0.0", "b")
    (repository.root / "vector.json").write_text("{}", "utf-8")
    last_of_old = repository.commit()
    commit(repository, "1.1.0", "c")
    head = repository.commit("Change nothing")

    releases = History(repository.root, CONTRACT, version_of).releases()

    assert {
        version: repository.git("rev-parse", revision) for version, revision in releases.items()
    } == {"1.1.0": head, "1.0.0": last_of_old}
    assert list(releases) == ["1.1.0", "1.0.0"]
