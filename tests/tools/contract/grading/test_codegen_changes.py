"""Changes that Redocly does not report are found, and no difference is overlooked."""

import copy

import pytest
from support.edits import EDITS, Document, Edit, properties, schema
from support.servers import CONTRACT

from tools.contract.grading import codegen_changes, unexplained
from tools.versioning.changes import Grade, overall

UNREPORTED = {
    "the plain type put before the list of an open enum": "anyOf reordered",
    "an enum constant renamed": "renamed to RESPONSIVE_GRID",
    "the names of enum constants dropped": "the constant P720 renamed",
    "two enum constants that change their values": "constant P720 changed from '720p' to '1080p'",
    "a schema renamed": "refers to RoomSession",
    "an enum schema renamed": "refers to Resolution",
    "the body of an error changed": "refers to ErrorList",
}


def edited(edit: Edit) -> Document:
    document = copy.deepcopy(CONTRACT.document)
    edit.apply(document)
    return document


@pytest.mark.parametrize(("name", "message"), UNREPORTED.items())
def test_a_change_in_generated_code_is_major_where_the_edit_says(name: str, message: str) -> None:
    (edit,) = (each for each in EDITS if each.name == name)

    changes = list(codegen_changes.changes(CONTRACT.document, edited(edit)))

    assert any(message in str(each) for each in changes)
    assert max(each.reader for each in changes) == Grade[edit.reader.upper()]
    assert max(each.sender for each in changes) == Grade[edit.sender.upper()]


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_no_edit_is_graded_too_low_even_without_redocly(edit: Edit) -> None:
    later = edited(edit)
    known = list(codegen_changes.changes(CONTRACT.document, later))

    found = [*known, *unexplained.changes(CONTRACT.document, later, known)]

    assert overall(found) >= Grade[edit.grade.upper()]


def test_an_explained_difference_is_not_reported_again() -> None:
    later = copy.deepcopy(CONTRACT.document)
    schema(later, "VideoLayout")["x-enum-varnames"][0] = "RESPONSIVE_GRID"
    properties(later)["name"]["maxLength"] = 100
    known = list(codegen_changes.changes(CONTRACT.document, later))

    (rest,) = unexplained.changes(CONTRACT.document, later, known)

    assert rest.where == "Conference.name"
    assert rest.grade is Grade.MAJOR
    assert "no rule covers" in rest.what


def test_the_version_is_not_a_change() -> None:
    later = copy.deepcopy(CONTRACT.document)
    later["info"]["version"] = "9.9.9"

    assert list(unexplained.changes(CONTRACT.document, later, [])) == []
