"""A successful response as it arrived."""

from collections.abc import Callable
from typing import Any, Generic, NoReturn, TypeVar

import httpx
from attrs import field, frozen

from signalwire_rest._decoding.reading import read_json
from signalwire_rest._errors import request_id

T = TypeVar("T")


@frozen(eq=False)
class RawResponse(Generic[T]):
    """A successful response, not yet checked against the contract."""

    status_code: int
    """The status, from 200 to 299, or 404 for a ``delete`` that takes it for a success."""
    headers: httpx.Headers = field(repr=False)
    """The headers, case-insensitive."""
    content: bytes = field(repr=False)
    """The body, decoded from its content encoding."""
    attempts: int
    """How many attempts were made."""
    elapsed: float
    """Seconds from the start of the call to the end of the response."""
    _decode: Callable[[], T] = field(repr=False, alias="decode")

    @property
    def request_id(self) -> str | None:
        """The vendor's request id, if the response carried one."""
        return request_id(self.headers)

    def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            ValueError: The body is not JSON, or is nested too deeply.
        """
        try:
            return read_json(self.content)
        except RecursionError:
            raise ValueError("the body is nested too deeply") from None

    def __reduce__(self) -> NoReturn:
        raise TypeError("a raw response cannot be pickled or copied; use parse() or content")

    def parse(self) -> T:
        """Return what the method itself returns.

        Raises:
            SignalWireRestContractError: The response does not match the contract.
        """
        return self._decode()
