"""The OpenAPI contract that the mock server implements."""

from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Self

import yaml

from signalwire_rest_mock.operations import Example, Operation, read_operations


def folder() -> Traversable:
    """Return the ``openapi/`` of the installed package, or that of the checkout."""
    packaged = files("signalwire_rest_mock") / "openapi"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "openapi"


class Contract:
    """An OpenAPI document.

    Args:
        document: The document, parsed.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    @classmethod
    def load(cls) -> Self:
        """Return the contract that comes with this package."""
        return cls(yaml.safe_load((folder() / "openapi.yaml").read_text("utf-8")))

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """Every operation, in the order of the document."""
        return tuple(read_operations(self.document))

    def operation(self, operation_id: str) -> Operation:
        """Return the operation with this ``operationId``.

        Raises:
            KeyError: The contract has no such operation.
        """
        return {each.id: each for each in self.operations}[operation_id]

    def operations_at(self, path: str) -> dict[str, Operation]:
        """Return the operations of a path by their method; empty if the path is unknown."""
        found = [each for each in self.operations if each.matches(path)]
        # A path without parameters wins over a template that fits it as well.
        best = min((each.path.count("{") for each in found), default=0)
        return {each.method: each for each in found if each.path.count("{") == best}

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Every example of a body, in the order of the document, each name once."""
        found: dict[str, Example] = {}
        for operation in self.operations:
            for each in operation.examples:
                if each.has_body:
                    found.setdefault(each.name, each)
        return tuple(found.values())

    def example(self, name: str) -> Example:
        """Return the example with this name.

        Raises:
            KeyError: The contract has no such example.
        """
        return {each.name: each for each in self.examples}[name]
