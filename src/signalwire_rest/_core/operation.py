"""A generated operation, a module of ``signalwire_rest_wire.api``: its request and its response."""

import functools
import re
from collections.abc import Mapping
from types import ModuleType, NoneType, SimpleNamespace
from typing import Any, cast

import httpx

from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._decoding.decode import decode
from signalwire_rest._decoding.json import read_json
from signalwire_rest._decoding.normalisation import ValidationError
from signalwire_rest._errors import Json

from .arguments import check_arguments
from .configuration import Configuration


def build_request(
    configuration: Configuration,
    operation: ModuleType,
    path: Mapping[str, object],
    arguments: Mapping[str, object],
    query: str | None = None,
) -> httpx.Request:
    """Return the request of an operation.

    Args:
        configuration: The client's configuration.
        operation: The generated operation.
        path: The path arguments in the order of the URL, by the names that callers know.
        arguments: The query arguments and the body, by the names of the contract.
        query: A query to send unchanged instead of the query arguments.

    Raises:
        ValueError: An argument is malformed.
        TypeError: An argument has the wrong type.
    """
    checked = check_arguments(operation._get_kwargs, path, arguments)
    try:
        return _build_request(configuration, query, **operation._get_kwargs(**checked))
    except (TypeError, ValueError, OverflowError, RecursionError, httpx.InvalidURL) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        problem = f"{error}"
    raise kind(f"the arguments cannot be sent: {problem}")


def _build_request(
    configuration: Configuration,
    query: str | None,
    *,
    method: str,
    url: str,
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    **body: Any,
) -> httpx.Request:
    if query is None:
        query = str(httpx.QueryParams(params)) if params else ""
    if not body and method in ("get", "delete", "head", "options"):
        # An explicit empty stream skips httpx's encoding of bodies, which would double the cost.
        body["stream"] = _NO_BODY
    target = _url(configuration.origin, url, query)
    request = httpx.Request(method, target, headers=configuration.headers, **body)
    request.read()
    for name, value in (headers or {}).items():
        if not (value.isascii() and value.isprintable()):
            raise ValueError(f"{name} must be printable ASCII; got {value[:100]!r}")
        request.headers.setdefault(name, value)
    return request


_NO_BODY = httpx.ByteStream(b"")


def decode_response(
    operation: ModuleType, response_type: Any, status_code: int, body: bytes
) -> Any:
    """Return the model of a 2xx response; ``None`` if the operation returns none.

    Raises:
        ValidationError: The response does not match the contract.
    """
    if status_code == 404 and response_type is NoneType:
        return None  # There is nothing left to delete.
    if not _documents(operation, status_code):
        raise ValidationError(f"the contract documents no {status_code} response")
    if response_type is NoneType or (not body and NoneType in annotation_of(response_type).exact):
        return None
    try:
        value = read_json(body)
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"the body is not JSON: {error}") from None

    def parse(value: Json) -> Any:
        response = SimpleNamespace(status_code=status_code, json=lambda: value)
        return operation._parse_response(client=_CLIENT, response=response)

    return decode(response_type, parse, value)


_CLIENT = SimpleNamespace(raise_on_unexpected_status=True)
"""The client attribute that a generated parser reads."""


@functools.cache
def _documents(operation: ModuleType, status_code: int) -> bool:
    """Return whether the generated operation has a parser for a status."""
    response = SimpleNamespace(status_code=status_code, content=b"")
    try:
        operation._parse_response(client=_CLIENT, response=response)
    except operation.errors.UnexpectedStatus:
        return False
    except AttributeError:
        pass  # The parser exists; it failed only because this response has no JSON.
    return True


_UNCHANGED = re.compile(r"(?:/[\w-]+)+\?(?:[\w.~=&+-]|%[0-9A-F]{2})*", re.ASCII)
"""Paths and queries that httpx sends as they are."""
_LENGTH_MAX = 8000
"""Characters of a path and a query; httpx refuses very long ones."""

_parse_url = functools.lru_cache(16)(httpx.URL)


def _url(origin: str, path: str, query: str) -> httpx.URL:
    """Return a URL. httpx looks at each of its characters, which costs a tenth of a call."""
    if len(target := f"{path}?{query}") > _LENGTH_MAX or not _UNCHANGED.fullmatch(target):
        return httpx.URL(f"{origin}{path}{'?' if query else ''}{query}")
    url: Any = httpx.URL(_parse_url(origin))
    # Private; a test fails by name if it changes.
    url._uri_reference = url._uri_reference._replace(path=path, query=query or None)
    return cast(httpx.URL, url)
