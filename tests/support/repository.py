"""A scratch git repository with a contract, independent of the user's git configuration."""

import copy
import os
import subprocess
from pathlib import Path

import yaml

from support.edits import Document

LOG = "# Changes\n\n## 1.0.0 - 2026-01-01\n\n- First version.\n"
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Author",
    "GIT_AUTHOR_EMAIL": "author@example.com",
    "GIT_COMMITTER_NAME": "Author",
    "GIT_COMMITTER_EMAIL": "author@example.com",
}


class Repository:
    """A repository with ``openapi/openapi.yaml`` and its change log."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **_ENVIRONMENT},
        )
        return done.stdout.strip()

    def write(self, document: Document, version: str = "1.0.0", log: str | None = None) -> None:
        """Write the contract with a version, and the log; by default one with that version."""
        document = copy.deepcopy(document)
        document["info"]["version"] = version
        folder = self.root / "openapi"
        folder.mkdir(exist_ok=True)
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
        (folder / "openapi.yaml").write_text(text, "utf-8")
        (folder / "CHANGELOG.md").write_text(log or log_of(version), "utf-8")

    def commit(self, message: str = "Change the contract") -> str:
        """Commit everything; return the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")


def log_of(version: str) -> str:
    """Return a change log that begins with an entry of this version."""
    entry = f"## {version} - 2026-02-02\n\n- Changed.\n\n"
    return LOG if version == "1.0.0" else LOG.replace("## 1.0.0", f"{entry}## 1.0.0")
