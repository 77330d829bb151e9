"""The languages, and what each needs of the machine."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence

from attrs import frozen


@frozen
class Language:
    """A language that has a client of the contract."""

    name: str
    needs: Sequence[Sequence[str]]
    """Commands that have to succeed before anything else; each begins with its tool."""

    def missing(self, environment: Mapping[str, str]) -> str | None:
        """Return what the machine lacks, None where it has everything."""
        for command in self.needs:
            found = shutil.which(command[0], path=environment["PATH"])
            if (
                found is None
                or subprocess.run(
                    [found, *command[1:]], capture_output=True, check=False, env=environment
                ).returncode
            ):
                return command[0]
        return None


_JAVA = ("java", "-version")
LANGUAGES = (
    Language("python", [("python", "--version")]),
    Language("typescript", [("node", "--version"), ("npm", "--version")]),
    Language("go", [("go", "version")]),
    Language("java", [_JAVA, ("mvn", "--version"), ("openapi-generator-cli", "version")]),
    Language("rust", [_JAVA, ("cargo", "--version"), ("openapi-generator-cli", "version")]),
)
