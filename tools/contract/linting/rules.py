"""Collect lint rules, and apply them to a document."""

from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType

from tools.contract.document import Node
from tools.contract.violations import Violation

Matches = Iterator[tuple[str, str]]
"""The locations that break a rule, each with a message that says how to fix it."""

Rule = Callable[[Node], Matches]


def rules_in(*modules: ModuleType) -> dict[str, Rule]:
    """Return the public functions of modules, by the names that messages show."""
    return {
        name.replace("_", "-"): value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__
        if not name.startswith("_")
    }


def violations(rules: dict[str, Rule], document: Node) -> Iterator[Violation]:
    """Yield every violation of the rules in a document."""
    for name, rule in rules.items():
        yield from (Violation(name, where, message) for where, message in rule(document))
