"""Every rule of the contract's lint finds the mistake that it is there for."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.edits import Document, operation, properties, schema

from tools.contract import enums, idioms, instances, vectors
from tools.contract.document import UnreadableError, parse
from tools.contract.lint import lint_document
from tools.contract.problems import broken

OPENAPI = Path(__file__).resolve().parents[2] / "openapi"
TEXT = (OPENAPI / "openapi.yaml").read_text("utf-8")
CONTRACT = parse(TEXT)
VERSION = f"  version: {CONTRACT['info']['version']}\n"
RULES = {**idioms.RULES, **enums.RULES}
VECTORS = vectors.load(OPENAPI)
CHECKER = vectors.Checker(CONTRACT, json.loads((OPENAPI / "vector.schema.json").read_text()))
QUALITY = {"$ref": "#/components/schemas/VideoQuality"}

Spoil = Callable[[Document], Any]

VIOLATIONS: list[tuple[str, Spoil]] = [
    ("openapi-3-1", lambda d: d.update(openapi="3.0.3")),
    ("openapi-3-1", lambda d: d.update(openapi="3.2.0")),
    ("one-file", lambda d: properties(d)["meta"].update({"$ref": "meta.yaml#/Meta"})),
    ("one-file", lambda d: properties(d).update(meta={"$ref": "#/components/schemas/Nothing"})),
    ("one-file", lambda d: schema(d, "Conference").update({"$defs": {"A": {"type": "string"}}})),
    ("no-boolean-schema", lambda d: properties(d).update(meta=True)),
    (
        "names-of-operations-are-in-snake-case",
        lambda d: operation(d).update(operationId="getConference"),
    ),
    ("names-of-operations-are-in-snake-case", lambda d: operation(d).pop("operationId")),
    (
        "every-status-stands-for-itself",
        lambda d: operation(d)["responses"].update({"5XX": {"$ref": "#/components/responses/X"}}),
    ),
    (
        "every-status-stands-for-itself",
        lambda d: operation(d)["responses"].update(default=operation(d)["responses"]["404"]),
    ),
    ("nulls-are-marked-alike", lambda d: properties(d)["name"].update(nullable=True)),
    ("nulls-are-marked-alike", lambda d: properties(d)["name"].update(type=["null", "string"])),
    ("nulls-are-marked-alike", lambda d: properties(d)["meta"].update(type=["object", "null"])),
    (
        "nulls-are-marked-alike",
        lambda d: properties(d)["name"].update(anyOf=[{"type": "string"}, {"type": "null"}]),
    ),
    ("nulls-are-marked-alike", lambda d: properties(d)["meta"]["anyOf"].reverse()),
    (
        "no-schema-called-nullable",
        lambda d: d["components"]["schemas"].update(NullableThing={"type": "string"}),
    ),
    ("schemas-have-no-title", lambda d: schema(d, "Conference").update(title="VideoConference")),
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
        "errors-are-shared",
        lambda d: operation(d)["responses"].update({"404": {"description": "Not found."}}),
    ),
    (
        "errors-take-any-text",
        lambda d: properties(d, "ErrorMessage")["error"].update(const="Not Found"),
    ),
    (
        "responses-have-examples",
        lambda d: d["components"]["responses"]["NotFound"]["content"]["application/json"].pop(
            "examples"
        ),
    ),
    (
        "parameters-have-no-default",
        lambda d: operation(d)["parameters"][1]["schema"].update(default=False),
    ),
    (
        "references-stand-alone",
        lambda d: properties(d).update(room={**QUALITY, "description": "It is dropped."}),
    ),
    ("properties-are-described", lambda d: properties(d)["name"].pop("description")),
    ("properties-are-described", lambda d: schema(d, "ActiveSession").update(description=" ")),
    (
        "names-are-told-apart",
        lambda d: properties(d).update(joinFrom={"type": "string", "description": "Twice."}),
    ),
    (
        "enums-are-components",
        lambda d: properties(d).update(mood={"type": "string", "enum": ["up", "down"]}),
    ),
    ("enums-have-names", lambda d: schema(d, "VideoQuality").pop("x-enum-varnames")),
    ("enums-have-names", lambda d: schema(d, "VideoQuality")["x-enum-varnames"].pop()),
    (
        "enums-have-names",
        lambda d: schema(d, "VideoQuality").update({"x-enum-varnames": ["P720", "P720"]}),
    ),
    (
        "enums-have-names",
        lambda d: schema(d, "VideoQuality").update({"x-enum-varnames": ["720P", "P1080"]}),
    ),
    ("enums-hold-plain-values", lambda d: schema(d, "SessionStatus")["enum"].append(None)),
    (
        "enums-hold-plain-values",
        lambda d: schema(d, "SessionStatus").update(type=["string", "null"]),
    ),
    ("enums-hold-plain-values", lambda d: schema(d, "FramesPerSecond")["enum"].append("60")),
    ("enums-hold-plain-values", lambda d: schema(d, "VideoQuality").update(enum=["a", "a"])),
    ("enums-are-open", lambda d: properties(d).update(quality=QUALITY)),
    ("enums-are-open", lambda d: properties(d)["quality"]["anyOf"].pop()),
    ("enums-are-open", lambda d: properties(d)["quality"]["anyOf"].reverse()),
    (
        "enums-are-open",
        lambda d: properties(d)["quality"].update(oneOf=properties(d)["quality"].pop("anyOf")),
    ),
]


def spoiled(spoil: Spoil) -> Document:
    document = copy.deepcopy(CONTRACT)
    spoil(document)
    return document


def test_the_contract_breaks_no_rule() -> None:
    assert [str(each) for each in lint_document(CONTRACT, OPENAPI)] == []


@pytest.mark.parametrize(
    ("rule", "spoil"), VIOLATIONS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(VIOLATIONS)]
)
def test_a_rule_finds_its_violation(rule: str, spoil: Spoil) -> None:
    found = list(broken({rule: RULES[rule]}, spoiled(spoil)))

    assert [each.rule for each in found][:1] == [rule]


def test_every_rule_has_a_violation_that_it_finds() -> None:
    assert {rule for rule, _ in VIOLATIONS} == set(RULES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("    ErrorList:\n", "    ErrorMessage:\n"), "stands there twice"),
        ("openapi: [", "no YAML"),
        ("- a list", "it has no info"),
        (TEXT.replace(VERSION, ""), "info.version is missing"),
        (TEXT.replace(VERSION, "  version: 1.0\n"), "is no string"),
    ],
    ids=["key-twice", "no-yaml", "no-mapping", "no-version", "version-a-number"],
)
def test_a_text_that_is_no_document_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        parse(text)


def test_what_is_no_openapi_document_is_found() -> None:
    document = spoiled(lambda d: operation(d).update(parameters="none"))

    assert {each.rule for each in lint_document(document, OPENAPI)} == {"openapi-specification"}


def example(document: Document, name: str = "documented") -> Document:
    value: Document = document["components"]["examples"][name]["value"]
    return value


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("examples-are-what-they-show", lambda d: example(d).update(enable_chat="yes")),
        ("examples-are-what-they-show", lambda d: example(d).update(join_from="soon")),
        ("examples-are-what-they-show", lambda d: example(d).update(id="no uuid")),
        ("examples-are-what-they-show", lambda d: example(d).pop("enable_chat")),
        ("examples-are-what-they-show", lambda d: example(d, "not-found").update(error=None)),
        ("examples-hold-what-is-described", lambda d: example(d).update(enable_chats=True)),
        (
            "examples-hold-what-is-described",
            lambda d: example(d)["active_session"].update(frames=20),
        ),
        ("examples-are-valid-by-no-accident", lambda d: properties(d)["name"].pop("type")),
        ("examples-are-valid-by-no-accident", lambda d: properties(d)["meta"].pop("anyOf")),
        (
            "examples-have-ids-of-their-own",
            lambda d: example(d).update(id=example(d, "all-null")["id"]),
        ),
    ],
)
def test_an_example_with_a_mistake_is_found(rule: str, spoil: Spoil) -> None:
    found = instances.problems(spoiled(spoil), vectors.kept(VECTORS))

    assert rule in {each.rule for each in found}


def values(vector: Document) -> Document:
    expected: Document = vector["expect"]["values"]
    return expected


def error(vector: Document) -> Document:
    expected: Document = vector["expect"]["error"]
    return expected


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [
        ("documented", lambda v: v.update(name="other"), "name is not documented"),
        ("documented", lambda v: v["request"].update(path="/api/video/x"), "request.path"),
        ("documented", lambda v: v["request"].update(query={}), "request.query"),
        ("documented", lambda v: v["request"].update(method="POST"), "request.method"),
        ("documented", lambda v: v["request"]["credentials"].update(token="x"), "request.headers"),
        ("documented", lambda v: v["response"].update(status=404), "no success"),
        ("documented", lambda v: v["response"]["body"].pop(), "no success"),
        ("documented", lambda v: v["response"].update(more=1), "more"),
        ("documented", lambda v: v["expect"].update(model="ActiveSession"), "expect.model"),
        ("documented", lambda v: values(v).pop("meta"), "meta"),
        ("documented", lambda v: values(v)["quality"].update(constant="P1080"), "quality"),
        ("documented", lambda v: values(v)["created_at"].update(value="2022-01-01T10:00:01Z"), "c"),
        ("documented", lambda v: values(v)["enable_chat"].update(value=1), "enable_chat"),
        ("documented", lambda v: values(v).update(room={"kind": "absent"}), "room"),
        ("session-absent", lambda v: values(v).update(name={"kind": "absent"}), "name"),
        ("session-absent", lambda v: values(v).update({"meta.x": {"kind": "absent"}}), "meta.x"),
        ("not-found", lambda v: error(v).update(kind="permission"), "expect.error.kind"),
        ("not-found", lambda v: error(v).update(message="Gone"), "expect.error.message"),
        ("not-found", lambda v: error(v).update(at=None), "at"),
        ("not-found", lambda v: v["response"].update(body=["{}"]), "not what the contract says"),
        ("unprocessable-entity-twice", lambda v: error(v)["entries"].reverse(), "entries"),
        ("too-many-requests-seconds", lambda v: error(v).update(wait={"seconds": 1}), "wait"),
        ("too-many-requests-date", lambda v: error(v).update(wait={"seconds": 0}), "wait"),
        ("invalid-date-time", lambda v: error(v).update(at="join_until"), "not where the fault is"),
        ("invalid-date-time", lambda v: error(v).update(at=None), "names no place"),
        ("no-content", lambda v: error(v).update(at="join_until"), "not where the fault is"),
    ],
)
def test_a_vector_with_a_mistake_is_found(name: str, spoil: Spoil, said: str) -> None:
    vector = copy.deepcopy(VECTORS[name])
    spoil(vector)

    assert any(said in each for each in CHECKER.wrong(name, vector))


def test_a_vector_that_nothing_holds_to_its_words_is_found() -> None:
    class Lenient(vectors.Checker):
        """Looks at no error."""

        def _error(self, response: Document, body: Any) -> Document:
            return {}

    lenient = Lenient(CONTRACT, json.loads((OPENAPI / "vector.schema.json").read_text()))

    found = {each.rule for each in lenient.problems({"not-found": VECTORS["not-found"]})}

    assert found == {"vectors-are-right-by-no-accident"}
