"""Redocly's strict rules are applied, and a missing Redocly is an error.

Needs the tools from npm: ``make test-contract-changes``.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.edits import Document, operation

from tools import OPENAPI
from tools.contract import nodejs
from tools.contract.linting.linter import lint

pytestmark = pytest.mark.apart


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("redocly operation-summary", lambda d: operation(d).pop("summary")),
        ("redocly security-defined", lambda d: d.pop("security")),
        ("redocly no-unused-components", lambda d: d["components"]["headers"].update(A={})),
    ],
)
def test_a_violation_of_a_redocly_rule_is_found(
    tmp_path: Path, rule: str, spoil: Callable[[Document], Any]
) -> None:
    folder = tmp_path / "openapi"
    shutil.copytree(OPENAPI, folder)
    document = yaml.safe_load((OPENAPI / "openapi.yaml").read_text("utf-8"))
    spoil(document)
    (folder / "openapi.yaml").write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")

    assert rule in {each.rule for each in lint(folder)}


def test_a_missing_redocly_is_an_error_with_the_make_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodejs, "HOME", tmp_path)

    with pytest.raises(nodejs.MissingToolError, match="Run: make contract-tools"):
        list(lint(OPENAPI))
