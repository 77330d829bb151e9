"""Run every check of the contract as it stands."""

import json
from collections.abc import Iterator
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from tools.contract import redocly
from tools.contract.document import Node, UnreadableError, join_pointer, parse
from tools.contract.linting import document_rules, enum_rules, examples
from tools.contract.linting.rules import rules_in, violations
from tools.contract.vectors import checker
from tools.contract.violations import Violation

RULES = rules_in(document_rules, enum_rules)
_REDOCLY_CONFIG = Path(__file__).with_name("redocly.yaml")


def lint(folder: Path) -> Iterator[Violation]:
    """Yield every violation in an ``openapi/`` folder."""
    file = folder / "openapi.yaml"
    try:
        document = parse(file.read_text("utf-8"))
    except UnreadableError as error:
        yield Violation("readable", file.name, str(error))
        return
    yield from _redocly(file)
    yield from lint_document(document, folder)


def lint_document(document: Node, folder: Path) -> Iterator[Violation]:
    """Yield every violation in a document and the vectors of a folder, without Redocly's rules."""
    # The other checks follow references, so these must be sound first.
    fatal = list(violations({"local-references": RULES["local-references"]}, document))
    fatal += _specification(document)
    yield from fatal
    if fatal:
        return
    yield from violations(RULES, document)
    vectors = checker.load(folder)
    yield from examples.violations(document, checker.unknown_properties(vectors))
    schema = json.loads((folder / "vector.schema.json").read_text("utf-8"))
    yield from checker.Checker(document, schema).violations(vectors)


def _specification(document: Node) -> Iterator[Violation]:
    rule = "openapi-specification"
    try:
        for error in OpenAPIV31SpecValidator(document).iter_errors():
            yield Violation(rule, join_pointer(*error.absolute_path), error.message)
    except (LookupError, TypeError, AttributeError) as error:
        # The validator continues past an error, and may then fail on the invalid node.
        yield Violation(rule, "#", f"not a valid document: {type(error).__name__} {error}")


def _redocly(file: Path) -> Iterator[Violation]:
    try:
        report, done = redocly.run("lint", "--config", _REDOCLY_CONFIG, file)
    except redocly.RedoclyError as error:
        yield Violation("redocly", file.name, str(error)[:2000])
        return
    for each in report["problems"]:
        place = each["location"][0]
        location = place.get("pointer") or f"line {place['start']['line']}"
        yield Violation(f"redocly {each['ruleId']}", location, each["message"])
    if done.returncode and not report["problems"]:
        message = f"Redocly failed without reporting a problem: {done.stderr}"[:2000]
        yield Violation("redocly", file.name, message)
