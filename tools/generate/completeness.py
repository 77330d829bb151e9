"""Find the parts of a contract that are missing from its generated package."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.contract.document import operations


def missing_parts(document: dict[str, Any], package: Path) -> Iterator[str]:
    """Yield each operation, response, schema, property and enum value without generated code."""
    for path, method, operation in operations(document):
        yield from _of_operation(f"{method.upper()} {path}", operation, package)
    trees = [ast.parse(file.read_text()) for file in sorted((package / "models").glob("*.py"))]
    classes = {n.name: n for tree in trees for n in tree.body if isinstance(n, ast.ClassDef)}
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if name not in classes:
            yield f"the schema {name}"
        else:
            yield from (f"{name}: {each}" for each in _of_schema(schema, classes[name].body))


def _of_operation(title: str, operation: dict[str, Any], package: Path) -> Iterator[str]:
    name = str(operation.get("operationId"))
    found = [each for each in package.glob("api/*/*.py") if each.stem == name]
    if not found:
        yield f"{title}: the operation {name}"
        return
    compared = [n for n in ast.walk(ast.parse(found[0].read_text())) if isinstance(n, ast.Compare)]
    handled = {c.value for n in compared for c in n.comparators if isinstance(c, ast.Constant)}
    for status in operation["responses"]:
        if not str(status).isdigit() or int(status) not in handled:
            yield f"{title}: the response {status}"


def _of_schema(schema: dict[str, Any], body: list[ast.stmt]) -> Iterator[str]:
    assigned = [node.value for node in body if isinstance(node, ast.Assign)]
    values = {node.value for node in assigned if isinstance(node, ast.Constant)}
    yield from (f"the value {v!r}" for v in schema.get("enum", ()) if v not in values)
    targets = [node.target for node in body if isinstance(node, ast.AnnAssign)]
    names = {_bare(node.id) for node in targets if isinstance(node, ast.Name)}
    for name in schema.get("properties", {}):
        if _bare(name) not in names:
            yield f"the property {name}"


def _bare(name: str) -> str:
    """Reduce a name to what a property and its attribute have in common."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
