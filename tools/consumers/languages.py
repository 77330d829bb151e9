"""The clients, and the tools that each of them needs."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence

from attrs import frozen


@frozen
class Language:
    """A language, or a generator, with a client of the contract."""

    name: str
    needs: Sequence[Sequence[str]]
    """Commands that fail if a tool is missing; each begins with the tool."""
    plain: bool = False
    """Whether its generator needs the plain variant of the contract, and only models are run."""

    def missing(self, environment: Mapping[str, str]) -> str | None:
        """Return the first missing tool, or None."""
        for command in self.needs:
            found = shutil.which(command[0], path=environment["PATH"])
            check = [found or "false", *command[1:]]
            if subprocess.run(check, capture_output=True, check=False, env=environment).returncode:
                return command[0]
        return None


_JAVA = ("java", "-version")
_GENERATOR = ("openapi-generator-cli", "version")
LANGUAGES = (
    Language("python", [("python", "--version")]),
    Language("typescript", [("node", "--version"), ("npm", "--version")]),
    Language("go", [("go", "version")]),
    Language("java", [_JAVA, ("mvn", "--version"), _GENERATOR]),
    Language("rust", [_JAVA, ("cargo", "--version"), _GENERATOR]),
    Language("openapi-generator-python", [("python", "--version"), _JAVA, _GENERATOR], plain=True),
    Language("kotlin", [_JAVA, ("mvn", "--version"), _GENERATOR], plain=True),
    Language("ogen", [("go", "version")], plain=True),
)
