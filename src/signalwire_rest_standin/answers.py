"""What the API answers: one function from a request to an answer, with no socket and no clock."""

import base64
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from attrs import frozen
from jsonschema_path import SchemaPath
from openapi_core import V31RequestValidator
from openapi_core.templating.paths.exceptions import OperationNotFound, PathError
from openapi_core.testing import MockRequest

from signalwire_rest_standin.contract import Contract, Example
from signalwire_rest_standin.vectors import Vector, load_vectors

_HOST = "https://example.signalwire.com"
_REQUEST_IDS = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


@frozen
class Request:
    """A request as it came over the wire; names of headers in any case."""

    method: str
    target: str
    headers: Mapping[str, str]

    def header(self, name: str) -> str:
        """Return the value of a header, empty where it is missing."""
        found = (value for key, value in self.headers.items() if key.lower() == name.lower())
        return next(found, "")


@frozen
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class StandIn:
    """The API over a contract and its vectors.

    Args:
        contract: What it answers from. Default: the contract of this package.
        project: The project id that it knows.
        token: The token that it takes for that project.
        vectors: Whole answers, which go before the contract's examples. Default: the vectors of
            this package.
    """

    def __init__(
        self,
        contract: Contract | None = None,
        project: str = "5f2c7a1e-0d3b-4c58-9a64-7be1d0c4f001",
        token: str = "PT-stand-in-token",
        vectors: Sequence[Vector] | None = None,
    ) -> None:
        self.contract = contract or Contract.load()
        self.vectors = tuple(load_vectors() if vectors is None else vectors)
        self.project = project
        self.token = token
        self._validator = V31RequestValidator(SchemaPath.from_dict(self.contract.document))

    @property
    def cases(self) -> tuple[Vector | Example, ...]:
        """What there is to ask for: the vectors, then the examples that no vector is named for."""
        named = {each.name for each in self.vectors}
        examples = (each for each in self.contract.examples if each.name not in named)
        return *self.vectors, *examples

    def answer(self, request: Request, number: int = 1) -> Answer:
        """Return the answer to a request; ``number`` says which one it is, for the request id.

        The answer of a vector is the vector's, to the byte.
        """
        decided = self._decide(request)
        if isinstance(decided, Vector):
            return Answer(decided.status, decided.body, decided.headers)
        status, value, headers = decided
        return Answer(
            status=status,
            body=json.dumps(value, ensure_ascii=False).encode(),
            headers={
                "Content-Type": "application/json",
                "X-Request-Id": str(uuid.uuid5(_REQUEST_IDS, str(number))),
                **headers,
            },
        )

    def _decide(self, request: Request) -> Vector | tuple[int, Any, dict[str, str]]:
        if not self._is_authorized(request.header("Authorization")):
            challenge = {"WWW-Authenticate": 'Basic realm="SignalWire"'}
            return *self._said(HTTPStatus.UNAUTHORIZED), challenge
        try:
            split = urlsplit(request.target)
        except ValueError:
            return *self._said(HTTPStatus.BAD_REQUEST), {}
        query = parse_qsl(split.query, keep_blank_values=True)
        entries: list[dict[str, Any]] = []
        for name, problem in self._problems(request.method, split.path, query):
            if name is None and isinstance(problem, OperationNotFound):
                return *self._said(HTTPStatus.METHOD_NOT_ALLOWED), {"Allow": "GET"}
            if name is None:
                return *self._said(HTTPStatus.NOT_FOUND), {}
            entries.append(_entry(name))
        if entries:
            return HTTPStatus.UNPROCESSABLE_ENTITY, {"errors": entries}, {}
        chosen = self._chosen(request, split.path)
        if chosen is None:
            return *self._said(HTTPStatus.NOT_FOUND), {}
        if isinstance(chosen, Vector) and chosen.answers(dict(query)):
            return chosen
        return chosen.status, self._as_asked(chosen, dict(query)), {}

    def _is_authorized(self, header: str) -> bool:
        scheme, _, encoded = header.partition(" ")
        expected = base64.b64encode(f"{self.project}:{self.token}".encode()).decode()
        return scheme.lower() == "basic" and encoded.strip() == expected

    def _problems(
        self, method: str, path: str, query: list[tuple[str, str]]
    ) -> Iterator[tuple[str | None, Exception | None]]:
        """Yield what is wrong: the parameter, or None and why the request as a whole is."""
        # The wire has `true` and `false`; the validator takes `1` and `yes` as well.
        booleans = set(self.contract.boolean_parameters())
        refused = {name for name, value in query if name in booleans and value not in _BOOLEANS}
        checked = {name: value for name, value in query if name not in refused}
        headers = {"Authorization": "Basic checked"}
        asked = MockRequest(_HOST, method, path, args=checked, headers=headers)
        for error in self._validator.iter_errors(asked):
            if isinstance(error, PathError):
                yield None, error
                return
            refused.add(str(getattr(error, "name", "request")))
        yield from ((name, None) for name in sorted(refused))

    def _chosen(self, request: Request, path: str) -> Vector | Example | None:
        """Return what a request asks for, by name (as of Prism) or by id."""
        conference_id = path.rpartition("/")[2].lower()
        wanted = _preferences(request.header("Prefer")).get("example")
        for each in self.cases:
            if each.name == wanted or (wanted is None and each.id == conference_id):
                return each
        return None

    @staticmethod
    def _as_asked(chosen: Vector | Example, query: Mapping[str, str]) -> Any:
        if chosen.status == 200 and query.get("include_active_session") != "true":
            return {key: each for key, each in chosen.value.items() if key != "active_session"}
        return chosen.value

    @staticmethod
    def _said(status: HTTPStatus) -> tuple[int, Any]:
        return status, {"error": status.phrase}


_BOOLEANS = ("true", "false")


def _preferences(header: str) -> dict[str, str]:
    """Return the preferences of a ``Prefer`` header; Prism wants ``code=404, example=…``."""
    pairs = (each.partition("=") for each in header.split(","))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}


def _entry(name: str) -> dict[str, Any]:
    return {
        "type": "validation_error",
        "code": "invalid_parameter",
        "message": f"{name} is not what the contract says",
        "attribute": name,
        "url": "https://signalwire.com/docs",
    }
