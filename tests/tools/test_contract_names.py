"""What generated code feels and the differ does not see; and that nothing escapes both."""

import copy

import pytest
from support.edits import EDITS, Document, Edit, properties, schema
from support.servers import CONTRACT

from tools.contract import names
from tools.contract.changes import Grade, overall

UNSEEN = {
    "the plain type put before the list of an open enum": "in another order",
    "an enum constant renamed": "renamed to RESPONSIVE_GRID",
    "the names of enum constants dropped": "the constant P720 renamed",
    "two enum constants that change their values": "P720 stands for '1080p'",
    "a schema renamed": "refers to RoomSession",
    "an enum schema renamed": "refers to Resolution",
    "the body of an error changed": "refers to ErrorList",
}


def edited(edit: Edit) -> Document:
    document = copy.deepcopy(CONTRACT.document)
    edit.apply(document)
    return document


@pytest.mark.parametrize(("name", "said"), UNSEEN.items())
def test_a_change_of_names_is_major_for_who_reads(name: str, said: str) -> None:
    (edit,) = (each for each in EDITS if each.name == name)

    changes = list(names.changes(CONTRACT.document, edited(edit)))

    assert any(said in str(each) for each in changes)
    assert {(each.reader, each.sender) for each in changes} == {(Grade.MAJOR, Grade.NONE)}


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_an_edit_that_the_differ_were_silent_on_would_not_be_graded_too_low(edit: Edit) -> None:
    later = edited(edit)
    known = list(names.changes(CONTRACT.document, later))

    found = [*known, *names.unaccounted(CONTRACT.document, later, known)]

    assert overall(found) >= Grade[edit.grade.upper()]


def test_what_is_accounted_for_is_not_reported_twice() -> None:
    later = copy.deepcopy(CONTRACT.document)
    schema(later, "ConferenceLayout")["x-enum-varnames"][0] = "RESPONSIVE_GRID"
    properties(later)["name"]["maxLength"] = 100
    known = list(names.changes(CONTRACT.document, later))

    (rest,) = names.unaccounted(CONTRACT.document, later, known)

    assert rest.where == "Conference.name"
    assert rest.grade is Grade.MAJOR
    assert "no rule knows" in rest.what


def test_the_version_itself_is_no_change() -> None:
    later = copy.deepcopy(CONTRACT.document)
    later["info"]["version"] = "9.9.9"

    assert list(names.unaccounted(CONTRACT.document, later, [])) == []
