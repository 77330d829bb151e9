"""The contract's test vectors, as far as a server needs them: complete responses."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from signalwire_rest_mock.contract import folder


@frozen(slots=False)
class Vector:
    """One response, byte for byte, and the request that it belongs to."""

    name: str
    operation: str
    """The ``operationId``."""
    path: str
    query: Mapping[str, str]
    status: int
    summary: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @cached_property
    def value(self) -> Any:
        """The body, parsed as JSON."""
        return json.loads(self.body)

    def fits(self, query: Mapping[str, str]) -> bool:
        """Return whether it can be sent as it is in response to a query.

        Only a success whose body is an object depends on the query.
        """
        if not 200 <= self.status < 300 or query == self.query:
            return True
        try:
            return not isinstance(self.value, dict)
        except ValueError:
            return True


def load_vectors() -> tuple[Vector, ...]:
    """Return the vectors that come with this package."""
    files = (folder() / "vectors").iterdir()
    found = (_vector(json.loads(file.read_text("utf-8"))) for file in files)
    return tuple(sorted(found, key=lambda vector: vector.name))


def _vector(data: dict[str, Any]) -> Vector:
    request, response = data["request"], data["response"]
    return Vector(
        name=data["name"],
        operation=data["operation"],
        path=request["path"],
        query=request["query"],
        status=response["status"],
        summary=data["description"],
        headers=response["headers"],
        body="\n".join(response["body"]).encode(),
    )
