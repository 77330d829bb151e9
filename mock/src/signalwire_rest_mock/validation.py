"""Validation of requests against the contract."""

from collections.abc import Iterator, Sequence
from typing import Any

from jsonschema_path import SchemaPath
from openapi_core import V31RequestValidator
from openapi_core.templating.paths.finders import APICallPathFinder
from openapi_core.templating.paths.iterators import SimpleServersIterator
from openapi_core.testing import MockRequest
from openapi_core.validation.request.exceptions import (
    MissingRequiredRequestBody,
    RequestBodyValidationError,
)
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue

from signalwire_rest_mock.messages import Request
from signalwire_rest_mock.operations import Operation

_HOST = "http://mock"
_BOOLEANS = ("true", "false")


class UnreadableBodyError(ValueError):
    """The body is not JSON, or of a content type that the operation does not take."""


class _PathFinder(APICallPathFinder):
    """Ignores the ``servers`` of the document: the mock server listens elsewhere."""

    servers_iterator = SimpleServersIterator()


class RequestValidator:
    """Validates requests against an OpenAPI document.

    Args:
        document: The document, parsed.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self._validators = {
            path: V31RequestValidator(
                # The validator looks paths up by their end, so it gets one path at a time.
                SchemaPath.from_dict({**document, "paths": {path: item}}),
                path_finder_cls=_PathFinder,
            )
            for path, item in document.get("paths", {}).items()
        }

    def invalid(
        self, operation: Operation, request: Request, path: str, query: Sequence[tuple[str, str]]
    ) -> dict[str, str]:
        """Return the parameters and the properties of the body that are invalid, by name.

        The values are SignalWire's error codes.

        Raises:
            UnreadableBodyError: The body could not be parsed.
        """
        # On the wire a boolean is `true` or `false`; the validator takes `1` and `yes` as well.
        booleans = operation.boolean_parameters
        found = {
            name: "not_a_boolean"
            for name, value in query
            if name in booleans and value not in _BOOLEANS
        }
        checked: dict[str, list[str]] = {}
        for name, value in query:
            # The validator rejects every empty value, even that of a parameter that takes any text.
            if name not in found and (value or name not in operation.text_parameters):
                checked.setdefault(name, []).append(value)
        # Authorization is the API's own business. The contract only asks for its scheme.
        headers = {**request.headers, "Authorization": "Basic checked"}
        asked = MockRequest(
            _HOST,
            request.method,
            path,
            args=checked,
            headers=headers,
            data=request.body,
            content_type=request.header("Content-Type"),
        )
        try:
            for error in self._validators[operation.path].iter_errors(asked):
                found.update(_names(error))
        except (ValueError, RecursionError) as error:
            # Bytes that are not UTF-8, a malformed content type, or a body nested too deeply.
            raise UnreadableBodyError(str(error)) from error
        return dict(sorted(found.items()))


def _names(error: Exception) -> Iterator[tuple[str, str]]:
    """Yield the name and the code of each value that an error is about."""
    cause = error.__cause__
    if not isinstance(error, RequestBodyValidationError):
        causes = cause.schema_errors if isinstance(cause, InvalidSchemaValue) else ()
        code = next(map(_code, causes), "invalid_parameter")
        yield str(getattr(error, "name", "request")), code
    elif isinstance(error, MissingRequiredRequestBody):
        yield "body", "missing_required_parameter"
    elif not isinstance(cause, InvalidSchemaValue):
        # The text of the error may decode the body, and fail.
        raise UnreadableBodyError(type(cause).__name__) from error
    else:
        for each in cause.schema_errors:
            yield from ((name, _code(each)) for name in _properties(each))


def _properties(error: Any) -> Iterator[str]:
    """Yield the dotted paths of the properties that a schema error is about."""
    path = [str(each) for each in error.absolute_path]
    if error.validator == "required":
        missing = [each for each in error.validator_value if each not in error.instance]
        yield from (".".join([*path, each]) for each in missing)
    else:
        yield ".".join(path) or "body"


_CODES = {
    ("type", "boolean"): "not_a_boolean",
    ("type", "string"): "not_a_string",
    ("format", "date-time"): "not_a_datetime",
}


def _code(error: Any) -> str:
    """Return SignalWire's code for a schema error."""
    if error.validator == "required":
        return "missing_required_parameter"
    return _CODES.get((error.validator, str(error.validator_value)), "invalid_parameter")
