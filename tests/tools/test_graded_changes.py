"""Seeded edits of the contract in a scratch repository: each red, and green with what it asks for.

Needs the tools from npm: ``make test-contract-changes``.
"""

import copy
from pathlib import Path

import pytest
from support.edits import EDITS, Document, Edit, properties
from support.repository import LOG, Repository
from support.servers import CONTRACT

from tools.contract import differ
from tools.contract.changes import Grade
from tools.contract.history import UnknownHistoryError
from tools.contract.verdict import Verdict, judge
from tools.contract.versions import next_version

pytestmark = pytest.mark.apart

BASE: Document = {**CONTRACT.document, "info": {**CONTRACT.document["info"], "version": "1.0.0"}}
FELT = [each for each in EDITS if each.grade != "none"]


@pytest.fixture(autouse=True)
def _each_difference_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is no part of what the differ is asked for, and an edit is judged three times."""
    known: dict[str, list[differ.Found]] = {}
    ask = differ.differences

    def differences(earlier: Document, later: Document) -> list[differ.Found]:
        asked = repr(
            [{**each, "info": {**each["info"], "version": ""}} for each in (earlier, later)]
        )
        if asked not in known:
            known[asked] = ask(earlier, later)
        return known[asked]

    monkeypatch.setattr(differ, "differences", differences)


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


def grades(verdict: Verdict) -> tuple[str, str, str]:
    result = verdict.as_json()
    parts = [each for each in result["comparisons"] if each["grade"] != "none"]
    return (
        result["grade"],
        *((parts[0]["reader"], parts[0]["sender"]) if parts else ("none",) * 2),
    )


@pytest.mark.parametrize("edit", FELT, ids=str)
def test_an_edit_is_red_without_its_version_red_with_too_little_and_green_with_it(
    repository: Repository, edit: Edit
) -> None:
    document, least = edited(edit), next_version("1.0.0", Grade[edit.grade.upper()])
    repository.write(document)
    verdict = judge(repository.root)
    assert grades(verdict) == (edit.grade, edit.reader, edit.sender)
    assert len(verdict.problems) == 1
    assert f"set info.version to {least}" in verdict.problems[0]
    assert f"## {least} - " in verdict.problems[0]

    too_little = {"1.0.1": "1.0.0", "1.1.0": "1.0.1", "2.0.0": "1.1.0"}[least]
    repository.write(document, too_little)
    repository.commit("Edit and version in one commit")
    (problem,) = judge(repository.root).problems
    assert f"a {edit.grade} change" in problem
    assert f"set info.version to {least}" in problem

    repository.git("reset", "--quiet", "--hard", "HEAD^")
    repository.write(document, least)
    repository.commit("Edit and version in one commit")
    verdict = judge(repository.root)
    assert verdict.problems == ()
    assert grades(verdict) == (edit.grade, edit.reader, edit.sender)


@pytest.mark.parametrize("edit", [each for each in EDITS if each.grade == "none"], ids=str)
def test_an_edit_of_nothing_asks_for_nothing(repository: Repository, edit: Edit) -> None:
    file = repository.root / "openapi" / "openapi.yaml"
    repository.write(edited(edit))
    file.write_text(f"# A comment.\n{file.read_text()}\n\n")

    assert judge(repository.root).problems == ()


def test_there_are_thirty_edits_and_harmless_ones_among_them() -> None:
    assert len(EDITS) >= 30
    assert {each.grade for each in EDITS} == {"none", "patch", "minor", "major"}
    assert {each.reader for each in EDITS} == {each.sender for each in EDITS}


def test_an_edit_that_was_committed_under_the_old_version_stays_red(repository: Repository) -> None:
    repository.write(edited(named("an optional field added")))
    repository.commit()
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Something else")

    (problem,) = judge(repository.root).problems

    assert "set info.version to 1.1.0" in problem


def test_an_edit_after_the_commit_of_its_version_is_red(repository: Repository) -> None:
    added = edited(named("an optional field added"))
    repository.write(added, "1.1.0")
    repository.commit()
    repository.write(edited(named("an optional field added to the session"), added), "1.1.0")

    (problem,) = judge(repository.root).problems

    assert "set info.version to 1.2.0" in problem


def test_two_branches_that_give_the_same_version_are_red_once_merged(
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
    assert judge(repository.root).problems == ()
    repository.git("merge", "--quiet", "--no-commit", "--strategy", "ours", "branch")
    repository.write(edited(one, edited(other)), "1.1.0")
    repository.commit()

    (problem,) = judge(repository.root).problems

    assert "set info.version to 1.2.0" in problem


def test_a_version_that_goes_back_is_red(repository: Repository) -> None:
    repository.write(BASE, "0.9.0")

    assert any("goes back from 1.0.0 to 0.9.0" in each for each in judge(repository.root).problems)


def test_a_version_without_an_entry_is_red(repository: Repository) -> None:
    repository.write(edited(named("an optional field added")), "1.1.0", log=LOG)

    (problem,) = judge(repository.root).problems

    assert "CHANGELOG.md: it has no entry of 1.1.0" in problem


def test_a_version_may_move_further_than_it_has_to_and_without_a_change(
    repository: Repository,
) -> None:
    for version in ("1.0.1", "1.1.0", "2.0.0"):
        repository.write(edited(named("a description reworded")), version)
        assert judge(repository.root).problems == ()
        repository.write(BASE, version)
        assert judge(repository.root).problems == ()


def test_any_revision_can_be_compared_with(repository: Repository) -> None:
    start = repository.git("rev-parse", "HEAD")
    document = BASE
    for number, name in enumerate(("an optional field added", "an enum constant renamed"), 1):
        document = edited(named(name), document)
        repository.write(document, f"{number}.5.0" if number == 1 else "2.0.0")
        repository.commit()

    verdict = judge(repository.root, start)

    assert verdict.problems == ()
    assert verdict.as_json()["grade"] == "major"
    with pytest.raises(UnknownHistoryError):
        judge(repository.root, "no-such-branch")


def test_two_changes_are_told_apart_by_whom_they_break(repository: Repository) -> None:
    document = edited(named("an optional parameter made required"))
    properties(document).pop("enable_chat")
    repository.write(document)

    lines = list(judge(repository.root).lines())

    assert any("major for clients that read: Conference.enable_chat: " in each for each in lines)
    assert any("major for clients that send: GET " in each for each in lines)
