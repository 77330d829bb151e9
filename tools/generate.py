"""Make ``generated/`` of the contract, or check that it is what the contract says.

The generator goes on, with exit code 0, where it should not: without its formatter or with another
one, past a key of its configuration that it does not know, past an operation, a response or a value
of an enum that it drops. All of that fails here.
"""

import argparse
import ast
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from openapi_python_client.config import ConfigFile

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "signalwire_rest_wire"


class RefusedError(Exception):
    """Something is wrong; the text says what, and what to type."""


def pins() -> dict[str, str]:
    """Return the exact versions of generator and formatter that pyproject.toml names."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    return dict(each.split("==") for each in groups["generator"])


def check_tools() -> None:
    wanted = pins()
    found = {"openapi-python-client": version("openapi-python-client"), "ruff": "none on the PATH"}
    if ruff := shutil.which("ruff"):
        said = subprocess.run([ruff, "--version"], capture_output=True, text=True, check=False)
        found["ruff"] = said.stdout.strip().removeprefix("ruff ")
    for name, pin in wanted.items():
        if found[name] != pin:
            raise RefusedError(f"{name} {pin} is needed, {found[name]} is here. Type: make install")


def check_configuration(config: Path) -> None:
    keys = set(yaml.safe_load(config.read_text()) or {})
    if unknown := keys - set(ConfigFile.model_fields):
        raise RefusedError(f"{config.name}: the generator knows no {', '.join(sorted(unknown))}")


def build(contract: Path, config: Path, target: Path) -> None:
    """Make the package of ``contract`` in the folder ``target``, which is made."""
    check_tools()
    check_configuration(config)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
    command += ["--meta", "none", "--path", str(contract), "--config", str(config)]
    command += ["--output-path", str(target / PACKAGE)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if run.returncode != 0:
        raise RefusedError(f"the generator refused the contract:\n{run.stdout}{run.stderr}")
    lost = list(losses(yaml.safe_load(contract.read_text()), target / PACKAGE))
    if lost:
        raise RefusedError("the generator dropped, without a word:\n  " + "\n  ".join(lost))


def losses(document: dict[str, Any], package: Path) -> Iterator[str]:
    """Yield what the contract has and the generated package has not."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield from _lost_of_operation(f"{method.upper()} {path}", operation, package)
    trees = [ast.parse(file.read_text()) for file in sorted((package / "models").glob("*.py"))]
    classes = {n.name: n for tree in trees for n in tree.body if isinstance(n, ast.ClassDef)}
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if name not in classes:
            yield f"the schema {name}"
            continue
        made = classes[name]
        if "enum" in schema:
            assigned = [node.value for node in made.body if isinstance(node, ast.Assign)]
            values = {node.value for node in assigned if isinstance(node, ast.Constant)}
            yield from (f"{name}: the value {v!r}" for v in schema["enum"] if v not in values)
        targets = [node.target for node in made.body if isinstance(node, ast.AnnAssign)]
        names = {bare(node.id) for node in targets if isinstance(node, ast.Name)}
        yield from (
            f"{name}: the property {p}"
            for p in schema.get("properties", {})
            if bare(p) not in names
        )


def _lost_of_operation(title: str, operation: dict[str, Any], package: Path) -> Iterator[str]:
    wanted = str(operation.get("operationId"))
    found = [each for each in package.glob("api/*/*.py") if each.stem == wanted]
    if not found:
        yield f"{title}: the operation {wanted}"
        return
    compared = [n for n in ast.walk(ast.parse(found[0].read_text())) if isinstance(n, ast.Compare)]
    handled = {c.value for n in compared for c in n.comparators if isinstance(c, ast.Constant)}
    for status in operation["responses"]:
        if not str(status).isdigit() or int(status) not in handled:
            yield f"{title}: the response {status}"


def bare(name: str) -> str:
    """Return what the name of a property and that of its attribute have in common."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def differences(expected: Path, actual: Path) -> Iterator[str]:
    """Yield how the tree ``actual`` differs from the tree ``expected``, a file a line."""

    def files(root: Path) -> set[Path]:
        found = (each.relative_to(root) for each in root.rglob("*") if each.is_file())
        return {each for each in found if "__pycache__" not in each.parts}

    for file in sorted(files(expected) | files(actual)):
        if not (actual / file).is_file():
            yield f"missing: {actual.name}/{file}"
        elif not (expected / file).is_file():
            yield f"not from the generator: {actual.name}/{file}"
        elif (expected / file).read_bytes() != (actual / file).read_bytes():
            yield f"changed: {actual.name}/{file}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, compare")
    parser.add_argument("--contract", type=Path, default=ROOT / "openapi" / "openapi.yaml")
    parser.add_argument("--config", type=Path, default=ROOT / "generator-config.yaml")
    parser.add_argument("--output", type=Path, default=ROOT / "generated")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder, "fresh")
            fresh.mkdir()
            build(options.contract.resolve(), options.config.resolve(), fresh)
            if not options.check:
                shutil.rmtree(options.output, ignore_errors=True)
                shutil.copytree(fresh, options.output)
            elif stale := list(differences(fresh, options.output)):
                raise RefusedError(
                    f"{options.output.name}/ is not what the contract says:\n  "
                    + "\n  ".join(stale)
                    + "\nType: make generate (and commit what it changes)"
                )
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
