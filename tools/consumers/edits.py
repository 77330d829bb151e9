"""Change what a run serves: one wrong field in a response, or an edited contract."""

from collections.abc import Callable
from pathlib import Path

from attrs import evolve

from signalwire_rest_mock import MockApi, load_vectors
from tools.contract.document import Node

FAULTY = "documented"
"""The vector whose response is wrong in a run with a fault."""


def mock_api(fault: bool = False, edit: str | None = None) -> MockApi:
    """Return the mock API of a run: correct, wrong in one field, or for an edited contract."""
    changed = {FAULTY: _wrong if fault else _SERVED.get(edit or "", bytes)}
    vectors = [
        evolve(each, body=changed[each.name](each.body)) if each.name in changed else each
        for each in load_vectors()
    ]
    return MockApi(vectors=vectors, stateful=False)


def wrong_vector(file: bytes) -> bytes:
    """Return the file of the faulty vector, with the wrong field in its response."""
    return _replace(file, rb"\"enable_chat\": true", rb"\"enable_chat\": false")


def adapt(folder: Path, edit: str) -> None:
    """Change a client where ``PROMISES.md`` says that an edit needs it."""
    for name, (old, new) in _ADAPTED.get(edit, {}).items():
        file = folder / name
        if file.is_file():
            file.write_bytes(_replace(file.read_bytes(), old, new))


def _wrong(body: bytes) -> bytes:
    return _replace(body, b'"enable_chat": true', b'"enable_chat": false')


def _extended(body: bytes) -> bytes:
    return _replace(body, b'"enable_chat": true', b'"enable_chat": true, "enable_whiteboard": null')


def _replace(body: bytes, old: bytes, new: bytes) -> bytes:
    if body.count(old) != 1:
        raise ValueError(f"must contain {old.decode()} once")
    return body.replace(old, new)


def _add(document: Node) -> None:
    """Add an optional property to three schemas, a value to an enum, and an optional parameter."""
    schemas = document["components"]["schemas"]
    for name in ("Conference", "ActiveSession", "ErrorEntry"):
        schemas[name]["properties"]["enable_whiteboard"] = {"type": ["boolean", "null"]}
    schemas["VideoQuality"]["enum"].append("480p")
    schemas["VideoQuality"]["x-enum-varnames"].append("P480")
    parameter = {"name": "include_seats", "in": "query", "schema": {"type": "boolean"}}
    document["paths"]["/api/video/conferences/{id}"]["get"]["parameters"].append(parameter)


def _remove(document: Node) -> None:
    """Remove a required property."""
    conference = document["components"]["schemas"]["Conference"]
    conference["required"].remove("enable_chat")
    del conference["properties"]["enable_chat"]


EDITS: dict[str, Callable[[Node], None]] = {"add": _add, "remove": _remove}
# openapi-generator's Rust adds an argument for a new parameter.
_ADAPTED = {
    "add": {
        "tests/vectors.rs": (b"conference(to, id, session)", b"conference(to, id, session, None)")
    }
}
_SERVED: dict[str, Callable[[bytes], bytes]] = {"add": _extended}
