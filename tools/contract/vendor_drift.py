"""Compare the contract, field by field, with the document that the vendor publishes.

``openapi/vendor-differences.yaml`` explains differences by patterns of their locations.
"""

import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from tools import OPENAPI
from tools.contract.document import Node, operations, resolve
from tools.contract.grading.differences import ABSENT, between

Facts = dict[str, Node]
"""What a document says, by location: operation, part and fields, with spaces between them."""


def drift(vendor: Node, ours: Node, reasons: dict[str, str]) -> Iterator[str]:
    """Yield the unexplained differences in our operations, and the stale reasons."""
    old, new, stale = Facts(), Facts(), set(reasons)
    # The vendor's paths may begin at the API instead of the host; the longest fits best.
    theirs = sorted(operations(vendor), key=lambda each: -len(each[0]))
    for path, method, operation in operations(ours):
        name = operation["operationId"]
        new |= _operation(ours, operation, name)
        same = [o for p, m, o in theirs if m == method and path.endswith(p)]
        for found in ([o for _, _, o in theirs if o.get("operationId") == name] or same)[:1]:
            old |= _operation(vendor, found, name)
    for each in between(vendor, ours, old, new, "#/operations"):
        where, fact = [*each.keys[1:], ""][:2]
        owner, _, field = where.rpartition(" ")
        text = f"the vendor has {each.old or 'none'}, the contract has {each.new or 'none'}"
        if fact == "samples":  # Ours are needed once, wherever the field is.
            shown = {s for key in new if key.endswith(f" {field}") for s in new[key][fact]}
            text = ", ".join(f"the contract does not show {s}" for s in sorted(each.old - shown))
        elif not fact:
            text = f"only the {'contract' if each.old is ABSENT else 'vendor'} has it"
        # What is below a location that one side lacks needs no line of its own.
        if text and (not owner or (owner in old and owner in new)):
            key = f"{where} {fact}".strip()
            matching = {pattern for pattern in reasons if fnmatchcase(key, pattern)}
            stale -= matching
            if not matching:
                yield f"{key}: {text}"
    yield from (f"stale, there is no such difference: {pattern}" for pattern in sorted(stale))


def _operation(document: Node, operation: Node, name: str) -> Facts:
    facts: Facts = {name: {}}
    parts = [{"in": status, **resolve(document, r)} for status, r in operation["responses"].items()]
    parts += [{"in": "body", **resolve(document, operation.get("requestBody", {}))}]
    for each in [*parts, *(resolve(document, each) for each in operation["parameters"])]:
        where = f"{name} {each['in']}" + (f":{each['name']}" if "name" in each else "")
        holder = each.get("content", {}).get("application/json", each)
        examples = holder.get("examples", {"": {"value": holder.get("example")}}).values()
        shown = [resolve(document, example)["value"] for example in examples]
        schema = holder.get("schema", {})
        facts |= _fields(document, schema, where, each.get("required", False), shown)
    return facts


def _fields(document: Node, schema: Node, where: str, required: bool, shown: list[Any]) -> Facts:
    says = _merged(document, schema)
    shown = [*shown, *says["examples"]]
    texts = {key: {str(each) for each in says[key]} - {"null", "None"} for key in ("type", "enum")}
    facts: Facts = {where: {key: ", ".join(sorted(each)) for key, each in texts.items()}}
    facts[where] |= {"format": says.get("format", ""), "nullable": "null" in says["type"]}
    facts[where]["samples"] = {str(e) for e in shown if not isinstance(e, dict | list | None)}
    facts[where]["required"] = required
    for name, inner in says["properties"].items() if where.count(" ") < 9 else ():
        held = [each[name] for each in shown if isinstance(each, dict) and name in each]
        held += [e for each in shown if isinstance(each, list) and name == "items" for e in each]
        facts |= _fields(document, inner, f"{where} {name}", name in says["required"], held)
    return facts


def _merged(document: Node, schema: Node) -> Node:
    """Return a schema together with those that it is composed of, as one."""
    lists: Node = {key: [] for key in ("type", "enum", "examples", "required")}
    own = {**lists, "properties": {}, **resolve(document, schema)}
    types = [own["type"]] if isinstance(own["type"], str) else own["type"]
    own["type"] = [*types, *["null"] * bool(own.get("nullable"))]
    own["examples"] = [*own["examples"], *(own[key] for key in own if key == "example")]
    own["properties"] = {**own["properties"], **{k: own[k] for k in own if k == "items"}}
    for member in (each for key in ("allOf", "anyOf", "oneOf") for each in own.get(key, ())):
        inner = _merged(document, member)
        own = {**inner, **own, **{key: [*own[key], *inner[key]] for key in lists}}
        own["properties"] = {**inner["properties"], **own["properties"]}
    return own


if __name__ == "__main__":
    files = Path(sys.argv[1]), OPENAPI / "openapi.yaml", OPENAPI / "vendor-differences.yaml"
    published, contract, explained = (yaml.safe_load(each.read_text("utf-8")) for each in files)
    sys.exit("\n".join(drift(published, contract, explained)) or None)
