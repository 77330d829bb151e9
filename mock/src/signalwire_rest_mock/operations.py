"""The operations of an OpenAPI document, with an example for every response they document."""

import re
import uuid
from collections.abc import Iterator, Mapping
from functools import cached_property
from http import HTTPStatus
from typing import Any, cast

from attrs import field, frozen

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_JSON = "application/json"


@frozen
class Example:
    """One response of an operation, taken from the document."""

    name: str
    """The name of the example, or the reason phrase (``no-content``) if it has no name."""
    id: str
    """The id that selects it: the ``id`` of its own value, or one derived from the name."""
    status: int
    summary: str
    value: Any = field(repr=False)
    has_body: bool = True
    """False for a response that is documented without content; ``value`` is then None."""


@frozen(slots=False)
class Operation:
    """One method of one path."""

    id: str
    method: str
    """In upper case."""
    path: str
    """The path template."""
    examples: tuple[Example, ...] = field(repr=False)
    boolean_parameters: frozenset[str] = frozenset()
    """The names of its boolean query parameters."""
    text_parameters: frozenset[str] = frozenset()
    """The names of its query parameters that are any text."""
    optional_properties: frozenset[str] = frozenset()
    """Properties that a response has only if asked: ``name`` for the query ``include_name``."""
    takes_body: bool = False

    @cached_property
    def resource(self) -> str:
        """The path template up to its last parameter."""
        return self.path[: self.path.rfind("}") + 1]

    def key(self, path: str) -> str | None:
        """Return the last path parameter's value in lower case, or None without a parameter."""
        found = self._pattern.fullmatch(path)
        return found[found.lastindex].lower() if found and found.lastindex else None

    def matches(self, path: str) -> bool:
        """Return whether a path fits the template."""
        return self._pattern.fullmatch(path) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"\{[^}]*\}", self.path)
        return re.compile("([^/]+)".join(map(re.escape, parts)))


def read_operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield the operations of a parsed document, in its order."""
    for path, item in document.get("paths", {}).items():
        for method in (each for each in item if each in _METHODS):
            operation = item[method]
            declared = [*item.get("parameters", ()), *operation.get("parameters", ())]
            parameters = [_resolved(document, each) for each in declared]
            booleans = frozenset(_queries(document, parameters, "boolean"))
            included = (each for each in booleans if each.startswith("include_"))
            yield Operation(
                id=operation.get("operationId", f"{method.upper()} {path}"),
                method=method.upper(),
                path=path,
                examples=tuple(_examples(document, operation["responses"])),
                boolean_parameters=booleans,
                text_parameters=frozenset(_queries(document, parameters, "string")),
                optional_properties=frozenset(each.removeprefix("include_") for each in included),
                takes_body="requestBody" in operation,
            )


def _queries(
    document: Mapping[str, Any], parameters: list[dict[str, Any]], kind: str
) -> Iterator[str]:
    """Yield the query parameters of a type, except those with a format or known values."""
    for each in parameters:
        schema = _resolved(document, each.get("schema", {}))
        plain = not schema.keys() & {"format", "enum", "minLength", "pattern"}
        if each["in"] == "query" and kind in schema.get("type", ()) and plain:
            yield each["name"]


def _examples(document: Mapping[str, Any], responses: Mapping[str, Any]) -> Iterator[Example]:
    for key, reference in responses.items():
        if not str(key).isdigit():
            continue  # `default`, or a range such as 4XX
        status, response = int(key), _resolved(document, reference)
        content = response.get("content", {})
        if not content:
            yield _example(_phrase(status), status, response.get("description", ""), has_body=False)
        for name, example in _named(content.get(_JSON, {}), _phrase(status)):
            found = _resolved(document, example)
            yield _example(name, status, found.get("summary", ""), found["value"])


def _named(media: Mapping[str, Any], fallback: str) -> Iterator[tuple[str, Any]]:
    if "example" in media:
        yield fallback, {"value": media["example"]}
    yield from media.get("examples", {}).items()


def _example(
    name: str, status: int, summary: str, value: Any = None, has_body: bool = True
) -> Example:
    derived = str(uuid.uuid5(uuid.NAMESPACE_URL, f"signalwire-rest:{name}"))
    own = cast("dict[str, Any]", value).get("id") if isinstance(value, dict) else None
    return Example(name, str(own or derived), status, summary, value, has_body)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase.lower().replace(" ", "-")
    except ValueError:
        return str(status)


def _resolved(document: Mapping[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node
