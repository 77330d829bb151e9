"""The mock API: a function from a request to a response, without sockets or a clock."""

import base64
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import evolve

from signalwire_rest.testing import Space, invalid
from signalwire_rest_mock.cases import Case, Cases, successes
from signalwire_rest_mock.contract import Contract
from signalwire_rest_mock.examples import add_examples
from signalwire_rest_mock.messages import WITHOUT_BODY, Request, Response
from signalwire_rest_mock.operations import Example, Operation
from signalwire_rest_mock.validation import RequestValidator, UnreadableBodyError
from signalwire_rest_mock.vectors import Vector, load_vectors

_REQUEST_IDS = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


class MockApi:
    """The API that a contract describes: a space that remembers, and fixed responses.

    A ``Prefer`` header, or the id of an example or a vector, selects a fixed response. An example
    that is a resource is fixed until a request or a test changes it. Operations that the space does
    not have respond with their examples.

    Args:
        contract: The contract. Default: the one that comes with this package.
        project: The project id that requests must carry.
        token: The API token that requests must carry.
        vectors: Complete responses, which take precedence over the contract's examples. Default:
            the vectors that come with this package.
        space: What the API remembers. Default: a new space with the contract's examples.
        stateful: False for an API that remembers nothing, and responds with examples and vectors
            alone.
    """

    def __init__(
        self,
        contract: Contract | None = None,
        project: str = "5f2c7a1e-0d3b-4c58-9a64-7be1d0c4f001",
        token: str = "PT-stand-in-token",
        vectors: Sequence[Vector] | None = None,
        *,
        space: Space | None = None,
        stateful: bool = True,
    ) -> None:
        self.contract = contract or Contract.load()
        self.vectors = tuple(load_vectors() if vectors is None else vectors)
        self.project = project
        self.token = token
        self._validator = RequestValidator(self.contract.document)
        self.cases = Cases(self.contract, self.vectors)
        self.space = space or Space()
        self._stateful = stateful
        if space is None and stateful:
            add_examples(self.space, self.contract)
        self._originals = {
            key: value
            for each in self.contract.operations
            for case in successes(self.cases.of(each))
            if (key := self.cases.key(each, case)) and (value := self._stored(each, key))
        }

    def respond(self, request: Request, number: int = 1) -> Response:
        """Return the response to a request.

        Args:
            request: The request.
            number: A serial number, from which the request id is derived. A vector has its own.
        """
        response = self._respond(request)
        headers = {"X-Request-Id": str(uuid.uuid5(_REQUEST_IDS, str(number))), **response.headers}
        empty = request.method == "HEAD" or response.status in WITHOUT_BODY
        return evolve(response, headers=headers, body=b"" if empty else response.body)

    def _respond(self, request: Request) -> Response:
        if not self._is_authorized(request.header("Authorization")):
            return Response.of_error(
                HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": 'Basic realm="SignalWire"'}
            )
        # A target that starts with a slash is a path, even if it starts with two.
        origin = "//mock" if request.target.startswith("/") else ""
        try:
            split = urlsplit(origin + request.target)
        except ValueError:
            return Response.of_error(HTTPStatus.BAD_REQUEST)
        if not {".", ".."}.isdisjoint(unquote(split.path).split("/")):
            return Response.of_error(HTTPStatus.BAD_REQUEST)
        operations = self.contract.operations_at(split.path)
        if not operations:
            return Response.of_error(HTTPStatus.NOT_FOUND)
        operation = operations.get(request.method)
        if operation is None:
            return Response.of_error(
                HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": ", ".join(sorted(operations))}
            )
        pairs = parse_qsl(split.query, keep_blank_values=True)
        try:
            refused = self._validator.invalid(operation, request, split.path, pairs)
            body = json.loads(request.body) if operation.takes_body and request.body else None
        except (UnreadableBodyError, ValueError):
            return Response.of_error(HTTPStatus.BAD_REQUEST)
        if refused:
            errors = [
                invalid(code, f"{name} does not match the contract", name).body["errors"][0]
                for name, code in refused.items()
            ]
            return Response.of_json(HTTPStatus.UNPROCESSABLE_ENTITY, {"errors": errors})
        query, preferences = dict(pairs), request.preferences()
        case = self.cases.select(operation, split.path, query, preferences)
        if self._stateful and not (
            preferences.keys() & {"example", "code"} or self._is_fixed(operation, case, split.path)
        ):
            found = self.space.respond(operation.method, split.path, query, body)
            if found is not None and found.body is None:
                return Response(found.status, b"", found.headers)
            if found is not None:
                return Response.of_json(found.status, found.body, found.headers)
        if case is None:
            described = successes(self.cases.of(operation))
            return Response.of_error(
                HTTPStatus.NOT_FOUND if described else HTTPStatus.NOT_IMPLEMENTED
            )
        return _of_case(operation, case, query)

    def _is_fixed(self, operation: Operation, case: Case | None, path: str) -> bool:
        """Return whether a case is the response to its id, whatever the space remembers."""
        key = operation.key(path)
        if case is None or key is None or self.cases.key(operation, case) != key:
            return False
        if key not in self._originals:
            return True
        return operation.method == "GET" and self._originals[key] == self._stored(operation, key)

    def _stored(self, operation: Operation, key: str) -> Any:
        """Return the resource with this id as the space has it, or None."""
        if operation.path != operation.resource:
            return None
        path = re.sub(r"\{[^}]*\}", key, operation.path)
        found = self.space.respond("GET", path, {"include_active_session": "true"})
        return found.body if found and found.status == HTTPStatus.OK else None

    def _is_authorized(self, header: str) -> bool:
        scheme, _, encoded = header.partition(" ")
        expected = base64.b64encode(f"{self.project}:{self.token}".encode()).decode()
        return scheme.lower() == "basic" and encoded.strip() == expected


def _of_case(operation: Operation, case: Case, query: Mapping[str, str]) -> Response:
    if isinstance(case, Vector) and case.fits(query):
        return Response(case.status, case.body, case.headers)
    if isinstance(case, Example) and not case.has_body:
        return Response(case.status, b"", {})
    value = case.value
    if 200 <= case.status < 300:
        names = operation.optional_properties
        omitted = {name for name in names if query.get(f"include_{name}") != "true"}
        value = _without(omitted, value)
    return Response.of_json(case.status, value)


def _without(names: set[str], value: Any) -> Any:
    """Return a value without these properties; in a page, each entry without them."""
    if not isinstance(value, dict):
        return value
    found = cast("dict[str, Any]", value)
    kept = {name: each for name, each in found.items() if name not in names}
    if "data" in kept:
        kept["data"] = [_without(names, each) for each in kept["data"]]
    return kept
