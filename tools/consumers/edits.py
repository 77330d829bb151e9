"""Change what a run serves: one wrong field in a response, or an edited contract."""

import re
from collections.abc import Callable
from pathlib import Path

from attrs import evolve

from signalwire_rest_mock import MockApi, load_vectors
from tools.contract.document import Node

FAULTY = "documented"
"""The vector whose response is wrong in a run with a fault."""


def mock_api(variation: str = "") -> MockApi:
    """Return the mock API of a run: correct, wrong in one field, or for an edited contract."""
    change = {"fault": wrong, "add": _extended}.get(variation, bytes)
    vectors = [
        evolve(each, body=change(each.body)) if each.name == FAULTY else each
        for each in load_vectors()
    ]
    return MockApi(vectors=vectors, stateful=False)


def wrong(text: bytes) -> bytes:
    """Return the body of the faulty vector, or its file, with the wrong field."""
    return _replace(text, rb'(enable_chat\\?": )true', rb"\1false")


def adapt(folder: Path, edit: str) -> None:
    """Change a client where ``PROMISES.md`` says that an edit needs it."""
    # openapi-generator's Rust adds an argument for a new parameter.
    file = folder / "tests" / "vectors.rs"
    if edit == "add" and file.is_file():
        call = rb"(conference\(to, id, session)\)"
        file.write_bytes(_replace(file.read_bytes(), call, rb"\1, None)"))


def _extended(body: bytes) -> bytes:
    return _replace(body, rb'("enable_chat": true)', rb'\1, "enable_whiteboard": null')


def _replace(text: bytes, pattern: bytes, replacement: bytes) -> bytes:
    replaced, count = re.subn(pattern, replacement, text)
    if count != 1:
        raise ValueError(f"must contain {pattern.decode()} once")
    return replaced


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
