"""The contract's test vectors, as far as a server needs them: whole answers, each with an id."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from signalwire_rest_standin.contract import folder


@frozen(slots=False)
class Vector:
    """One answer to the byte, and the conference id that asks for it."""

    name: str
    id: str
    status: int
    summary: str
    query: Mapping[str, str]
    """The query that the answer belongs to."""
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @cached_property
    def value(self) -> Any:
        """The body, parsed as JSON."""
        return json.loads(self.body)

    def answers(self, query: Mapping[str, str]) -> bool:
        """Return whether it is what goes back for this query; a failure is for any."""
        if self.status != 200 or query == self.query:
            return True
        # A body that is no conference has no session to leave out.
        try:
            return not isinstance(self.value, dict)
        except ValueError:
            return True


def load_vectors() -> tuple[Vector, ...]:
    """Return the vectors that this package carries; in a checkout, those of ``openapi/``."""
    files = (folder() / "vectors").iterdir()
    found = (_vector(json.loads(file.read_text("utf-8"))) for file in files)
    return tuple(sorted(found, key=lambda vector: vector.name))


def _vector(data: dict[str, Any]) -> Vector:
    request, response = data["request"], data["response"]
    return Vector(
        name=data["name"],
        id=request["arguments"]["id"],
        status=response["status"],
        summary=data["description"],
        query=request["query"],
        headers=response["headers"],
        body="\n".join(response["body"]).encode(),
    )
