"""Types that all generated modules share"""

from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Generic, Literal, TypeVar

from attrs import define

T = TypeVar("T")


class Unset:
    """The type of `UNSET`, the value of a field that is absent. It is false."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        # It is compared by identity, which a pickle or a deep copy would lose.
        return "UNSET"


UNSET: Unset = Unset()


@define
class Response(Generic[T]):
    """A response of an operation"""

    status_code: HTTPStatus
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


__all__ = ["UNSET", "Response", "Unset"]
