"""Which requests read the pages of a list, and which links they follow. Does no I/O."""

from typing import Any
from urllib.parse import urlencode

import httpx
from attrs import frozen

from signalwire_rest._errors import SignalWireRestContractError

from .call import Call

EMPTY_PAGES_MAX = 1_000
"""Pages in a row without entries, after which a list is taken for endless."""
_POSITION = ("page_number", "page_token")
"""The query arguments that select a page; a link replaces them all."""


@frozen
class PageRequest:
    """The request of one page."""

    number: int = 0
    """How many pages come before it."""
    query: str | None = None
    """The query of the link; ``None`` for the first page."""
    empty_pages: int = 0
    """How many of the pages immediately before it had no entries."""


class Walk:
    """A walk through the pages of a list."""

    def __init__(self) -> None:
        # The number of each page by the hash of its query, which is smaller.
        self._numbers: dict[int, int] = {}
        # The caller's query arguments, other than the position.
        self._filters: list[tuple[str, str]] = []

    def next_request(
        self, call: Call, request: PageRequest, page: Any
    ) -> PageRequest | SignalWireRestContractError | None:
        """Return the request of the page after the given one, which a call has read.

        ``None`` if that was the last page; an error if its link must not be followed.
        """
        link = page.links.next_ if page.links else None
        if not link:
            return None
        url, empty_pages = call.request.url, 0 if page.data else request.empty_pages + 1
        if request.query is None:
            arguments = url.params.multi_items()
            self._filters = [each for each in arguments if each[0] not in _POSITION]
            self._numbers[hash(url.query)] = 0
        query, number = self._follow(url, link), request.number + 1
        if query is None:
            problem = "must lead to a page of the same list"
        # The same page may be read twice, so only an earlier one means a loop.
        elif self._numbers.setdefault(hash(query.encode()), number) < number:
            problem = "leads back to an earlier page"
        elif empty_pages >= EMPTY_PAGES_MAX:
            problem = f"comes after {EMPTY_PAGES_MAX} pages without entries"
        else:
            return PageRequest(number, query, empty_pages)
        return call.contract_error(f"links.next {problem}; got {link!r}", "links.next")

    def _follow(self, url: httpx.URL, link: str) -> str | None:
        """Return the query of a link; ``None`` if it leads anywhere but to the list itself."""
        try:
            # Compares scheme, user info, host, port, path and fragment.
            target, path = url.join(link), str(url.copy_with(query=None))
            if str(target.copy_with(query=None)) != path:
                return None
            query = target.query.decode("ascii")
            present = httpx.QueryParams(query)
            added = urlencode([each for each in self._filters if each[0] not in present])
            query = "&".join(part for part in (query, added) if part)
            httpx.URL(f"{path}?{query}")  # It may be too long now.
            return query
        except (ValueError, httpx.InvalidURL):
            return None
