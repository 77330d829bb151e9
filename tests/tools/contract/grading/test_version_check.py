"""Edits of the contract in a scratch repository: each requires the version of its grade."""

import copy
from pathlib import Path
from typing import Any

import pytest
from support.edits import EDITS, Document, Edit
from support.repository import LOG, Repository
from support.servers import CONTRACT

from tools.contract.grading.version_check import check_version
from tools.versioning.history import UnknownHistoryError

pytestmark = pytest.mark.apart

BASE: Document = {**CONTRACT.document, "info": {**CONTRACT.document["info"], "version": "1.0.0"}}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    scratch = Repository(tmp_path / "scratch")
    scratch.write(BASE)
    scratch.commit()
    return scratch


def edited(edit: Edit, document: Document = BASE) -> Document:
    changed = copy.deepcopy(document)
    edit.apply(changed)
    return changed


def named(name: str) -> Edit:
    (found,) = (each for each in EDITS if each.name == name)
    return found


def check(repository: Repository, base: str | None = None) -> dict[str, Any]:
    result, _ = check_version(repository.root, base)
    return result


def grades(result: dict[str, Any]) -> tuple[str, str, str]:
    parts = [each for each in result["comparisons"] if each["grade"] != "none"]
    return (
        result["grade"],
        *((parts[0]["reader"], parts[0]["sender"]) if parts else ("none",) * 2),
    )


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("a description reworded", "1.0.1"),
        ("an optional field added", "1.1.0"),
        ("a required field removed", "2.0.0"),
    ],
)
def test_an_edit_passes_only_with_the_version_of_its_grade(
    repository: Repository, name: str, least: str
) -> None:
    edit = named(name)
    document = edited(edit)
    repository.write(document)
    result = check(repository)
    assert grades(result) == (edit.grade, edit.reader, edit.sender)
    assert len(result["problems"]) == 1
    assert f"set info.version to {least}" in result["problems"][0]
    assert f"## {least} - " in result["problems"][0]

    too_low = {"1.0.1": "1.0.0", "1.1.0": "1.0.1", "2.0.0": "1.1.0"}[least]
    repository.write(document, too_low)
    repository.commit("Edit and version in one commit")
    (problem,) = check(repository)["problems"]
    assert f"{edit.grade} changes" in problem
    assert f"set info.version to {least}" in problem

    repository.git("reset", "--quiet", "--hard", "HEAD^")
    repository.write(document, least)
    repository.commit("Edit and version in one commit")
    result = check(repository)
    assert result["problems"] == []
    assert grades(result) == (edit.grade, edit.reader, edit.sender)


def test_a_comment_and_white_space_require_no_version(repository: Repository) -> None:
    file = repository.root / "openapi" / "openapi.yaml"
    file.write_text(f"# A comment.\n{file.read_text()}\n\n")

    assert check(repository)["problems"] == []


def test_an_edit_committed_under_the_old_version_keeps_failing(repository: Repository) -> None:
    repository.write(edited(named("an optional field added")))
    repository.commit()
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Something else")

    (problem,) = check(repository)["problems"]

    assert "set info.version to 1.1.0" in problem


def test_an_edit_after_the_commit_of_its_version_fails(repository: Repository) -> None:
    added = edited(named("an optional field added"))
    repository.write(added, "1.1.0")
    repository.commit()
    repository.write(edited(named("an optional field added to the session"), added), "1.1.0")

    (problem,) = check(repository)["problems"]

    assert "set info.version to 1.2.0" in problem


def test_two_merged_branches_with_the_same_version_fail(
    repository: Repository,
) -> None:
    one, other = (
        named("an optional field added"),
        named("an optional field added to the session"),
    )
    repository.git("switch", "--quiet", "--create", "branch")
    repository.write(edited(one), "1.1.0")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.write(edited(other), "1.1.0")
    repository.commit()
    assert check(repository)["problems"] == []
    repository.git("merge", "--quiet", "--no-commit", "--strategy", "ours", "branch")
    repository.write(edited(one, edited(other)), "1.1.0")
    repository.commit()

    (problem,) = check(repository)["problems"]

    assert "set info.version to 1.2.0" in problem


def test_a_lowered_version_fails(repository: Repository) -> None:
    repository.write(BASE, "0.9.0")

    assert any("lowered from 1.0.0 to 0.9.0" in each for each in check(repository)["problems"])


def test_a_version_without_a_change_log_entry_fails(repository: Repository) -> None:
    repository.write(edited(named("an optional field added")), "1.1.0", log=LOG)

    (problem,) = check(repository)["problems"]

    assert "CHANGELOG.md: the first entry must be that of 1.1.0" in problem


def test_a_version_may_be_raised_further_and_without_a_change(
    repository: Repository,
) -> None:
    for version in ("1.0.1", "1.1.0", "2.0.0"):
        repository.write(edited(named("a description reworded")), version)
        assert check(repository)["problems"] == []
        repository.write(BASE, version)
        assert check(repository)["problems"] == []


def test_any_revision_can_be_the_base(repository: Repository) -> None:
    start = repository.git("rev-parse", "HEAD")
    document = BASE
    for number, name in enumerate(("an optional field added", "an enum constant renamed"), 1):
        document = edited(named(name), document)
        repository.write(document, f"{number}.5.0" if number == 1 else "2.0.0")
        repository.commit()

    result = check(repository, start)

    assert result["problems"] == []
    assert result["grade"] == "major"
    with pytest.raises(UnknownHistoryError):
        check(repository, "no-such-branch")
