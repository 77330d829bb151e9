"""A generated operation, a module of ``signalwire_rest_wire.api``, with its arguments."""

import functools
from collections.abc import Mapping
from types import ModuleType, NoneType, SimpleNamespace
from typing import Any

import httpx
from attrs import frozen

from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._decoding.decode import decode
from signalwire_rest._decoding.reading import ValidationError, read_body
from signalwire_rest._errors import Json

from .arguments import check_arguments
from .configuration import Configuration
from .request import make_request
from .secrets import Secrets, secrets_of


@frozen(eq=False, repr=False)
class Operation:
    """A :class:`RequestDescription` of a generated operation.

    Args:
        module: The generated operation.
        response_type: What the response decodes to; ``NoneType`` for nothing.
        path: The path arguments in the order of the URL, by the names that callers know.
        arguments: The query arguments and the body, by the names of the contract.
    """

    module: ModuleType
    response_type: Any
    path: Mapping[str, object]
    arguments: Mapping[str, object]

    @property
    def operation(self) -> str:
        return self.module.__name__.rpartition(".")[2]

    @property
    def path_template(self) -> str:
        return _path_template(self.module)

    @property
    def secrets(self) -> Secrets:
        return secrets_of(self.module, self.arguments.get("body"))

    def build(
        self, configuration: Configuration, headers: Mapping[str, str], query: str | None
    ) -> httpx.Request:
        get_kwargs = self.module._get_kwargs
        redact = configuration.credentials.redact
        checked = check_arguments(get_kwargs, self.path, self.arguments, redact)
        return make_request(configuration, headers, query, lambda: get_kwargs(**checked))

    def decode(self, status_code: int, body: bytes) -> Any:
        operation, response_type = self.module, self.response_type
        if status_code == 404 and response_type is NoneType:
            return None  # There is nothing left to delete.
        if not _documents(operation, status_code):
            raise ValidationError(f"the contract documents no {status_code} response")
        may_be_none = NoneType in annotation_of(response_type).exact
        if response_type is NoneType or (not body and may_be_none):
            return None

        def parse(value: Json) -> Any:
            response = SimpleNamespace(status_code=status_code, json=lambda: value)
            return operation._parse_response(client=_CLIENT, response=response)

        return decode(response_type, parse, read_body(body))


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


@functools.cache
def _path_template(operation: ModuleType) -> str:
    """Return the path that the generated code fills in, the one constant that begins like one."""
    constants = operation._get_kwargs.__code__.co_consts
    return next(each for each in constants if isinstance(each, str) and each.startswith("/"))
