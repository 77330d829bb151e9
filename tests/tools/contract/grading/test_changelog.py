"""The change log must begin with an entry for the current version."""

import pytest

from tools.contract.grading.version_check import log_mistakes

LOG = "# Changes\n\n## 1.1.0 - 2026-01-02\n\n- A field.\n\n## 1.0.0 - 2026-01-01\n\n- First.\n"


def test_an_entry_on_top_with_a_change_passes() -> None:
    assert list(log_mistakes(LOG, "1.1.0")) == []


@pytest.mark.parametrize(
    ("log", "version", "message"),
    [
        ("", "1.0.0", "first entry must be that of 1.0.0"),
        (LOG, "1.2.0", "first entry must be that of 1.2.0"),
        (LOG, "1.0.0", "first entry must be that of 1.0.0"),
        (LOG, "1.1.00", "first entry must be"),
        (LOG.replace("2026-01-02", "soon"), "1.1.0", "must have a date"),
        (LOG.replace("- A field.\n", ""), "1.1.0", "is empty"),
    ],
)
def test_an_incomplete_entry_is_found(log: str, version: str, message: str) -> None:
    assert any(message in each for each in log_mistakes(log, version))
