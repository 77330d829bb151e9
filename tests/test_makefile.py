"""``make`` shows a short list, and has the targets that pages and workflows name."""

import re
import subprocess

import pytest
from support.distributions import ROOT

CALLED = (
    "demo test lint generate check-generated check-contract-change contract-ci check consumers "
    "bundle bench bench-check fuzz soak release-check"
).split()


def make(*arguments: str) -> str:
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_make_lists_fewer_than_thirty_targets_in_groups() -> None:
    groups = make("help").strip().split("\n\n")
    targets = [line for group in groups for line in group.splitlines()[1:]]
    assert len(groups) > 4
    assert 20 < len(targets) < 30
    assert all(re.match(r"  [a-z-]+  +[A-Z]", line) for line in targets)


@pytest.mark.parametrize("target", CALLED)
def test_make_knows_each_target_that_others_call(target: str) -> None:
    # Without a rule, make is content with a folder of that name.
    assert "Nothing to be done" not in make("--dry-run", target)
