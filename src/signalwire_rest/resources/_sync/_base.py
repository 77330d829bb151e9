# Derived from _async/_base.py by `make generate`. Do not edit.
"""The base classes of resources."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any, TypeVar

from signalwire_rest._core._sync.executor import Executor
from signalwire_rest._options import RequestOptions

T = TypeVar("T")


class Resource:
    """Sends operations and returns their results."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def _send(
        self,
        operation: ModuleType,
        response_type: type[T],
        request_options: RequestOptions | None,
        path: Mapping[str, object],
        /,
        **arguments: object,
    ) -> T:
        """Return the result of an operation; see :meth:`Executor.send`."""
        executor = self._executor
        raw = executor.send(operation, response_type, request_options, path, arguments)
        return raw.parse()


class RawResource(Resource):
    """Sends operations and returns their raw responses."""

    def _send(
        self, operation: Any, response_type: Any, options: Any, path: Any, /, **arguments: object
    ) -> Any:
        """Return the raw response of an operation; see :meth:`Executor.send`."""
        return self._executor.send(operation, response_type, options, path, arguments)
