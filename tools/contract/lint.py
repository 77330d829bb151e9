"""Everything that is checked of the contract as it stands."""

import json
from collections.abc import Iterator
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from tools.contract import enums, idioms, instances, nodejs, vectors
from tools.contract.document import Node, UnreadableError, parse
from tools.contract.problems import Problem, broken

_CONFIG = Path(__file__).with_name("redocly.yaml")


def lint(folder: Path, with_redocly: bool = True) -> Iterator[Problem]:
    """Yield every problem of the contract in a folder ``openapi/``."""
    file = folder / "openapi.yaml"
    try:
        document = parse(file.read_text("utf-8"))
    except UnreadableError as error:
        yield Problem("readable", "openapi.yaml", str(error))
        return
    if with_redocly:
        yield from _redocly(file)
    yield from lint_document(document, folder)


def lint_document(document: Node, folder: Path) -> Iterator[Problem]:
    """Yield every problem of a document with the vectors of a folder, Redocly's rules aside."""
    # Whoever follows a reference relies on it.
    first = list(broken({"one-file": idioms.RULES["one-file"]}, document))
    first += _specification(document)
    yield from first
    if first:
        return
    yield from broken({**idioms.RULES, **enums.RULES}, document)
    cases = vectors.load(folder)
    yield from instances.problems(document, vectors.kept(cases))
    schema = json.loads((folder / "vector.schema.json").read_text("utf-8"))
    yield from vectors.Checker(document, schema).problems(cases)


def _specification(document: Node) -> Iterator[Problem]:
    rule = "openapi-specification"
    try:
        for error in OpenAPIV31SpecValidator(document).iter_errors():
            yield Problem(rule, "#/" + "/".join(map(str, error.absolute_path)), error.message)
    except (LookupError, TypeError, AttributeError) as error:
        # It walks on past what it has objected to.
        yield Problem(rule, "#", f"it is not of that form: {type(error).__name__} {error}")


def _redocly(file: Path) -> Iterator[Problem]:
    said = nodejs.run(nodejs.REDOCLY, "lint", "--config", _CONFIG, "--format", "json", file)
    try:
        found = json.loads(said.stdout[said.stdout.index("{") :])["problems"]
    except ValueError:
        yield Problem("redocly", file.name, f"it gave up: {said.stdout}{said.stderr}"[:2000])
        return
    for each in found:
        place = each["location"][0]
        where = place.get("pointer") or f"line {place['start']['line']}"
        yield Problem(f"redocly {each['ruleId']}", where, each["message"])
    if said.returncode != 0 and not found:
        yield Problem("redocly", file.name, f"it failed and does not say why: {said.stderr}"[:2000])
