"""A place in the contract or its vectors that breaks a rule."""

from attrs import frozen


@frozen
class Violation:
    """One place that breaks a rule, with a message that says how to fix it."""

    rule: str
    location: str
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message} [{self.rule}]"
