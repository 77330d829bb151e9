"""Run every check of the contract as it stands."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType

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


def lint(folder: Path) -> Iterator[str]:
    """Yield every violation in an ``openapi/`` folder, as location, message and rule."""
    file = folder / "openapi.yaml"
    try:
        document = parse(file.read_text("utf-8"))
    except UnreadableError as error:
        yield f"{file.name}: {error} [readable]"
        return
    found = list(_redocly(file))
    yield from found
    # The other checks follow references, so the document must be sound.
    if not found:
        yield from lint_document(document, folder)


def lint_document(document: Node, folder: Path) -> Iterator[str]:
    """Yield every violation in a document and the vectors of a folder, without Redocly's rules."""
    for name, rule in RULES.items():
        yield from (f"{where}: {message} [{name}]" for where, message in rule(document))
    for where, message in vectors.check(document, folder):
        yield f"{where}: {message} [vectors-are-complete]"


def _redocly(file: Path) -> Iterator[str]:
    done = nodejs.run(nodejs.REDOCLY, "lint", "--config", _REDOCLY_CONFIG, "--format", "json", file)
    try:
        problems = json.loads(done.stdout[done.stdout.index("{") :])["problems"]
    except ValueError:
        yield f"{file.name}: {(done.stdout + done.stderr)[:2000]} [redocly]"
        return
    for each in problems:
        place = each["location"][0]
        location = place.get("pointer") or f"line {place['start']['line']}"
        if not location.startswith(_UNDOCUMENTED):
            yield f"{location}: {each['message']} [redocly {each['ruleId']}]"
    if done.returncode and not problems:
        yield f"{file.name}: failed without a problem: {done.stderr[:2000]} [redocly]"
