"""Mistakes in the examples are found, and so are schemas that accept wrong values."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from support.edits import Document, properties

from tools import OPENAPI
from tools.contract.document import parse
from tools.contract.linting import examples
from tools.contract.vectors import checker

CONTRACT = parse((OPENAPI / "openapi.yaml").read_text("utf-8"))


def example(document: Document, name: str = "documented") -> Document:
    value: Document = document["components"]["examples"][name]["value"]
    return value


@pytest.mark.parametrize(
    ("rule", "edit"),
    [
        ("examples-match-their-schema", lambda d: example(d).update(enable_chat="yes")),
        ("examples-match-their-schema", lambda d: example(d).update(join_from="soon")),
        ("examples-match-their-schema", lambda d: example(d).update(id="not a uuid")),
        ("examples-match-their-schema", lambda d: example(d).pop("enable_chat")),
        ("examples-match-their-schema", lambda d: example(d, "not-found").update(error=None)),
        ("examples-are-documented", lambda d: example(d).update(enable_chats=True)),
        (
            "examples-are-documented",
            lambda d: example(d)["active_session"].update(frames=20),
        ),
        ("schemas-reject-mutated-examples", lambda d: properties(d)["name"].pop("type")),
        ("schemas-reject-mutated-examples", lambda d: properties(d)["meta"].pop("anyOf")),
        (
            "example-ids-are-unique",
            lambda d: example(d).update(id=example(d, "all-null")["id"]),
        ),
    ],
)
def test_a_mistake_is_found(rule: str, edit: Callable[[Document], Any]) -> None:
    document = copy.deepcopy(CONTRACT)
    edit(document)

    unknown = checker.unknown_properties(checker.load(OPENAPI))
    found = examples.violations(document, unknown)

    assert rule in {each.rule for each in found}
