"""What a call sends and what its response means, and the request that httpx sends."""

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast
from urllib.parse import urlencode

import httpx

from .configuration import Configuration
from .secrets import Secrets


class RequestDescription(Protocol):
    """What a call sends, and what its response means."""

    @property
    def operation(self) -> str | None:
        """The ``operationId`` of the contract; ``None`` if the contract does not have it."""

    @property
    def path_template(self) -> str | None:
        """The path with placeholders, such as ``/api/video/conferences/{id}``."""

    @property
    def secrets(self) -> Secrets:
        """The secrets of its bodies."""
        ...

    def build(
        self, configuration: Configuration, headers: Mapping[str, str], query: str | None
    ) -> httpx.Request:
        """Return the request, with the headers of the options.

        Args:
            query: A query to send unchanged instead of the described one.

        Raises:
            ValueError: An argument is malformed.
            TypeError: An argument has the wrong type.
        """
        ...

    def decode(self, status_code: int, body: bytes) -> Any:
        """Return the result, from a successful response.

        Raises:
            ValidationError: The response does not match the contract.
        """
        ...


def make_request(
    configuration: Configuration,
    headers: Mapping[str, str],
    query: str | None,
    get_parts: Callable[[], dict[str, Any]],
) -> httpx.Request:
    """Return a request. See :meth:`RequestDescription.build`.

    Args:
        get_parts: Returns ``method``, ``url`` (the path), ``params``, ``headers`` and the body as
            ``json``, as the generated ``_get_kwargs`` do.
    """
    try:
        request = _make_request(configuration, query, **get_parts())
        if headers:
            request.headers.update(headers)
        return request
    except (TypeError, ValueError, OverflowError, RecursionError, httpx.InvalidURL) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        problem = f"{error}"
    raise kind(f"the arguments cannot be sent: {problem}")


def _make_request(
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
        query = encode_query(params) if params else ""
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


def encode_query(params: Mapping[str, Any]) -> str:
    """Return a query as httpx writes it, whose own way takes twice as long."""
    pairs: list[tuple[str, object]] = []
    for name, value in params.items():
        values = cast("list[object]", value) if isinstance(value, list) else [value]
        pairs += [(name, f"{each}".lower() if isinstance(each, bool) else each) for each in values]
    return urlencode(pairs)


_NO_BODY = httpx.ByteStream(b"")
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
