"""The clients, and the tools that each of them needs."""

import subprocess
from collections.abc import Mapping, Sequence

from attrs import frozen


@frozen
class Language:
    """A language, or a generator, with a client of the contract."""

    name: str
    needs: Sequence[str]
    """Commands that fail if a tool is missing; each begins with the tool."""
    plain: bool = False
    """Whether its generator needs the plain variant of the contract, and only models are run."""

    def missing(self, environment: Mapping[str, str]) -> str | None:
        """Return the first missing tool, or None."""
        for command in self.needs:
            if subprocess.run(command, shell=True, capture_output=True, env=environment).returncode:
                return command.partition(" ")[0]
        return None


_GENERATOR = ["java -version", "openapi-generator-cli version"]
LANGUAGES = (
    Language("python", ["python --version"]),
    Language("typescript", ["node --version", "npm --version"]),
    Language("go", ["go version"]),
    Language("java", ["mvn --version", *_GENERATOR]),
    Language("rust", ["cargo --version", *_GENERATOR]),
    Language("openapi-generator-python", ["python --version", *_GENERATOR], plain=True),
    Language("kotlin", ["mvn --version", *_GENERATOR], plain=True),
    Language("ogen", ["go version"], plain=True),
)
