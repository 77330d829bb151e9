# Derived from _async/_base.py by `make generate`. Do not edit.
"""The base classes of resources."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any, TypeVar

from signalwire_rest._core._sync.executor import Executor
from signalwire_rest._core.pagination import Request
from signalwire_rest._core.raw_response import RawResponse
from signalwire_rest._options import RequestOptions

from ._pages import Items, Page, PageModel, Pages

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
        missing_ok: bool = False,
        **arguments: object,
    ) -> T:
        """Return the result of an operation; see :meth:`Executor.send`."""
        raw: RawResponse[T] = self._executor.send(
            operation, response_type, request_options, path, arguments, missing_ok=missing_ok
        )
        return raw.parse()

    def _send_page(
        self,
        operation: ModuleType,
        model: type[PageModel[T]],
        request_options: RequestOptions | None,
        path: Mapping[str, object],
        /,
        **arguments: object,
    ) -> Page[T]:
        """Return the first page of a list; see :meth:`Executor.send`."""
        pages = Pages(self._executor, operation, model, request_options, path, arguments)
        return (pages.get(Request())).parse()

    def _paginate(
        self,
        operation: ModuleType,
        model: type[PageModel[T]],
        request_options: RequestOptions | None,
        limit: int | None,
        /,
        **arguments: object,
    ) -> Items[T]:
        """Return an iterator over the entries of all pages of a list."""
        pages = Pages(self._executor, operation, model, request_options, {}, arguments)
        return Items(pages, limit)


class RawResource(Resource):
    """Sends operations and returns their raw responses."""

    def _send(
        self,
        operation: Any,
        response_type: Any,
        options: Any,
        path: Any,
        /,
        missing_ok: bool = False,
        **arguments: object,
    ) -> Any:
        """Return the raw response of an operation; see :meth:`Executor.send`."""
        return self._executor.send(
            operation, response_type, options, path, arguments, missing_ok=missing_ok
        )

    def _send_page(
        self, operation: Any, model: Any, options: Any, path: Any, /, **arguments: object
    ) -> Any:
        """Return the raw response of the first page of a list; see :meth:`Executor.send`."""
        pages = Pages[Any](self._executor, operation, model, options, path, arguments)
        return pages.get(Request())
