"""Check the vectors against their JSON schema and the contract, and prove that the checks work."""

import base64
import copy
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema

from tools.contract.document import Node, body_schema, operations, resolve
from tools.contract.validation import examples, is_valid
from tools.contract.vectors import expected_values
from tools.contract.vectors.mutations import mutations
from tools.contract.violations import Violation

_NOTHING = object()


def load(folder: Path) -> dict[str, Node]:
    """Return the vectors of an ``openapi/`` folder by file name."""
    files = sorted((folder / "vectors").glob("*.json"))
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def unknown_properties(vectors: dict[str, Node]) -> dict[str, set[str]]:
    """Return by vector the paths of the properties that it expects to be undocumented."""
    return {
        name: {
            path
            for path, each in vector.get("expect", {}).get("values", {}).items()
            if each["kind"] == "kept-property"
        }
        for name, vector in vectors.items()
    }


class Checker:
    """Find mistakes in vectors.

    Args:
        document: The contract.
        schema: The JSON schema of a vector.
    """

    def __init__(self, document: Node, schema: Node) -> None:
        self._document = document
        self._schema = jsonschema.Draft202012Validator(schema)
        self._operations = {
            each["operationId"]: (path, method, each) for path, method, each in operations(document)
        }

    def violations(self, vectors: dict[str, Node]) -> Iterator[Violation]:
        """Yield the mistakes in the vectors, and the mutations that the checks do not detect."""
        for name, vector in vectors.items():
            file = f"vectors/{name}.json"
            found = list(self.mistakes(name, vector))
            yield from (Violation("vectors-match-the-contract", file, each) for each in found)
            for mistake, changed in mutations(vector) if not found else ():
                if next(self.mistakes(name, changed), None) is None:
                    text = f"the checks accept a mistake as well: {mistake}"
                    yield Violation("checks-reject-mutated-vectors", file, text)

    def mistakes(self, name: str, vector: Node) -> Iterator[str]:
        """Yield the mistakes in one vector."""
        try:
            yield from self._against_contract(name, vector)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield f"unreadable: {type(error).__name__}: {error}"
        for mismatch in self._schema.iter_errors(vector):
            yield f"{mismatch.json_path}: {mismatch.message[:200]}"

    def _against_contract(self, name: str, vector: Node) -> Iterator[str]:
        if vector["name"] != name:
            yield f"name must be the file's, {name}"
        path, method, operation = self._operations[vector["operation"]]
        request = vector["request"]
        expected = self._request(request, path, method, operation)
        for key in expected.keys() | request.keys() - {"arguments", "fields", "credentials"}:
            if request.get(key) != expected.get(key):
                yield f"request.{key} must be {expected.get(key)}"
        yield from self._arguments(request, operation)
        yield from self._response(vector, operation)

    def _request(self, request: Node, path: str, method: str, operation: Node) -> Node:
        """Return the request that the contract prescribes for the arguments."""
        query = {}
        for parameter in self._parameters(operation):
            value = _sent(parameter["schema"], request["arguments"][parameter["name"]])
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
        found = {"method": method.upper(), "path": path, "query": query, "headers": headers}
        if "requestBody" in operation:
            headers["Content-Type"] = "application/json"
            schema = body_schema(self._document, operation["requestBody"])
            known = resolve(self._document, schema or {})["properties"]
            found["body"] = {k: _sent(known[k], each) for k, each in request["fields"].items()}
        return found

    def _arguments(self, request: Node, operation: Node) -> Iterator[str]:
        arguments, parameters = request["arguments"], self._parameters(operation)
        if list(arguments) != [each["name"] for each in parameters]:
            yield "request.arguments must list every parameter, in the order of the contract"
        schemas = {each["name"]: each["schema"] for each in parameters}
        given = [(schemas[k], each) for k, each in arguments.items() if each is not None]
        if "requestBody" in operation:
            schema = body_schema(self._document, operation["requestBody"])
            given.append((schema or {}, request["body"]))
        for schema, value in given:
            if not is_valid(self._document, schema, value):
                yield f"request: the contract does not allow {value}"

    def _parameters(self, operation: Node) -> list[Node]:
        return [resolve(self._document, each) for each in operation.get("parameters", ())]

    def _response(self, vector: Node, operation: Node) -> Iterator[str]:
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
        success = 200 <= response["status"] < 300
        if "model" in expect:
            if not success or not (valid if schema else documented and not text):
                yield "the contract documents no such success response"
            elif schema:
                yield from self._values(expect, schema, body)
                is_page = expect["model"].endswith("Page")
                following = expected_values.next_page(vector["request"], body) if is_page else None
                if expect.get("next") != following:
                    yield f"expect.next must be {following}"
            elif expect != {"model": None, "values": {}}:
                yield "expect.model must be null: the response has no body"
            return
        if valid and success:
            yield "the response is a success, not an error"
        if readable and not valid and not success:
            yield "the body does not match the schema of this status"
        for key, value in self._error(response, body).items():
            if expect["error"][key] != value:
                yield f"expect.error.{key} must be {value}"
        if "at" in expect["error"]:
            yield from self._fault(expect["error"]["at"], schema, body)

    def _values(self, expect: Node, schema: Node, body: Node) -> Iterator[str]:
        if schema["$ref"].rpartition("/")[2] != expect["model"]:
            yield f"expect.model must be {schema['$ref']}"
        expected = dict(expected_values.properties(self._document, schema, body))
        for path, value in expected.items():
            if expect["values"].get(path) != value or repr(expect["values"][path]) != repr(value):
                yield f"expect.values: {path} must be {value}"
        for path in expect["values"].keys() - expected.keys():
            owner, _, name = path.rpartition(".")
            if expect["values"][path] != {"kind": "absent"} or not self._is_optional(
                expected.get(owner, {"kind": "model", "model": expect["model"]}), name
            ):
                yield f"expect.values: {path} is neither in the body nor optional"

    def _is_optional(self, owner: Node, name: str) -> bool:
        if owner["kind"] != "model":
            return False
        schema = self._document["components"]["schemas"][owner["model"]]
        return name in schema["properties"] and name not in schema.get("required", ())

    def _error(self, response: Node, body: Any) -> Node:
        kind, headers = expected_values.error_kind(response["status"]), response["headers"]
        body = body if isinstance(body, dict) and kind != "contract" else {}
        return {
            "kind": kind,
            "status": response["status"],
            "message": body.get("error"),
            "entries": expected_values.error_entries(body),
            "wait": expected_values.retry_wait(headers.get("Retry-After"), datetime.now(UTC)),
            "request_id": headers["X-Request-Id"],
        }

    def _fault(self, path: str | None, schema: Node | None, body: Any) -> Iterator[str]:
        """Check the location of the fault: a valid value there must make the body valid."""
        if path is None:
            if schema and isinstance(body, dict):
                yield "expect.error.at must name a property of the object"
            return
        for _, each, value in examples(self._document):
            good = _value_at(value, path) if each == schema else _NOTHING
            if good is not _NOTHING and good is not None:
                repaired = copy.deepcopy(body)
                owner, _, name = path.rpartition(".")
                (_value_at(repaired, owner) if owner else repaired)[name] = good
                if schema and is_valid(self._document, schema, repaired):
                    return
        yield f"expect.error.at: the fault is not at {path}"


def _value_at(value: Any, path: str) -> Any:
    for name in re.findall(r"\w+", path):
        key = int(name) if isinstance(value, list) and name.isdigit() else name
        try:
            value = value[key]
        except (TypeError, LookupError):
            return _NOTHING
    return value


def _sent(schema: Node, value: Any) -> Any:
    """Return an argument as it is sent: a date-time in UTC, with a ``Z``."""
    is_instant = value is not None and schema.get("format") == "date-time"
    return expected_values.utc(value) if is_instant else value
