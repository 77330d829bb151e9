"""What a client has to make of a value, by the contract: in the words of a vector's ``expect``.

A second opinion on the vectors, which are written by hand. It knows the contract and no client.
"""

import email.utils
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tools.contract.document import SCHEMAS, Node, resolved

KINDS = {
    400: "bad-request",
    401: "authentication",
    403: "permission",
    404: "not-found",
    422: "validation",
    429: "rate-limit",
}


def kind_of(status: int) -> str:
    """Return which kind of failure an answer of this status is."""
    if 200 <= status < 300:
        return "contract"
    return "server" if 500 <= status < 600 else KINDS.get(status, "other")


def values(
    document: Node, schema: Node, value: Node, prefix: str = ""
) -> Iterator[tuple[str, Node]]:
    """Yield path and reading of every property of an object, and of the objects in it."""
    schema = resolved(document, schema)
    for name, each in value.items():
        path = f"{prefix}{name}"
        if name not in schema["properties"]:
            yield path, {"kind": "kept-property", "value": each}
            continue
        found = reading(document, schema["properties"][name], each)
        yield path, found
        if found["kind"] == "model":
            yield from values(document, {"$ref": f"{SCHEMAS}{found['model']}"}, each, f"{path}.")


def reading(document: Node, schema: Node, value: Any) -> Node:
    """Return the reading of one value of a property."""
    if value is None:
        return {"kind": "null"}
    if name := _component(schema):
        component = resolved(document, {"$ref": f"{SCHEMAS}{name}"})
        if "enum" in component:
            return _of_enum(name, component, value)
        if component.get("properties"):
            return {"kind": "model", "model": name}
        return {"kind": "object", "value": value}
    types = schema.get("type", ())
    if "boolean" in types:
        return {"kind": "boolean", "value": value}
    if "integer" in types:
        return {"kind": "integer", "value": int(value)}
    match schema.get("format"):
        case "uuid":
            return {"kind": "uuid", "value": value.lower()}
        case "date-time":
            return {"kind": "instant", "value": instant(value)}
    return {"kind": "text", "value": value}


def instant(text: str) -> str:
    """Return a date-time of RFC 3339 in UTC, without trailing zeros."""
    moment = datetime.fromisoformat(text.upper()).astimezone(UTC).replace(tzinfo=None)
    found = moment.isoformat()
    return f"{found.rstrip('0') if '.' in found else found}Z"


def wait(retry_after: str | None, now: datetime) -> Node | None:
    """Return what an answer asks to wait for; a date that has passed asks for nothing more."""
    if retry_after is None:
        return None
    if re.fullmatch(r"[0-9]+", retry_after):
        return {"seconds": int(retry_after)}
    try:
        date = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return {"seconds": 0} if date <= now else {"until": instant(date.isoformat())}


def entries(body: Any) -> list[Node]:
    """Return the entries of a list of errors; what one lacks is None."""
    found = body.get("errors", []) if isinstance(body, dict) else []
    names = ("type", "code", "message", "attribute", "url")
    return [{name: entry.get(name) for name in names} for entry in found]


def _of_enum(name: str, schema: Node, value: Any) -> Node:
    # 20.0 is 20, and equal to it; what is kept is kept as the integer that it is.
    whole = int(value) if isinstance(value, float) else value
    if whole not in schema["enum"]:
        return {"kind": "kept-value", "enum": name, "value": whole}
    constant = schema["x-enum-varnames"][schema["enum"].index(whole)]
    return {"kind": "constant", "enum": name, "constant": constant, "value": whole}


def _component(schema: Node) -> str | None:
    references = [schema.get("$ref"), *(each.get("$ref") for each in schema.get("anyOf", ()))]
    return next((each.removeprefix(SCHEMAS) for each in references if each), None)
