"""The vectors against their schema and the contract, and none of them right by accident."""

import base64
import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema

from tools.contract import readings
from tools.contract.document import Node, body_schema, operations, resolved
from tools.contract.instances import examples, is_valid
from tools.contract.problems import Problem
from tools.contract.vector_mistakes import mutants

_NOTHING = object()


def load(folder: Path) -> dict[str, Node]:
    """Return the vectors of a folder ``openapi/`` by the names of their files."""
    files = sorted((folder / "vectors").glob("*.json"))
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def kept(vectors: dict[str, Node]) -> dict[str, set[str]]:
    """Return by vector the paths of properties that the contract does not know."""
    return {
        name: {
            path
            for path, each in vector.get("expect", {}).get("values", {}).items()
            if each["kind"] == "kept-property"
        }
        for name, vector in vectors.items()
    }


class Checker:
    """Says what is wrong with a vector.

    Args:
        document: The contract.
        schema: What a vector is, as a JSON schema.
    """

    def __init__(self, document: Node, schema: Node) -> None:
        self._document = document
        self._schema = jsonschema.Draft202012Validator(schema)
        self._operations = {
            each["operationId"]: (path, method, each) for path, method, each in operations(document)
        }

    def problems(self, vectors: dict[str, Node]) -> Iterator[Problem]:
        """Yield what is wrong with each vector, and which mistakes would not be found."""
        for name, vector in vectors.items():
            found = list(self.wrong(name, vector))
            yield from (
                Problem("vectors-are-right", f"vectors/{name}.json", each) for each in found
            )
            for mistake, changed in mutants(vector) if not found else ():
                if next(self.wrong(name, changed), None) is None:
                    text = f"it would pass with a mistake, too: {mistake}"
                    yield Problem("vectors-are-right-by-no-accident", f"vectors/{name}.json", text)

    def wrong(self, name: str, vector: Node) -> Iterator[str]:
        """Yield what is wrong with one vector."""
        try:
            yield from self._against_the_contract(name, vector)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield f"cannot be read: {type(error).__name__}: {error}"
        for refusal in self._schema.iter_errors(vector):
            yield f"{refusal.json_path}: {refusal.message[:200]}"

    def _against_the_contract(self, name: str, vector: Node) -> Iterator[str]:
        if vector["name"] != name:
            yield f"name is not {name}, as the file is called"
        path, method, operation = self._operations[vector["operation"]]
        for key, expected in self._request(vector["request"], path, method, operation).items():
            if vector["request"][key] != expected:
                yield f"request.{key} is not {expected}"
        yield from self._answer(vector, operation)

    def _request(self, request: Node, path: str, method: str, operation: Node) -> Node:
        """Return what goes over the wire, by the arguments and the contract."""
        arguments, query = request["arguments"], {}
        for parameter in (resolved(self._document, each) for each in operation["parameters"]):
            value = arguments[parameter["name"]]
            text = json.dumps(value) if isinstance(value, bool) else str(value)
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", quote(text, safe=""))
            elif value is not None:
                query[parameter["name"]] = text
        pair = f"{request['credentials']['project']}:{request['credentials']['token']}"
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "Accept": "application/json",
        }
        return {"method": method.upper(), "path": path, "query": query, "headers": headers}

    def _answer(self, vector: Node, operation: Node) -> Iterator[str]:
        response, expect = vector["response"], vector["expect"]
        text = "\n".join(response["body"])
        try:
            body = json.loads(text)
        except ValueError:
            body = _NOTHING
        documented = operation["responses"].get(str(response["status"]))
        schema = body_schema(self._document, documented) if documented else None
        readable = schema is not None and body is not _NOTHING
        valid = schema is not None and readable and is_valid(self._document, schema, body)
        if "model" in expect:
            if schema is None or not valid or response["status"] != 200:
                yield "the answer is no success of the contract"
                return
            yield from self._values(expect, schema, body)
            return
        if valid and response["status"] == 200:
            yield "the answer is a success of the contract"
        if readable and not valid and response["status"] != 200:
            yield "the body is not what the contract says of this status"
        for key, value in self._error(response, body).items():
            if expect["error"][key] != value:
                yield f"expect.error.{key} is not {value}"
        if "at" in expect["error"]:
            yield from self._at(expect["error"]["at"], schema, body)

    def _values(self, expect: Node, schema: Node, body: Node) -> Iterator[str]:
        if schema["$ref"].rpartition("/")[2] != expect["model"]:
            yield f"expect.model is not {schema['$ref']}"
        read = dict(readings.values(self._document, schema, body))
        for path, value in read.items():
            if expect["values"].get(path) != value or repr(expect["values"][path]) != repr(value):
                yield f"expect.values: {path} is not {value}"
        for path in expect["values"].keys() - read.keys():
            owner, _, name = path.rpartition(".")
            if expect["values"][path] != {"kind": "absent"} or not self._may_lack(
                read.get(owner, {"kind": "model", "model": expect["model"]}), name
            ):
                yield f"expect.values: {path} is not in the body, or may not be absent"

    def _may_lack(self, owner: Node, name: str) -> bool:
        if owner["kind"] != "model":
            return False
        schema = self._document["components"]["schemas"][owner["model"]]
        return name in schema["properties"] and name not in schema.get("required", ())

    def _error(self, response: Node, body: Any) -> Node:
        kind, headers = readings.kind_of(response["status"]), response["headers"]
        body = body if isinstance(body, dict) and kind != "contract" else {}
        return {
            "kind": kind,
            "status": response["status"],
            "message": body.get("error"),
            "entries": readings.entries(body),
            "wait": readings.wait(headers.get("Retry-After"), datetime.now(UTC)),
            "request_id": headers["X-Request-Id"],
        }

    def _at(self, path: str | None, schema: Node | None, body: Any) -> Iterator[str]:
        """Check that the fault is where it is said to be: a good value there makes it a success."""
        if path is None:
            if schema and isinstance(body, dict):
                yield "expect.error.at names no place in an object"
            return
        for _, each, value in examples(self._document):
            good = _found(value, path) if each == schema else _NOTHING
            if good is not _NOTHING and good is not None:
                mended = copy.deepcopy(body)
                owner, _, name = path.rpartition(".")
                (_found(mended, owner) if owner else mended)[name] = good
                if schema and is_valid(self._document, schema, mended):
                    return
        yield f"expect.error.at: {path} is not where the fault is"


def _found(value: Any, path: str) -> Any:
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            return _NOTHING
        value = value[name]
    return value
