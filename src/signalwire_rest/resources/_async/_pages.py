"""The pages of a list, and an iterator over their entries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from attrs import field, frozen
from signalwire_rest_wire.models import PaginationLinks
from signalwire_rest_wire.types import UNSET, Unset

from signalwire_rest._core.arguments import check_argument
from signalwire_rest._core.call import Call
from signalwire_rest._core.pagination import PageRequest, Walk
from signalwire_rest._core.raw_response import RawResponse
from signalwire_rest._decoding.annotations import annotation_of
from signalwire_rest._errors import SignalWireRestContractError

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
    _send: partial[Any] = field(repr=False, alias="send")
    _walk: Walk = field(repr=False, alias="walk")
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
        return (await get_page(self._send, self._walk, self._next)).parse() if self._next else None


async def get_page(
    send: partial[Any], walk: Walk, request: PageRequest
) -> RawResponse[AsyncPage[Any]]:
    """Return the raw response of a page.

    Args:
        send: :meth:`Executor.send` with the arguments of the first page.
        walk: The walk that the page belongs to.
        request: The request of the page.
    """

    def convert(call: Call, page: PageModel[T]) -> AsyncPage[T]:
        upcoming = walk.next_request(call, request, page)
        return AsyncPage(page.data, page.links, send, walk, upcoming)

    raw: RawResponse[AsyncPage[Any]] = await send(query=request.query, convert=convert)
    return raw


class AsyncItems(AsyncIterator[T]):
    """Iterates over the entries of all pages, and holds one page at a time.

    It is no generator, because a generator that is not exhausted has to be closed.
    """

    def __init__(self, send: partial[Any], limit: int | None) -> None:
        self._left = check_argument("limit", limit, annotation_of(int | None))
        if limit is not None and limit < 0:
            raise ValueError(f"limit must be 0 or more; got {limit}")
        self._page: AsyncPage[T] = AsyncPage([], UNSET, send, Walk(), PageRequest())

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
