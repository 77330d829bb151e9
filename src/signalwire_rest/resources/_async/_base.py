"""The base classes of resources, and the pages of a list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from functools import partial
from types import ModuleType
from typing import Any, Generic, Protocol, TypeVar

from attrs import field, frozen
from signalwire_rest_wire.models import PaginationLinks
from signalwire_rest_wire.types import Unset

from signalwire_rest._core._async.executor import AsyncExecutor
from signalwire_rest._core.arguments import check_argument
from signalwire_rest._core.call import Call
from signalwire_rest._core.operation import Operation
from signalwire_rest._core.pagination import PageRequest, Walk
from signalwire_rest._core.raw_response import RawResponse
from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._errors import SignalWireRestContractError
from signalwire_rest._options import RequestOptions

T = TypeVar("T")


class PageModel(Protocol[T]):
    """A generated model of a page."""

    @property
    def data(self) -> list[T]: ...
    @property
    def links(self) -> PaginationLinks | Unset: ...


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
        missing_ok: bool = False,
        /,
        **arguments: object,
    ) -> T:
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
        description = Operation(operation, model, path, arguments)
        return self._result(await self._get_page(description, options, Walk(), PageRequest()))

    async def _get_page(
        self,
        description: Operation,
        options: RequestOptions | None,
        walk: Walk,
        request: PageRequest,
    ) -> RawResponse[AsyncPage[Any]]:
        def convert(call: Call, page: PageModel[T]) -> AsyncPage[T]:
            get_page = partial(self._get_page, description, options, walk)
            upcoming = walk.next_request(call, request, page)
            return AsyncPage(page.data, page.links, get_page, upcoming)

        query = request.query
        return await self._executor.send(description, options, query=query, convert=convert)


class AsyncRawResource(AsyncResource):
    """Sends operations and returns their raw responses."""

    def _result(self, raw: Any) -> Any:
        return raw


@frozen(eq=False)
class AsyncPage(Generic[T]):
    """One page of a list."""

    data: list[T]
    """The entries of the page."""
    links: PaginationLinks | Unset
    """The links to other pages; ``UNSET`` if the response has none."""
    _get_page: partial[Any] = field(repr=False, alias="get_page")
    _next: PageRequest | SignalWireRestContractError | None = field(repr=False, alias="next")

    async def next_page(self) -> AsyncPage[T] | None:
        """Return the next page; ``None`` if this is the last one.

        Raises:
            SignalWireRestContractError: ``links.next`` does not lead to a further page of this
                list. Nothing was sent.
            SignalWireRestError: The call failed; the subclass identifies the failure.
        """
        if isinstance(self._next, Exception):
            raise self._next.with_traceback(None)
        return (await self._get_page(self._next)).parse() if self._next else None


class AsyncItems(AsyncIterator[T]):
    """Iterates over the entries of all pages, and holds one page at a time.

    It is no generator, because a generator that is not exhausted has to be closed.
    """

    def __init__(self, get_first_page: partial[Any], limit: int | None) -> None:
        self._left = check_argument("limit", limit, annotation_of(int | None))
        if limit is not None and limit < 0:
            raise ValueError(f"limit must be 0 or more; got {limit}")
        self._get_page: Any = get_first_page
        self._entries: list[T] = []

    def __aiter__(self) -> AsyncItems[T]:
        return self

    async def __anext__(self) -> T:
        while self._left != 0 and not self._entries:
            page: AsyncPage[T] | None = await self._get_page()
            if page is None:
                raise StopAsyncIteration
            page.data.reverse()
            self._get_page, self._entries = page.next_page, page.data
        if self._left == 0:
            raise StopAsyncIteration
        self._left = self._left and self._left - 1
        return self._entries.pop()
