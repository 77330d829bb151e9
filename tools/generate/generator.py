"""Run openapi-python-client and turn everything that it ignores into an error.

The generator exits with 0 without its formatter or with another version of it, with an unknown key
in its configuration, and after it has dropped an operation, a response or the value of an enum.
"""

import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import yaml
from openapi_python_client.config import ConfigFile

from tools import ROOT
from tools.generate.completeness import missing_parts

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
    missing = list(missing_parts(yaml.safe_load(contract.read_text()), target / PACKAGE))
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
