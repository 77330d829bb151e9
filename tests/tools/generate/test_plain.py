"""The plain variant is the contract with its open enums as plain types, and accepts the same."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from support.validation import examples, is_valid
from support.vectors import OPENAPI, vectors

from tools import ROOT
from tools.contract.document import (
    Node,
    body_schema,
    lookup,
    operations,
    parse,
    resolve,
    schema_objects,
)
from tools.generate.plain import DOCUMENT

CONTRACT = parse((OPENAPI / "openapi.yaml").read_text("utf-8"))
PLAIN = parse((ROOT / "generated" / DOCUMENT).read_text("utf-8"))
ABSENT = object()
REPLACEMENTS: tuple[Any, ...] = (ABSENT, None, True, 7, 7.0, 7.5, "seven", [], {}, [None])


def test_everything_but_the_open_enums_is_equal() -> None:
    restored = copy.deepcopy(PLAIN)
    open_enums = {
        pointer: schema
        for pointer, schema in schema_objects(CONTRACT)
        if any("enum" in resolve(CONTRACT, each) for each in schema.get("anyOf", ()))
    }
    for pointer, schema in open_enums.items():
        owner, _, name = pointer.rpartition("/")
        assert lookup(restored, pointer).keys() == {"description", "type"}
        lookup(restored, owner)[name] = schema

    assert len(open_enums) == 12
    assert restored == CONTRACT


def bodies() -> Iterator[tuple[Node, Any]]:
    """Yield schema and value of each documented JSON body of the vectors and examples."""
    documented = {each["operationId"]: each for _, _, each in operations(CONTRACT)}
    for vector in vectors():
        operation, response = documented[vector["operation"]], vector["response"]
        known = operation["responses"].get(str(response["status"]))
        found = [(known, "\n".join(response["body"]))]
        found += [(operation.get("requestBody"), json.dumps(vector["request"].get("body")))]
        for body, text in found:
            schema = body and body_schema(CONTRACT, body)
            try:
                value = json.loads(text)
            except ValueError:
                continue
            if schema:
                yield schema, value
    yield from ((schema, value) for _, schema, value in examples(CONTRACT))


def mutations(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield copies of a value with one other value each, with the place where they differ."""
    is_list = isinstance(value, list)
    for key in range(len(value)) if is_list else value if isinstance(value, dict) else ():
        inner = f"{place}[]" if is_list else f"{place}.{key}"
        for where, changed in [
            *((inner, each) for each in REPLACEMENTS),
            *mutations(value[key], inner),
        ]:
            copied = copy.copy(value)
            if changed is ABSENT:
                del copied[key]
            else:
                copied[key] = changed
            yield where, copied


def test_both_accept_the_same_requests_and_responses() -> None:
    verdicts: dict[str, set[bool]] = {}
    for schema, body in bodies():
        name = schema["$ref"].rpartition("/")[2]
        seen = set(verdicts)
        for place, value in [(name, body), *mutations(body, name)]:
            if place == name or place not in seen:
                accepted = is_valid(CONTRACT, schema, value)
                assert is_valid(PLAIN, schema, value) is accepted, f"{place}: {value}"
                verdicts.setdefault(place, set()).add(accepted)

    assert len(verdicts) > 200
    for place in ("Conference.size", "Conference.active_session.fps", "CreateConferenceRequest"):
        assert True in verdicts[place]
    for place in ("Conference.size", "Conference.active_session.fps", "ErrorList.errors[].code"):
        assert False in verdicts[place]
