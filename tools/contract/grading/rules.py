"""Grade differences by their effect on programs that are built with regenerated code.

Wording is a patch, and open enums may grow. Anything not known to be harmless is major.
"""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tools.contract.document import NULL, Node, lookup, resolve, walk
from tools.contract.grading.differences import ABSENT, Difference
from tools.versioning.grades import Grade

_WORDING = {"description", "summary", "example", "examples", "externalDocs"}
_NOUNS = {
    "properties": "property",
    "schemas": "schema",
    "parameters": "parameter",
    "requestBodies": "request body",
    "responses": "response",
    "headers": "header",
    "securitySchemes": "security scheme",
    "servers": "server",
}
"""The maps from names, so that a key in one of them is not a keyword of OpenAPI."""
_EXTENSIBLE = {"properties", "schemas", "headers", "securitySchemes", "servers"}


def grades(
    each: Difference, earlier: Node, later: Node, is_sent: bool
) -> Iterator[tuple[Grade, str]]:
    """Yield the grade and the description of each change that a difference consists of."""
    keys, old, new = each.keys, each.old, each.new
    group, name = (["", *keys])[-2:]
    keyword = "" if group in _NOUNS else name
    wording = (key for before, key in pairwise(keys) if key in _WORDING and before not in _NOUNS)
    if group == "examples" and {"responses", "content"} < {*keys} and new is ABSENT:
        yield Grade.MAJOR, f"example {name} removed: consumers ask for it by name"
    elif reworded := name if keys[0] in ("info", "tags") else next(wording, None):
        yield Grade.PATCH, f"{reworded} reworded"
    elif keyword == "properties":
        yield Grade.PATCH, "properties reordered"
    elif keyword == "deprecated":
        yield (Grade.MINOR, "deprecated") if new is True else (Grade.PATCH, "no longer deprecated")
    elif keyword == "x-enum-varnames":
        pass  # The constants are compared together with their values.
    elif keyword == "required" and list in (type(old), type(new)):
        yield _required(each, earlier, later)
    elif old is ABSENT:
        yield _addition(each, later, is_sent)
    elif new is ABSENT:
        yield Grade.MAJOR, f"{_noun(keys)} removed: programs that use it stop working"
    elif keyword == "enum":
        yield from _enum(each, later)
    elif keyword == "anyOf":
        yield from _members(old, new, earlier)
    elif keyword == "tags" and new[: len(old)] == old:
        yield Grade.MINOR, f"{_short(new[len(old) :])} added to the tags"
    elif keyword == "$ref":
        before, after = (reference.rpartition("/")[2] for reference in (old, new))
        yield Grade.MAJOR, f"refers to {after} instead of {before}: generated names change"
    elif keyword == "servers":
        yield Grade.MAJOR, f"{new} is now the first, which clients use by default"
    else:
        yield Grade.MAJOR, f"{name} changed from {_short(old)} to {_short(new)}"


def _addition(each: Difference, later: Node, is_sent: bool) -> tuple[Grade, str]:
    keys, added = each.keys, f"{_noun(each.keys)} added"
    group, name = keys[-2:]
    if keys[0] == "paths" and len(keys) == 3:
        return Grade.MINOR, "operation added"
    if group == "parameters" and keys[0] == "paths":
        if resolve(later, each.new).get("required", False):
            return Grade.MAJOR, "required parameter added: requests without it fail"
        return Grade.MINOR, f"optional {added}"
    if keys[0] == "components" and len(keys) == 3 and group not in _EXTENSIBLE:
        return Grade.PATCH, added  # What refers to it is a change of its own.
    if group == "properties" and is_sent:
        owner = lookup(later, each.where.rpartition("/properties/")[0])
        if name in owner.get("required", ()):
            return Grade.MAJOR, "required property added: requests without it fail"
    if group in _EXTENSIBLE or (group == "responses" and not name.startswith("2")):
        return Grade.MINOR, added
    return Grade.MAJOR, f"{added} where there was none"


def _required(each: Difference, earlier: Node, later: Node) -> tuple[Grade, str]:
    old, new = (lookup(d, each.where.removesuffix("/required")) for d in (earlier, later))
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    optional = ", ".join(sorted((before - after) & set(new.get("properties", ()))))
    if optional:
        return Grade.MAJOR, f"{optional} made optional: its type changes in generated code"
    required = ", ".join(sorted((after - before) & set(old.get("properties", ()))))
    if required:
        return Grade.MAJOR, f"{required} made required: its type changes in generated code"
    return Grade.PATCH, "the list of required properties follows the properties"


def _enum(each: Difference, later: Node) -> Iterator[tuple[Grade, str]]:
    removed = [value for value in each.old if value not in each.new]
    added = [value for value in each.new if value not in each.old]
    if removed:
        yield Grade.MAJOR, f"{_short(removed)} removed: the constant no longer exists"
    elif not added:
        yield Grade.PATCH, "values reordered"
    elif "servers" in each.keys or _is_open(later, each.where.removesuffix("/enum")):
        yield Grade.MINOR, f"{_short(added)} added to an open enum"
    else:
        yield Grade.MAJOR, f"{_short(added)} added to a closed enum: existing readers reject it"


def _is_open(document: Node, enum: str) -> bool:
    """Return whether every reference to an enum is in an anyOf together with its plain type."""
    plain = {"type": lookup(document, enum).get("type")}
    for where, node in walk(document):
        if isinstance(node, dict) and node.get("$ref") == enum:
            members = where.rpartition("/")[0]
            if not members.endswith("/anyOf") or plain not in lookup(document, members):
                return False
    return True


def _members(old: list[Node], new: list[Node], earlier: Node) -> Iterator[tuple[Grade, str]]:
    for member in (each for each in old if each not in new):
        if member != NULL and any("enum" in resolve(earlier, each) for each in old):
            yield Grade.MAJOR, "open enum closed: regenerated readers reject new values"
        else:
            text = f"it can no longer be {_short(member)}: its type changes in generated code"
            yield Grade.MAJOR, text
    for member in (each for each in new if each not in old):
        yield Grade.MAJOR, f"it can be {_short(member)} too: its type changes in generated code"
    if sorted(map(_short, old)) == sorted(map(_short, new)):
        yield Grade.MAJOR, "anyOf reordered: the first member that matches wins"


def _noun(keys: list[str]) -> str:
    if keys[-1] == "operationId":
        return "operation"
    noun = _NOUNS.get(keys[-2], keys[-1])
    # The location in words has the other names.
    return f"{noun} {keys[-1]}" if noun in ("header", "server") else noun


def _short(value: Any) -> str:
    text = "nothing" if value is ABSENT else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"
