"""The contract as the stand-in reads it: the document, its examples, and an id for each of them."""

import uuid
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Self, cast

import yaml
from attrs import field, frozen

_OPERATION = ("/api/video/conferences/{id}", "get")


@frozen
class Example:
    """One named example of the contract, and the conference id that asks for it."""

    name: str
    id: str
    status: int
    summary: str
    value: Any = field(repr=False)


def folder() -> Traversable:
    """Return the ``openapi/`` that this package carries; in a checkout, that of the checkout."""
    packaged = files("signalwire_rest_standin") / "openapi"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "openapi"


class Contract:
    """An OpenAPI document.

    Args:
        document: The document, parsed.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    @classmethod
    def load(cls) -> Self:
        """Return the contract that this package carries; in a checkout, that of ``openapi/``."""
        return cls(yaml.safe_load((folder() / "openapi.yaml").read_text("utf-8")))

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The examples of the conference's operation, in the order of the document.

        The id of a conference is its own; that of an error is made of the error's name.
        """
        return tuple(self._examples())

    def example(self, name: str) -> Example:
        """Return the example of this name.

        Raises:
            KeyError: There is none.
        """
        return {each.name: each for each in self.examples}[name]

    def boolean_parameters(self) -> Iterator[str]:
        """Yield the names of the query parameters that are booleans."""
        for parameter in self._operation["parameters"]:
            if parameter["in"] == "query" and parameter["schema"].get("type") == "boolean":
                yield parameter["name"]

    @property
    def _operation(self) -> dict[str, Any]:
        path, method = _OPERATION
        return cast("dict[str, Any]", self.document["paths"][path][method])

    def _examples(self) -> Iterator[Example]:
        for status, reference in self._operation["responses"].items():
            response = self._resolved(reference)
            for name, example in response["content"]["application/json"]["examples"].items():
                found = self._resolved(example)
                value = found["value"]
                made = str(uuid.uuid5(uuid.NAMESPACE_URL, f"signalwire-rest:{name}"))
                own = value.get("id", made)
                yield Example(name, own, int(status), found.get("summary", ""), value)

    def _resolved(self, node: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node
