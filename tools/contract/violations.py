"""A place in the contract or its vectors that breaks a rule."""

from collections.abc import Iterator

from attrs import frozen

Matches = Iterator[tuple[str, str]]
"""The locations that break a rule, each with a message that says how to fix it."""


@frozen
class Violation:
    """One place that breaks a rule, with a message that says how to fix it."""

    rule: str
    location: str
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message} [{self.rule}]"
