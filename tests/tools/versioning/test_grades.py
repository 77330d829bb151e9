"""Versions: the lowest that a change may have."""

import pytest

from tools.versioning.grades import Grade, next_version, parse_version


@pytest.mark.parametrize(
    ("earlier", "later", "grade"),
    [
        ("1.0.0", "1.0.0", Grade.NONE),
        ("1.0.0", "1.0.1", Grade.PATCH),
        ("1.0.9", "1.0.10", Grade.PATCH),
        ("1.0.9", "1.1.0", Grade.MINOR),
        ("1.9.9", "2.0.0", Grade.MAJOR),
        ("1.2.3", "2.3.4", Grade.MAJOR),
        ("1.1.0", "1.0.9", None),
        ("2.0.0", "1.9.9", None),
    ],
)
def test_a_version_is_high_enough_for_the_part_that_was_raised(
    earlier: str, later: str, grade: Grade | None
) -> None:
    least = {each: parse_version(next_version(earlier, each)) for each in Grade}

    enough = [each for each in Grade if parse_version(later) >= least[each]]

    assert enough == [each for each in Grade if grade is not None and each <= grade]


@pytest.mark.parametrize(
    ("grade", "version"),
    [
        (Grade.NONE, "1.2.3"),
        (Grade.PATCH, "1.2.4"),
        (Grade.MINOR, "1.3.0"),
        (Grade.MAJOR, "2.0.0"),
    ],
)
def test_next_version_is_the_lowest_for_the_grade(grade: Grade, version: str) -> None:
    assert next_version("1.2.3", grade) == version


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "1.0.0\n", ""])
def test_other_forms_are_rejected(version: str) -> None:
    with pytest.raises(ValueError, match="MAJOR.MINOR.PATCH"):
        parse_version(version)
