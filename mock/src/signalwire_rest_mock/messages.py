"""A request and a response, as plain values."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from attrs import field, frozen

WITHOUT_BODY = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
"""Statuses whose responses never have a body."""


@frozen
class Request:
    """A request as it came over the wire. Header names may be in any case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str:
        """Return the value of a header, or an empty string if it is missing."""
        found = (value for key, value in self.headers.items() if key.lower() == name.lower())
        return next(found, "")

    def preferences(self) -> dict[str, str]:
        """Return the preferences of the ``Prefer`` header, such as ``code=404, example=…``."""
        pairs = (each.partition("=") for each in self.header("Prefer").split(","))
        return {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}


@frozen
class Response:
    """A response to send over the wire."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @classmethod
    def of_json(
        cls, status: int, value: Any, headers: Mapping[str, str] | None = None
    ) -> "Response":
        """Return a response whose body is a JSON value."""
        body = json.dumps(value).encode()
        return cls(status, body, {"Content-Type": "application/json", **(headers or {})})

    @classmethod
    def of_error(cls, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> "Response":
        """Return an error in the API's form, with the reason phrase as its message."""
        return cls.of_json(status, {"error": status.phrase}, headers)
