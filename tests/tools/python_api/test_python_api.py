"""``make check-api-change`` grades the changes of the public API and of the generated models."""

import re
import shutil
from pathlib import Path

import pytest
from support.repository import Repository

from tools import ROOT
from tools.python_api import VERSION_FILE, find_changes, problems
from tools.versioning.history import UnknownHistoryError

pytestmark = pytest.mark.apart

REST = "src/signalwire_rest"
CONFERENCES = f"{REST}/resources/_sync/conferences.py"
WIRE = "generated/signalwire_rest_wire/models"

# File, pattern, replacement, and what the reported change contains.
BREAKING = {
    "an export removed": (f"{REST}/__init__.py", r'    "RequestOptions",\n', "", "RequestOptions"),
    "an argument removed": (
        CONFERENCES,
        r"include_active_session: bool \| None = None",
        "with_session: bool | None = None",
        "include_active_session",
    ),
    "an argument made required": (
        CONFERENCES,
        r"include_active_session: bool \| None = None",
        "include_active_session: bool | None",
        "include_active_session",
    ),
    "an error with another base class": (
        f"{REST}/_errors.py",
        r"SignalWireRestTimeoutError\(SignalWireRestTransportError\)",
        "SignalWireRestTimeoutError(Exception)",
        "SignalWireRestTimeoutError",
    ),
    "a field of a model removed": (
        f"{WIRE}/conference.py",
        r"    enable_chat: bool\n",
        "",
        "enable_chat",
    ),
    "a keyword of a body removed": (
        f"{WIRE}/__init__.py",
        r"    user_join_video_off: bool \| None\n",
        "",
        "UpdateConferenceRequestDict.user_join_video_off",
    ),
    "a required keyword of a body added": (
        f"{WIRE}/__init__.py",
        r"(    display_name: Required\[str\]\n)",
        r"\1    topic: Required[str]\n",
        "CreateConferenceRequestDict.topic",
    ),
    "a keyword of a body made required": (
        f"{WIRE}/__init__.py",
        r"(    display_name): str \| None\n",
        r"\1: Required[str]\n",
        "UpdateConferenceRequestDict.display_name",
    ),
    "a field of a model that only a list returns with another type": (
        f"{WIRE}/stream.py",
        r"    width: int \| None\n",
        "    width: str | None\n",
        "Stream.width",
    ),
    "a class of a resource made private": (
        f"{REST}/resources/_async/video.py",
        r"class AsyncVideo",
        "class _AsyncVideo",
        "AsyncVideo",
    ),
    "a constant renamed": (f"{WIRE}/video_quality.py", r"P720 =", "HD =", "P720"),
}
HARMLESS = {
    "nothing": (f"{REST}/_errors.py", r"\A", "# A comment.\n", None),
    "a private name": (f"{REST}/_errors.py", r"_MESSAGE_MAX", "_MESSAGE_LONGEST", None),
    "a docstring": (CONFERENCES, r'"""Video conferences, ', '"""Conferences, ', None),
}
ADDING = {
    "a keyword of a body": (
        f"{WIRE}/__init__.py",
        r"(    display_name: str \| None\n)",
        r"\1    topic: str | None\n",
        "UpdateConferenceRequestDict.topic",
    ),
    "a method": (
        CONFERENCES,
        r"class Conferences\(Resource\):\n",
        "class Conferences(Resource):\n    def copy(self) -> None: ...\n\n",
        "Conferences.copy",
    ),
    "an optional argument": (
        CONFERENCES,
        r"include_active_session: bool \| None = None,",
        "include_active_session: bool | None = None, more: bool = False,",
        "Conferences.get(more)",
    ),
    "a body with a required keyword": (
        f"{WIRE}/__init__.py",
        r'(class CreateStreamRequestDict[\s\S]*)(    "SECRETS")',
        r'class NewDict(TypedDict):\n    topic: Required[str]\n\n\n\1    "NewDict",\n\2',
        "NewDict",
    ),
    "a constant": (
        f"{WIRE}/video_quality.py",
        r"(    P720 =)",
        r'    P2160 = "2160p"\n\1',
        "P2160",
    ),
}


def tree(folder: Path, edit: tuple[str, str, str, str | None] | None = None) -> Path:
    for part in ("src", "generated"):
        shutil.copytree(ROOT / part, folder / part)
    if edit is not None:
        file = folder / edit[0]
        text = file.read_text("utf-8")
        changed = re.sub(edit[1], edit[2], text)
        assert changed != text, "the pattern matches nothing"
        file.write_text(changed, "utf-8")
    return folder


@pytest.mark.parametrize("name", BREAKING)
def test_a_breaking_change_is_major(tmp_path: Path, name: str) -> None:
    found = find_changes(ROOT, tree(tmp_path / "later", BREAKING[name]))

    assert any(str(BREAKING[name][3]) in str(each) for each in found if str(each.grade) == "major")


@pytest.mark.parametrize("name", ADDING)
def test_an_addition_is_minor(tmp_path: Path, name: str) -> None:
    found = find_changes(ROOT, tree(tmp_path / "later", ADDING[name]))

    assert {str(each.grade) for each in found} == {"minor"}
    assert any(str(ADDING[name][3]) in each.where for each in found)


@pytest.mark.parametrize("name", HARMLESS)
def test_a_private_edit_is_not_a_change(tmp_path: Path, name: str) -> None:
    assert find_changes(ROOT, tree(tmp_path / "later", HARMLESS[name])) == []


def repository_with_version(folder: Path, version: str) -> Repository:
    repository = Repository(folder)
    tree(repository.root)
    set_version(repository, version)
    repository.commit()
    return repository


def set_version(repository: Repository, version: str) -> None:
    (repository.root / VERSION_FILE).write_text(f'__version__ = "{version}"\n')


@pytest.mark.parametrize(
    ("version", "edit", "enough"),
    [
        ("0.3.1", BREAKING["a constant renamed"], "0.4.0"),
        ("0.3.1", ADDING["a constant"], "0.3.2"),
        ("1.3.1", BREAKING["a constant renamed"], "2.0.0"),
        ("1.3.1", ADDING["a constant"], "1.4.0"),
    ],
)
def test_the_version_must_be_raised_as_much_as_the_grade(
    tmp_path: Path, version: str, edit: tuple[str, str, str, str], enough: str
) -> None:
    repository = repository_with_version(tmp_path / "scratch", version)
    assert list(problems(repository.root)) == []
    file = repository.root / edit[0]
    file.write_text(re.sub(edit[1], edit[2], file.read_text("utf-8")), "utf-8")
    (problem,) = problems(repository.root)
    assert f"set __version__ to {enough}" in problem

    set_version(repository, enough)
    assert list(problems(repository.root)) == []
    repository.commit("Edit and version in one commit")
    assert list(problems(repository.root)) == []


def test_a_version_too_low_in_the_commit_of_the_edit_is_found(tmp_path: Path) -> None:
    repository = repository_with_version(tmp_path / "scratch", "1.3.1")
    edit = BREAKING["a constant renamed"]
    file = repository.root / edit[0]
    file.write_text(re.sub(edit[1], edit[2], file.read_text("utf-8")), "utf-8")
    set_version(repository, "1.4.0")
    repository.commit()

    (problem,) = problems(repository.root)

    assert "set __version__ to 2.0.0" in problem
    assert list(problems(repository.root, "HEAD^")) == [problem]
    with pytest.raises(UnknownHistoryError, match="unknown revision no-such-branch"):
        list(problems(repository.root, "no-such-branch"))
