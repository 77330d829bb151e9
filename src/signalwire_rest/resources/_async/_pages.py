"""The pages of a list, and an iterator over their entries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from types import ModuleType
from typing import Generic, Protocol, TypeVar

from attrs import field, frozen
from signalwire_rest_wire.models import PaginationLinks
from signalwire_rest_wire.types import UNSET, Unset

from signalwire_rest._core._async.executor import AsyncExecutor
from signalwire_rest._core.arguments import check_argument
from signalwire_rest._core.call import Call
from signalwire_rest._core.pagination import Request, Walk
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


@frozen(eq=False)
class AsyncPage(Generic[T]):
    """One page of a list."""

    data: list[T]
    """The entries of the page."""
    links: PaginationLinks | Unset
    """The links to other pages; ``UNSET`` if the response has none."""
    _pages: AsyncPages[T] = field(repr=False, alias="pages")
    _next: Request | SignalWireRestContractError | None = field(repr=False, alias="next")

    async def next_page(self) -> AsyncPage[T] | None:
        """Return the next page; ``None`` if this is the last one.

        Raises:
            SignalWireRestContractError: ``links.next`` does not lead to a further page of this
                list. Nothing was sent.
            SignalWireRestError: The call failed; the subclass identifies the failure.
        """
        if isinstance(self._next, Exception):
            raise self._next.with_traceback(None)
        return (await self._pages.get(self._next)).parse() if self._next else None


@frozen(eq=False, repr=False)
class AsyncPages(Generic[T]):
    """The pages of a list, requested one at a time."""

    executor: AsyncExecutor
    operation: ModuleType
    model: type[PageModel[T]]
    request_options: RequestOptions | None
    path: Mapping[str, object]
    arguments: Mapping[str, object]
    walk: Walk = field(factory=Walk, init=False)

    async def get(self, request: Request) -> RawResponse[AsyncPage[T]]:
        """Return the raw response of a page."""

        def convert(call: Call, page: PageModel[T]) -> AsyncPage[T]:
            upcoming = self.walk.next_request(call, request, page)
            return AsyncPage(page.data, page.links, self, upcoming)

        return await self.executor.send(
            self.operation,
            self.model,
            self.request_options,
            self.path,
            self.arguments,
            query=request.query,
            convert=convert,
        )


class AsyncItems(AsyncIterator[T]):
    """Iterates over the entries of all pages, and holds one page at a time.

    It is no generator, because a generator that is not exhausted has to be closed.

    Args:
        pages: The pages.
        limit: The number of entries to stop at, or ``None``.

    Raises:
        ValueError: ``limit`` is below 0.
        TypeError: ``limit`` has the wrong type.
    """

    def __init__(self, pages: AsyncPages[T], limit: int | None) -> None:
        self._left = check_argument("limit", limit, annotation_of(int | None))
        if limit is not None and limit < 0:
            raise ValueError(f"limit must be 0 or more; got {limit}")
        self._page: AsyncPage[T] = AsyncPage([], UNSET, pages, Request())

    def __aiter__(self) -> AsyncItems[T]:
        return self

    async def __anext__(self) -> T:
        while self._left != 0 and not self._page.data:
            page = await self._page.next_page()
            if page is None:
                raise StopAsyncIteration
            page.data.reverse()
            self._page = page
        if self._left == 0:
            raise StopAsyncIteration
        self._left = self._left and self._left - 1
        return self._page.data.pop()
