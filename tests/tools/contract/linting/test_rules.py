"""Every lint rule finds a violation, and the contract has none."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from support.edits import Document, operation, properties, rename_schema, schema

from tools import OPENAPI
from tools.contract.document import parse
from tools.contract.linting.linter import RULES, lint_document

CONTRACT = parse((OPENAPI / "openapi.yaml").read_text("utf-8"))
QUALITY = {"$ref": "#/components/schemas/VideoQuality"}

Edit = Callable[[Document], Any]

VIOLATIONS: list[tuple[str, Edit]] = [
    ("local-references", lambda d: properties(d)["meta"].update({"$ref": "meta.yaml#/Meta"})),
    (
        "local-references",
        lambda d: properties(d).update(meta={"$ref": "#/components/schemas/Nothing"}),
    ),
    ("no-boolean-schemas", lambda d: properties(d).update(meta=True)),
    (
        "nullable-types-are-consistent",
        lambda d: properties(d)["name"].update(type=["null", "string"]),
    ),
    (
        "nullable-types-are-consistent",
        lambda d: properties(d)["meta"].update(type=["object", "null"]),
    ),
    (
        "nullable-types-are-consistent",
        lambda d: properties(d)["name"].update(anyOf=[{"type": "string"}, {"type": "null"}]),
    ),
    ("nullable-types-are-consistent", lambda d: properties(d)["meta"]["anyOf"].reverse()),
    (
        "objects-are-components",
        lambda d: properties(d).update(room={"type": "object", "properties": {}}),
    ),
    ("objects-are-components", lambda d: schema(d, "ConferenceMeta").pop("additionalProperties")),
    ("objects-are-open", lambda d: schema(d, "Conference").update(additionalProperties=False)),
    ("objects-are-open", lambda d: schema(d, "Conference").update(unevaluatedProperties=False)),
    (
        "objects-are-open",
        lambda d: schema(d, "ConferenceMeta").update(additionalProperties={"type": "string"}),
    ),
    (
        "errors-are-components",
        lambda d: operation(d)["responses"].update({"404": {"description": "Not found."}}),
    ),
    (
        "references-have-no-siblings",
        lambda d: properties(d).update(room={**QUALITY, "description": "Ignored."}),
    ),
    (
        "property-names-are-distinct",
        lambda d: properties(d).update(joinFrom={"type": "string", "description": "Twice."}),
    ),
    (
        "enums-are-components",
        lambda d: properties(d).update(mood={"type": "string", "enum": ["up", "down"]}),
    ),
    ("enums-have-constant-names", lambda d: schema(d, "VideoQuality").pop("x-enum-varnames")),
    ("enums-have-constant-names", lambda d: schema(d, "VideoQuality")["x-enum-varnames"].pop()),
    (
        "enums-have-constant-names",
        lambda d: schema(d, "VideoQuality").update({"x-enum-varnames": ["P720", "P720"]}),
    ),
    (
        "enum-names-are-not-derived",
        lambda d: rename_schema(d, "ConferenceCapacity", "ConferenceSize"),
    ),
    (
        "enum-names-are-not-derived",
        lambda d: rename_schema(d, "SessionStatus", "ActiveSessionStatus"),
    ),
    (
        "enum-values-share-one-type",
        lambda d: schema(d, "SessionStatus").update(type=["string", "null"]),
    ),
    ("enums-are-open", lambda d: properties(d).update(quality=QUALITY)),
    ("enums-are-open", lambda d: properties(d)["quality"]["anyOf"].pop()),
    ("enums-are-open", lambda d: properties(d)["quality"]["anyOf"].reverse()),
    (
        "enums-are-open",
        lambda d: properties(d)["quality"].update(oneOf=properties(d)["quality"].pop("anyOf")),
    ),
]


def edited(edit: Edit) -> Document:
    document = copy.deepcopy(CONTRACT)
    edit(document)
    return document


def test_the_contract_has_no_violations() -> None:
    assert list(lint_document(CONTRACT, OPENAPI)) == []


@pytest.mark.parametrize(
    ("rule", "edit"), VIOLATIONS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(VIOLATIONS)]
)
def test_each_rule_finds_its_violation(rule: str, edit: Edit) -> None:
    assert list(RULES[rule](edited(edit)))


def test_every_rule_is_tested() -> None:
    assert {rule for rule, _ in VIOLATIONS} == set(RULES)
