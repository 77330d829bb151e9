"""Run every check of the contract as it stands."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType

from tools.contract import nodejs
from tools.contract.document import Node, UnreadableError, parse
from tools.contract.linting import document_rules, enum_rules, vectors
from tools.contract.violations import Matches, Violation

RULES: dict[str, Callable[[Node], Matches]] = {
    name.replace("_", "-"): rule
    for module in (document_rules, enum_rules)
    for name, rule in vars(module).items()
    if isinstance(rule, FunctionType) and rule.__module__ == module.__name__ and name[0] != "_"
}
"""The public functions of these modules, by the names that messages show."""
_REDOCLY_CONFIG = Path(__file__).with_name("redocly.yaml")
_UNDOCUMENTED = "#/components/examples/unknown-values/"
"""The example with properties that are undocumented on purpose."""


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
        yield from (Violation(name, where, message) for where, message in rule(document))
    yield from vectors.violations(document, folder)


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
