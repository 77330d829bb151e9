"""Every edit of the contract gets its grade, and no difference is overlooked."""

import copy

import pytest
from support.edits import EDITS, Document, Edit, properties, schema
from support.servers import CONTRACT

from tools.contract.grading.changes import find_changes
from tools.versioning.grades import Change, Grade, overall

MESSAGES = {
    "the plain type put before the list of an open enum": "anyOf reordered",
    "an enum constant renamed": "renamed to RESPONSIVE_GRID",
    "the names of enum constants dropped": "the constant P720 renamed",
    "two enum constants that change their values": "constant P720 changed from '720p' to '1080p'",
    "a constant added that another enum has": "VideoLayout has a constant LARGE too",
    "a schema renamed": "ActiveSession: schema removed",
    "the body of an error changed": "refers to ErrorList",
    "an operation given a shared required parameter": "id: required parameter added",
    "another server put first": "is now the first",
    "an example of a response renamed": "example documented removed",
    "an open enum closed": "regenerated readers reject new values",
    "the path changed": "path changed from",
}


def edited(edit: Edit, document: Document = CONTRACT.document) -> Document:
    changed = copy.deepcopy(document)
    edit.apply(changed)
    return changed


def changes_of(name: str) -> list[Change]:
    (edit,) = (each for each in EDITS if each.name == name)
    return find_changes(CONTRACT.document, edited(edit))


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_an_edit_gets_its_grade_for_readers_and_for_senders(edit: Edit) -> None:
    changes = find_changes(CONTRACT.document, edited(edit))

    reader, sender = (
        max((getattr(each, side) for each in changes), default=Grade.NONE)
        for side in ("reader", "sender")
    )
    assert (str(overall(changes)), str(reader), str(sender)) == (
        edit.grade,
        edit.reader,
        edit.sender,
    )


@pytest.mark.parametrize(("name", "message"), MESSAGES.items())
def test_a_change_is_explained(name: str, message: str) -> None:
    assert any(message in str(each) for each in changes_of(name))


def test_the_edits_cover_every_grade() -> None:
    assert {each.grade for each in EDITS} == {"none", "patch", "minor", "major"}
    assert {each.reader for each in EDITS} == {each.sender for each in EDITS}


def test_a_change_that_no_rule_covers_is_major() -> None:
    later = copy.deepcopy(CONTRACT.document)
    properties(later)["name"]["x-unknown"] = None

    (change,) = find_changes(CONTRACT.document, later)

    assert (change.where, change.grade) == ("Conference.name", Grade.MAJOR)


def test_a_component_that_no_operation_uses_may_change_and_go() -> None:
    earlier = edited(next(e for e in EDITS if e.name == "components added that nothing uses yet"))
    later = copy.deepcopy(earlier)
    schema(later, "Unused")["type"] = "string"
    assert overall(find_changes(earlier, later)) is Grade.PATCH

    assert overall(find_changes(earlier, CONTRACT.document)) is Grade.PATCH


def test_a_value_added_to_a_server_variable_is_minor() -> None:
    earlier, later = (copy.deepcopy(CONTRACT.document) for _ in range(2))
    earlier["servers"][0]["variables"]["space"]["enum"] = ["example"]
    later["servers"][0]["variables"]["space"]["enum"] = ["example", "sample"]

    assert overall(find_changes(earlier, later)) is Grade.MINOR
    assert overall(find_changes(later, earlier)) is Grade.MAJOR


def test_a_parameter_of_a_path_is_one_of_its_operations() -> None:
    later = copy.deepcopy(CONTRACT.document)
    item = later["paths"]["/api/video/streams/{id}"]
    for method in ("get", "put", "delete"):
        item["parameters"] = item[method].pop("parameters")

    assert find_changes(CONTRACT.document, later) == []


def test_changes_name_the_clients_that_they_break() -> None:
    lines = [str(each) for each in changes_of("an optional parameter made required")]
    assert any("major for clients that send: parameters " in each for each in lines)

    lines = [str(each) for each in changes_of("a required field removed")]
    assert any("major for clients that read: Conference.enable_chat: " in each for each in lines)


def test_the_version_is_not_a_change() -> None:
    later = copy.deepcopy(CONTRACT.document)
    later["info"]["version"] = "9.9.9"

    assert find_changes(CONTRACT.document, later) == []
