"""Run every check of the contract as it stands."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType

from attrs import frozen

from tools.contract import nodejs
from tools.contract.document import Node, UnreadableError, parse
from tools.contract.linting import rules, vectors

RULES: dict[str, Callable[[Node], rules.Matches]] = {
    name.replace("_", "-"): rule
    for name, rule in vars(rules).items()
    if isinstance(rule, FunctionType) and rule.__module__ == rules.__name__ and name[0] != "_"
}
"""The public functions of this module, by the names that messages show."""
_REDOCLY_CONFIG = Path(__file__).with_name("redocly.yaml")
_UNDOCUMENTED = "#/components/examples/unknown-values/"
"""The example with properties that are undocumented on purpose."""


@frozen
class Violation:
    """One place that breaks a rule, with a message that says how to fix it."""

    rule: str
    location: str
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message} [{self.rule}]"


def lint(folder: Path) -> Iterator[Violation]:
    """Yield every violation in an ``openapi/`` folder."""
    file = folder / "openapi.yaml"
    try:
        document = parse(file.read_text("utf-8"))
    except UnreadableError as error:
        yield Violation("readable", file.name, str(error))
        return
    found = list(_redocly(file))
    yield from found
    # The other checks follow references, so the document must be sound.
    if not found:
        yield from lint_document(document, folder)


def lint_document(document: Node, folder: Path) -> Iterator[Violation]:
    """Yield every violation in a document and the vectors of a folder, without Redocly's rules."""
    for name, rule in RULES.items():
        yield from (Violation(name, *match) for match in rule(document))
    for match in vectors.check(document, folder):
        yield Violation("vectors-are-complete", *match)


def _redocly(file: Path) -> Iterator[Violation]:
    done = nodejs.run(nodejs.REDOCLY, "lint", "--config", _REDOCLY_CONFIG, "--format", "json", file)
    try:
        problems = json.loads(done.stdout[done.stdout.index("{") :])["problems"]
    except ValueError:
        yield Violation("redocly", file.name, f"{done.stdout}{done.stderr}"[:2000])
        return
    for each in problems:
        place = each["location"][0]
        location = place.get("pointer") or f"line {place['start']['line']}"
        if not location.startswith(_UNDOCUMENTED):
            yield Violation(f"redocly {each['ruleId']}", location, each["message"])
    if done.returncode and not problems:
        yield Violation("redocly", file.name, f"failed without a problem: {done.stderr}"[:2000])
