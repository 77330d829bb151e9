"""What a caller may choose for a call, and the one home of every default."""

from collections.abc import Callable, Collection
from enum import IntEnum
from typing import Any, Protocol, runtime_checkable

from attrs import Attribute, evolve, field, fields, frozen


@runtime_checkable
class AbortSignal(Protocol):
    """Anything that says whether a call is to be given up: a :class:`threading.Event`, say."""

    def is_set(self) -> bool:
        """Return whether the call is to be given up."""
        ...


def _number_of_seconds(*, zero: bool) -> "Callable[[object, Attribute[Any], Any], None]":
    def check(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
        if value is None:
            return
        if type(value) not in (int, float):
            raise TypeError(f"{attribute.name} takes seconds, not {type(value).__name__}")
        if not 0 <= value <= _LONGEST or (value == 0 and not zero):
            raise ValueError(f"{attribute.name} takes a finite number of seconds, not {value!r}")

    return check


def _count(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if value is None:
        return
    if type(value) is not int:
        raise TypeError(f"{attribute.name} takes an int, not {type(value).__name__}")
    if value < 0:
        raise ValueError(f"{attribute.name} takes no negative number: {value!r}")


def _signal(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if value is not None and not callable(getattr(value, "is_set", None)):
        raise TypeError(f"abort_signal takes an object with is_set(), not {type(value).__name__}")


def _statuses(value: Any) -> frozenset[int] | None:
    if value is None:
        return None
    try:
        statuses: frozenset[Any] = frozenset(value)
    except TypeError:
        raise TypeError(f"retry_on_status takes statuses, not {type(value).__name__}") from None
    for status in statuses:
        if type(status) is not int and not isinstance(status, IntEnum):
            raise TypeError(f"retry_on_status takes statuses, not {type(status).__name__}")
    return statuses


_LONGEST = 10**9
"""Seconds: what every clock and socket takes."""

_seconds = _number_of_seconds(zero=False)
_seconds_or_zero = _number_of_seconds(zero=True)


@frozen
class RequestOptions:
    """Options of a client or of one call.

    ``None`` inherits: what the call says goes before what the client says, and that before the
    built-in value.
    """

    timeout: float | None = field(default=None, validator=_seconds)
    """Seconds for the whole call: attempts, waits and body together. Built in: 30."""
    retries: int | None = field(default=None, validator=_count)
    """Further attempts after the first. Built in: 2. 0 turns trying again off."""
    retry_on_status: Collection[int] | None = field(default=None, converter=_statuses)
    """The statuses after which a call is tried again. Built in: 408, 429 and 500 to 599."""
    retry_backoff: float | None = field(default=None, validator=_seconds_or_zero)
    """Seconds of the first wait; each further one is twice as long. Built in: 0.5."""
    abort_signal: AbortSignal | None = field(default=None, validator=_signal)
    """Looked at before each attempt and while waiting for the next. Built in: none."""
    connect_timeout: float | None = field(default=None, validator=_seconds, kw_only=True)
    """Seconds for one attempt to connect. Built in: 5."""
    read_timeout: float | None = field(default=None, validator=_seconds, kw_only=True)
    """Seconds of silence between two reads. Built in: 15."""
    retry_wait_max: float | None = field(default=None, validator=_seconds_or_zero, kw_only=True)
    """Seconds of the longest wait; a server that asks for more ends the call. Built in: 8."""
    max_response_bytes: int | None = field(default=None, validator=_count, kw_only=True)
    """Bytes of the longest answer that is read, after decoding. Built in: 8 MiB."""

    def merge(self, override: "RequestOptions | None") -> "RequestOptions":
        """Return these options with those of ``override`` that are not ``None`` put over them."""
        return self if override is None else evolve(self, **_chosen(override))


@frozen
class Policy:
    """The options of a call with nothing left to inherit."""

    timeout: float = 30.0
    retries: int = 2
    retry_on_status: Collection[int] = frozenset({408, 429, *range(500, 600)})
    retry_backoff: float = 0.5
    abort_signal: AbortSignal | None = None
    connect_timeout: float = 5.0
    read_timeout: float = 15.0
    retry_wait_max: float = 8.0
    max_response_bytes: int = 8 * 1024 * 1024

    def under(self, options: Any) -> "Policy":
        """Return this policy with what ``options`` choose put over it.

        Raises:
            TypeError: ``options`` is neither ``None`` nor :class:`RequestOptions`.
        """
        return self if options is None else evolve(self, **_chosen(options))


def _chosen(options: Any) -> dict[str, Any]:
    if not isinstance(options, RequestOptions):
        raise TypeError(f"request_options takes RequestOptions, not {type(options).__name__}")
    values = {each.name: getattr(options, each.name) for each in fields(RequestOptions)}
    return {name: value for name, value in values.items() if value is not None}


MAX_CONNECTIONS = 100
"""Connections that one client opens at most."""
KEEPALIVE_EXPIRY = 5.0
"""Seconds after which an idle connection is not used again."""
ERROR_BODY_MAX = 64 * 1024
"""Bytes of an answer that an error keeps: errors are small values."""
ABORT_POLL = 0.02
"""Seconds between two looks at an abort signal that nobody can wait for."""
