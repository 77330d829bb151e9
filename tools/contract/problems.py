"""What a check has to say: where, which rule, and in one sentence what to do."""

from collections.abc import Callable, Iterator

from attrs import frozen

from tools.contract.document import Node

Found = Iterator[tuple[str, str]]
"""Where a document breaks a rule, and what to do there."""

Rule = Callable[[Node], Found]


@frozen
class Problem:
    """One place that breaks a rule."""

    rule: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text} [{self.rule}]"


def named(*rules: Rule) -> dict[str, Rule]:
    """Return rules by their names, as a message shows them."""
    return {rule.__name__.replace("_", "-"): rule for rule in rules}


def broken(rules: dict[str, Rule], document: Node) -> Iterator[Problem]:
    """Yield every place of a document that breaks one of the rules."""
    for name, rule in rules.items():
        yield from (Problem(name, where, text) for where, text in rule(document))
