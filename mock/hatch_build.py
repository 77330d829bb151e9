"""What the mock server shares with the checkout around it: the version and ``openapi/``.

An sdist has no checkout around it, so it carries a copy of both.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, cast

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

_VERSION = "_version.py"


def _version_file(root: Path) -> Path:
    """Return the version file of the client, or the copy in an sdist."""
    copied = root / _VERSION
    if copied.is_file():
        return copied
    client = tomllib.loads((root.parent / "pyproject.toml").read_text("utf-8"))
    return root.parent / str(client["tool"]["hatch"]["version"]["path"])


def _openapi(root: Path) -> Path:
    """Return the folder of the contract, or the copy in an sdist."""
    copied = root / "openapi"
    return copied if copied.is_dir() else root.parent / "openapi"


class Version(MetadataHookInterface):
    """Gives the mock server the version of the client, which it depends on."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the version and the dependencies."""
        text = _version_file(Path(self.root)).read_text("utf-8")
        found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
        if found is None:
            raise ValueError("the client's version file has no __version__")
        metadata["version"] = found[1]
        # Both are released together; before 1.0.0 a minor version may break.
        config = cast("dict[str, Any]", self.config)  # pyright: ignore[reportUnknownMemberType]
        metadata["dependencies"] = [*config["dependencies"], f"signalwire-rest~={found[1]}"]


class Contract(BuildHookInterface[Any]):
    """Puts ``openapi/`` into the wheel, and both copies into the sdist."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files. An editable install reads those of the checkout."""
        root = Path(self.root)
        files = build_data["force_include"]
        if self.target_name == "sdist":
            files[str(_openapi(root))] = "openapi"
            files[str(_version_file(root))] = _VERSION
        elif version != "editable":
            files[str(_openapi(root))] = "signalwire_rest_mock/openapi"
