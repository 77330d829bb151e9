"""Run openapi-python-client and turn everything that it ignores into an error.

The generator exits with 0 without its formatter or with another version of it, with an unknown key
in its configuration, and after it has dropped an operation, a response or the value of an enum.
"""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import yaml
from openapi_python_client.config import ConfigFile

from tools import ROOT
from tools.contract.document import Node, operations

PACKAGE = "signalwire_rest_wire"
TEMPLATES = ROOT / "generator-templates"
"""The templates that replace the generator's own."""


class GenerationError(Exception):
    """The code cannot be generated; the message says why, and what to do."""


def generate(contract: Path, config: Path, target: Path) -> None:
    """Generate the package for a contract inside the folder ``target``.

    Raises:
        GenerationError: The tools, the configuration or the contract are not as they must be.
    """
    _check_tools()
    _check_configuration(config)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
    command += ["--meta", "none", "--path", str(contract), "--config", str(config)]
    command += ["--output-path", str(target / PACKAGE), "--custom-template-path", str(TEMPLATES)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if run.returncode != 0:
        raise GenerationError(f"the generator rejected the contract:\n{run.stdout}{run.stderr}")
    missing = list(_missing_parts(yaml.safe_load(contract.read_text()), target / PACKAGE))
    if missing:
        raise GenerationError("the generator silently dropped:\n  " + "\n  ".join(missing))


def _check_tools() -> None:
    """Compare generator and formatter with the exact versions that pyproject.toml pins."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    found = {"openapi-python-client": version("openapi-python-client"), "ruff": "none on the PATH"}
    if ruff := shutil.which("ruff"):
        done = subprocess.run([ruff, "--version"], capture_output=True, text=True, check=False)
        found["ruff"] = done.stdout.strip().removeprefix("ruff ")
    for name, pin in (each.split("==") for each in groups["generator"]):
        if found[name] != pin:
            raise GenerationError(f"{name} {pin} is required; got {found[name]}. Run: make install")


def _check_configuration(config: Path) -> None:
    keys = set(yaml.safe_load(config.read_text()) or {})
    if unknown := keys - set(ConfigFile.model_fields):
        raise GenerationError(f"{config.name}: unknown key {', '.join(sorted(unknown))}")


def _missing_parts(document: Node, package: Path) -> Iterator[str]:
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


def _of_operation(title: str, operation: Node, package: Path) -> Iterator[str]:
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


def _of_schema(schema: Node, body: list[ast.stmt]) -> Iterator[str]:
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
