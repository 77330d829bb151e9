"""How far a version moved, where it has to move to, and what a change log has to say."""

import pytest

from tools.contract.changes import Grade
from tools.contract.versions import entry_problems, moved, next_version, numbers

LOG = "# Changes\n\n## 1.1.0 - 2026-01-02\n\n- A field.\n\n## 1.0.0 - 2026-01-01\n\n- First.\n"


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
def test_how_far_a_version_moved(earlier: str, later: str, grade: Grade | None) -> None:
    assert moved(earlier, later) == grade


@pytest.mark.parametrize(
    ("grade", "version"),
    [
        (Grade.NONE, "1.2.3"),
        (Grade.PATCH, "1.2.4"),
        (Grade.MINOR, "1.3.0"),
        (Grade.MAJOR, "2.0.0"),
    ],
)
def test_the_least_version_that_a_change_may_have(grade: Grade, version: str) -> None:
    assert next_version("1.2.3", grade) == version
    assert moved("1.2.3", version) == grade


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "1.0.0\n", ""])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match="MAJOR.MINOR.PATCH"):
        numbers(version)


def test_an_entry_on_top_is_enough() -> None:
    assert list(entry_problems(LOG, "1.1.0")) == []


@pytest.mark.parametrize(
    ("log", "version", "said"),
    [
        ("", "1.0.0", "no entry of 1.0.0 on top"),
        (LOG, "1.2.0", "no entry of 1.2.0 on top"),
        (LOG, "1.0.0", "no entry of 1.0.0 on top"),
        (LOG, "1.1.00", "no entry"),
        (LOG.replace("2026-01-02", "soon"), "1.1.0", "write the heading"),
        (LOG.replace("- A field.\n", ""), "1.1.0", "says nothing"),
    ],
)
def test_an_entry_that_is_none_is_found(log: str, version: str, said: str) -> None:
    assert any(said in each for each in entry_problems(log, version))
