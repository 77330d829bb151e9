"""Check the form of the vectors, and that none leaves anything out.

Whether their values are right is up to the clients that run them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema

from tools.contract.document import Node, operations, resolve
from tools.contract.linting.rules import Matches


def check(document: Node, folder: Path) -> Matches:
    """Yield what is wrong with the vectors of an ``openapi/`` folder."""
    schema = json.loads((folder / "vector.schema.json").read_text("utf-8"))
    for file in sorted((folder / "vectors").glob("*.json")):
        vector = json.loads(file.read_text("utf-8"))
        for mistake in mistakes(document, schema, file.stem, vector):
            yield f"vectors/{file.name}", mistake


def mistakes(document: Node, schema: Node, name: str, vector: Node) -> Iterator[str]:
    """Yield the mistakes in one vector."""
    found = list(jsonschema.Draft202012Validator(schema).iter_errors(vector))
    yield from (f"{each.json_path}: {each.message[:200]}" for each in found)
    if found:
        return
    if vector["name"] != name:
        yield f"name must be the file's, {name}"
    parameters = [
        resolve(document, each)["name"]
        for _, _, operation in operations(document)
        if operation["operationId"] == vector["operation"]
        for each in operation["parameters"]
    ]
    if list(vector["request"]["arguments"]) != parameters:
        yield f"request.arguments must list {', '.join(parameters)} in this order"
    for path, each in vector["expect"].get("values", {}).items():
        if "enum" in each and each["enum"] not in document["components"]["schemas"]:
            yield f"expect.values: {path} must name an enum of the contract"
    if vector["expect"].get("model"):
        try:
            body = json.loads("\n".join(vector["response"]["body"]))
        except ValueError:
            yield "response.body must be JSON: a model is expected"
        else:
            yield from _missing(vector["expect"]["values"], body)


def _missing(values: Node, node: Any, path: str = "") -> Iterator[str]:
    """Yield the parts of a body without an expected value."""
    named = [(f"[{index}]", each) for index, each in enumerate(node)]
    if isinstance(node, dict):
        named = [(f".{name}" if path else name, each) for name, each in node.items()]
    for name, each in named:
        if (inner := f"{path}{name}") not in values:
            yield f"expect.values must have {inner}"
        elif values[inner]["kind"] in ("model", "list"):
            yield from _missing(values, each, inner)
