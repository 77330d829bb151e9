"""Redocly's strict rules are applied, and a missing Redocly is an error.

Needs the tools from npm: ``make test-tools``.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.edits import Document, operation, parameter, properties, schema

from tools import OPENAPI
from tools.contract import nodejs
from tools.contract.linting.linter import lint

pytestmark = pytest.mark.apart


def example(document: Document, name: str = "documented") -> Document:
    value: Document = document["components"]["examples"][name]["value"]
    return value


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("operation-summary", lambda d: operation(d).pop("summary")),
        ("security-defined", lambda d: d.pop("security")),
        ("no-unused-components", lambda d: d["components"]["headers"].update(A={})),
        ("struct", lambda d: operation(d).update(parameters="none")),
        (
            "no-unresolved-refs",
            lambda d: properties(d).update(meta={"$ref": "#/components/schemas/Nothing"}),
        ),
        ("rule/openapi-3-1", lambda d: d.update(openapi="3.0.3")),
        ("rule/openapi-3-1", lambda d: d.update(openapi="3.2.0")),
        (
            "rule/no-defs",
            lambda d: schema(d, "Conference").update({"$defs": {"A": {"type": "string"}}}),
        ),
        (
            "rule/operation-ids-are-snake-case",
            lambda d: operation(d).update(operationId="getConference"),
        ),
        ("rule/operation-ids-are-snake-case", lambda d: operation(d).pop("operationId")),
        (
            "rule/statuses-are-explicit",
            lambda d: operation(d)["responses"].update(
                {"5XX": {"$ref": "#/components/responses/NotFound"}}
            ),
        ),
        (
            "rule/statuses-are-explicit",
            lambda d: operation(d)["responses"].update(default=operation(d)["responses"]["404"]),
        ),
        ("struct", lambda d: properties(d)["name"].update(nullable=True)),
        (
            "rule/no-nullable-prefix",
            lambda d: d["components"]["schemas"].update(NullableThing={"type": "string"}),
        ),
        (
            "rule/no-schema-titles",
            lambda d: schema(d, "Conference").update(title="VideoConference"),
        ),
        (
            "rule/no-constants",
            lambda d: properties(d, "ErrorMessage")["error"].update(const="Not Found"),
        ),
        (
            "rule/bodies-have-examples",
            lambda d: d["components"]["responses"]["NotFound"]["content"]["application/json"].pop(
                "examples"
            ),
        ),
        (
            "no-unused-components",
            lambda d: d["components"]["requestBodies"]["CreateStream"]["content"][
                "application/json"
            ].update(examples={}),
        ),
        ("rule/schemas-have-no-default", lambda d: parameter(d, 1)["schema"].update(default=False)),
        (
            "rule/schemas-have-no-default",
            lambda d: properties(d, "CreateConferenceRequest")["enable_chat"].update(default=True),
        ),
        (
            "rule/constants-are-in-capitals",
            lambda d: schema(d, "VideoQuality").update({"x-enum-varnames": ["720P", "P1080"]}),
        ),
        ("no-enum-type-mismatch", lambda d: schema(d, "SessionStatus")["enum"].append(None)),
        ("no-enum-type-mismatch", lambda d: schema(d, "FramesPerSecond")["enum"].append("60")),
        ("no-duplicated-enum-values", lambda d: schema(d, "VideoQuality").update(enum=["a", "a"])),
        ("no-invalid-media-type-examples", lambda d: example(d).update(enable_chat="yes")),
        ("no-invalid-media-type-examples", lambda d: example(d).update(join_from="soon")),
        ("no-invalid-media-type-examples", lambda d: example(d).update(id="not a uuid")),
        ("no-invalid-media-type-examples", lambda d: example(d).pop("enable_chat")),
        ("no-invalid-media-type-examples", lambda d: example(d, "not-found").update(error=None)),
        ("no-invalid-media-type-examples", lambda d: example(d).update(enable_chats=True)),
        (
            "no-invalid-media-type-examples",
            lambda d: example(d)["active_session"].update(frames=20),
        ),
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

    assert any(each.endswith(f" [redocly {rule}]") for each in lint(folder))


def test_a_missing_redocly_is_an_error_with_the_make_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodejs, "HOME", tmp_path)

    with pytest.raises(nodejs.MissingToolError, match="Run: make contract-tools"):
        list(lint(OPENAPI))
