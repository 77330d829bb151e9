"""The base classes of resources."""

from collections.abc import Mapping
from functools import partial
from types import ModuleType
from typing import Any, TypeVar

from signalwire_rest._core._async.executor import AsyncExecutor
from signalwire_rest._core.operation import Operation
from signalwire_rest._core.pagination import PageRequest, Walk
from signalwire_rest._core.raw_response import RawResponse
from signalwire_rest._options import RequestOptions

from ._pages import AsyncItems, AsyncPage, PageModel, get_page

T = TypeVar("T")


class AsyncResource:
    """Sends operations and returns their results. For the arguments, see :class:`Operation`."""

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    def _result(self, raw: RawResponse[T]) -> T:
        return raw.parse()

    async def _send(
        self,
        operation: ModuleType,
        response_type: type[T],
        options: RequestOptions | None,
        path: Mapping[str, object],
        /,
        missing_ok: bool = False,
        **arguments: object,
    ) -> T:
        """Return the result of an operation."""
        raw: RawResponse[T] = await self._executor.send(
            Operation(operation, response_type, path, arguments), options, missing_ok=missing_ok
        )
        return self._result(raw)

    async def _send_page(
        self,
        operation: ModuleType,
        model: type[PageModel[T]],
        options: RequestOptions | None,
        path: Mapping[str, object],
        /,
        **arguments: object,
    ) -> AsyncPage[T]:
        """Return the first page of a list."""
        send = partial(self._executor.send, Operation(operation, model, path, arguments), options)
        return self._result(await get_page(send, Walk(), PageRequest()))

    def _paginate(
        self,
        operation: ModuleType,
        model: type[PageModel[T]],
        options: RequestOptions | None,
        limit: int | None,
        /,
        **arguments: object,
    ) -> AsyncItems[T]:
        """Return an iterator over the entries of all pages of a list."""
        send = partial(self._executor.send, Operation(operation, model, {}, arguments), options)
        return AsyncItems(send, limit)


class AsyncRawResource(AsyncResource):
    """Sends operations and returns their raw responses."""

    def _result(self, raw: Any) -> Any:
        return raw
