"""Compute what a client must return for a response, in the notation of a vector's ``expect``.

Vectors are written by hand. This derives the same expectations from the contract alone, without
any client.
"""

import email.utils
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from tools.contract.document import SCHEMAS, Node, resolve

_ERROR_KINDS = {
    400: "bad-request",
    401: "authentication",
    403: "permission",
    404: "not-found",
    422: "validation",
    429: "rate-limit",
}


def error_kind(status: int) -> str:
    """Return the kind of error that a response with this status causes."""
    if 200 <= status < 300:
        return "contract"
    return "server" if 500 <= status < 600 else _ERROR_KINDS.get(status, "other")


def properties(
    document: Node, schema: Node, value: Node, prefix: str = ""
) -> Iterator[tuple[str, Node]]:
    """Yield path and expectation of every property of an object, including nested ones."""
    schema = resolve(document, schema)
    for name, child in value.items():
        path = f"{prefix}{name}"
        if name not in schema["properties"]:
            yield path, {"kind": "kept-property", "value": child}
        else:
            yield from _expected_at(path, document, schema["properties"][name], child)


def _expected_at(path: str, document: Node, schema: Node, value: Any) -> Iterator[tuple[str, Node]]:
    found = _expected(document, schema, value)
    yield path, found
    if found["kind"] == "model":
        inner = {"$ref": f"{SCHEMAS}{found['model']}"}
        yield from properties(document, inner, value, f"{path}.")
    elif found["kind"] == "list":
        for index, each in enumerate(value):
            yield from _expected_at(f"{path}[{index}]", document, schema["items"], each)


def _expected(document: Node, schema: Node, value: Any) -> Node:
    if value is None:
        return {"kind": "null"}
    if name := _component(schema):
        component = resolve(document, {"$ref": f"{SCHEMAS}{name}"})
        if "enum" in component:
            return _enum(name, component, value)
        if component.get("properties"):
            return {"kind": "model", "model": name}
        return {"kind": "object", "value": value}
    types = schema.get("type", ())
    if "boolean" in types:
        return {"kind": "boolean", "value": value}
    if "integer" in types:
        return {"kind": "integer", "value": int(value)}
    if "array" in types:
        return {"kind": "list", "length": len(value)}
    match schema.get("format"):
        case "uuid":
            return {"kind": "uuid", "value": value.lower()}
        case "date-time":
            return {"kind": "instant", "value": utc(value)}
    return {"kind": "text", "value": value}


def utc(text: str) -> str:
    """Convert an RFC 3339 date-time to UTC, without trailing zeros."""
    moment = datetime.fromisoformat(text.upper()).astimezone(UTC).replace(tzinfo=None)
    found = moment.isoformat()
    return f"{found.rstrip('0') if '.' in found else found}Z"


def next_page(request: Node, body: Node) -> Node | str:
    """Return the query of the request for the next page, ``"end"`` or ``"refused"``."""
    link = body.get("links", {}).get("next")
    if not link:
        return "end"
    page = f"https://example.signalwire.com{request['path']}"
    try:
        target = urlsplit(urljoin(page, link))
    except ValueError:
        return "refused"
    query = dict(parse_qsl(target.query))
    is_safe = re.fullmatch(r"[!-~]+", link) and target._replace(query="").geturl() == page
    return {"query": query} if is_safe and query != request["query"] else "refused"


def retry_wait(retry_after: str | None, now: datetime) -> Node | None:
    """Return the wait that a ``Retry-After`` header requests; for a date in the past, 0 seconds."""
    if retry_after is None:
        return None
    if re.fullmatch(r"[0-9]+", retry_after):
        return {"seconds": int(retry_after)}
    try:
        date = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return {"seconds": 0} if date <= now else {"until": utc(date.isoformat())}


def error_entries(body: Any) -> list[Node]:
    """Return the entries of an ``ErrorList`` body, with None for omitted fields."""
    entries = body.get("errors", []) if isinstance(body, dict) else []
    names = ("type", "code", "message", "attribute", "url")
    return [{name: entry.get(name) for name in names} for entry in entries]


def _enum(name: str, schema: Node, value: Any) -> Node:
    # 20.0 equals the constant 20, and an unknown 25.0 is kept as the integer 25.
    whole = int(value) if isinstance(value, float) else value
    if whole not in schema["enum"]:
        return {"kind": "kept-value", "enum": name, "value": whole}
    constant = schema["x-enum-varnames"][schema["enum"].index(whole)]
    return {"kind": "constant", "enum": name, "constant": constant, "value": whole}


def _component(schema: Node) -> str | None:
    references = [schema.get("$ref"), *(each.get("$ref") for each in schema.get("anyOf", ()))]
    return next((each.removeprefix(SCHEMAS) for each in references if each), None)
