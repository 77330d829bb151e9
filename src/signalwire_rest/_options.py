"""The options of a call, and every default number in one place."""

import re
from collections.abc import Callable, Collection, Mapping
from enum import IntEnum
from typing import Any, Protocol, Self, TypedDict, cast, runtime_checkable

from attrs import Attribute, evolve, field, fields, frozen


@runtime_checkable
class AbortSignal(Protocol):
    """An object that tells whether to give up a call, such as a :class:`threading.Event`."""

    def is_set(self) -> bool:
        """Return whether to give up the call."""
        ...


def shown(value: object) -> str:
    """Return the ``repr`` of a value for a message, truncated; its type if it has none."""
    try:
        return f"{value!r:.100}"
    except Exception:  # an int of thousands of digits, or the code of a caller
        return type(value).__name__


_Validator = Callable[[object, "Attribute[Any]", Any], None]


def _number(expected: str, types: tuple[type, ...], is_valid: Callable[[Any], bool]) -> _Validator:
    def check(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
        if value is None and attribute.default is None:
            return
        if type(value) not in types:
            raise TypeError(f"{attribute.name} must be {expected}; got {type(value).__name__}")
        if not is_valid(value):
            raise ValueError(f"{attribute.name} must be {expected}; got {shown(value)}")

    return check


def _validate_signal(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if value is not None and not callable(getattr(value, "is_set", None)):
        raise TypeError(f"abort_signal must have an is_set() method; got {type(value).__name__}")


def _statuses(value: Collection[int] | None) -> frozenset[int] | None:
    if value is None:
        return None
    given: Any = value
    statuses: list[Any] = list(given) if hasattr(given, "__iter__") else [None]
    if not all(type(each) is int or isinstance(each, IntEnum) for each in statuses):
        raise TypeError(
            f"retry_on_status must be a collection of status codes, such as {{429, 503}}; "
            f"got {shown(value)}"
        )
    return frozenset(statuses)


_OWN_HEADERS = frozenset(
    # The client sets these ...
    {"accept-encoding", "authorization", "connection", "content-length", "cookie", "host"}
    # ... and these govern the connection or how a message is read.
    | {"expect", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer"}
    | {"transfer-encoding", "upgrade", "user-agent"}
)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def _headers(value: Mapping[str, str] | None) -> dict[str, str] | None:
    given: Any = value
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise TypeError(f"headers must be a mapping of str to str; got {type(given).__name__}")
    found: dict[str, str] = {}
    for name, text in cast("Mapping[object, object]", given).items():
        if not (isinstance(name, str) and isinstance(text, str)):
            raise TypeError(f"headers must be a mapping of str to str; got {shown(name)}")
        # A subclass of str, such as an Enum, may print something other than its value.
        name, text = str.__str__(name), str.__str__(text)
        if not _TOKEN.fullmatch(name):
            raise ValueError(f"headers must not contain {shown(name)}: it is no header name")
        if name.lower() in _OWN_HEADERS:
            hint = "; use app_info" if name.lower() == "user-agent" else ""
            raise ValueError(f"headers must not contain {name}: the client sets it{hint}")
        if not is_header_value(text):
            # Not shown: it can be a secret.
            raise ValueError(f"headers[{name!r}] must be printable ASCII without spaces around it")
        found[name] = text
    return found


def is_header_value(text: str) -> bool:
    """Return whether a text can be sent as the value of a header."""
    return text.isascii() and text.isprintable() and text == text.strip()


def _names(headers: Mapping[str, str] | None) -> str:
    return "None" if headers is None else f"<{', '.join(headers)}>"


# Every clock and socket accepts 10**9 seconds, and every decoder 10**18 bytes.
_count = _number(
    "a non-negative int up to 10**18, such as 2", (int,), lambda value: 0 <= value <= 10**18
)
_seconds = _number(
    "a positive number of seconds up to 10**9, such as 2.5",
    (int, float),
    lambda value: 0 < value <= 10**9,
)
_wait = _number(
    "a non-negative number of seconds up to 10**9, such as 0.5",
    (int, float),
    lambda value: 0 <= value <= 10**9,
)


@frozen
class RequestOptions:
    """Options of a client or of a single call.

    ``None`` inherits: an option of the call takes precedence over the client's, and the client's
    over the default.

    Args:
        timeout: Seconds for the whole call: all attempts, waits and the body. Default: 30.
        retries: Further attempts after the first. Default: 2. 0 disables retries.
        retry_on_status: The statuses after which a call is retried. Default: 408, 429 and 500 to
            599.
        retry_backoff: Seconds of the first wait; each further wait is twice as long. Default: 0.5.
        abort_signal: Checked before each attempt and while waiting for the next. Default: none.
        connect_timeout: Seconds for one attempt to connect. Default: 5.
        read_timeout: Seconds of silence between two reads. Default: 15.
        retry_wait_max: Seconds of the longest wait. A longer ``Retry-After`` ends the call.
            Default: 8.
        max_response_bytes: The largest response body that is read, in bytes after decoding.
            Default: 8 MiB.
        headers: Further headers of the request. Those of a call are added to the client's. Default:
            none. The client refuses headers that it sets itself, such as ``Authorization``, and
            those that govern the connection.
    """

    timeout: float | None = field(default=None, validator=_seconds)
    retries: int | None = field(default=None, validator=_count)
    retry_on_status: Collection[int] | None = field(default=None, converter=_statuses)
    retry_backoff: float | None = field(default=None, validator=_wait)
    abort_signal: AbortSignal | None = field(default=None, validator=_validate_signal)
    connect_timeout: float | None = field(default=None, validator=_seconds, kw_only=True)
    read_timeout: float | None = field(default=None, validator=_seconds, kw_only=True)
    retry_wait_max: float | None = field(default=None, validator=_wait, kw_only=True)
    max_response_bytes: int | None = field(default=None, validator=_count, kw_only=True)
    headers: Mapping[str, str] | None = field(
        default=None, converter=_headers, repr=_names, hash=False, kw_only=True
    )

    def merge(self, override: "RequestOptions | None") -> Self:
        """Return these options, replaced by those of ``override`` that are not ``None``.

        Raises:
            TypeError: ``override`` is neither ``None`` nor :class:`RequestOptions`.
        """
        given: Any = override
        if given is None:
            return self
        if not isinstance(given, RequestOptions):
            raise TypeError(f"request_options must be RequestOptions; got {type(given).__name__}")
        values = {each.name: getattr(given, each.name) for each in fields(RequestOptions)}
        changes = {name: value for name, value in values.items() if value is not None}
        if self.headers and given.headers:
            replaced = {name.lower() for name in given.headers}
            kept = {n: value for n, value in self.headers.items() if n.lower() not in replaced}
            changes["headers"] = {**kept, **given.headers}
        return evolve(self, **changes)


# Pyright takes a field with a converter for a descriptor, which no subclass could narrow.
# pyright: reportIncompatibleVariableOverride=false
@frozen(eq=False, repr=False)
class ResolvedOptions(RequestOptions):
    """The options of a call, complete."""

    timeout: float = 30.0
    retries: int = 2
    retry_on_status: Collection[int] = frozenset({408, 429, *range(500, 600)})
    retry_backoff: float = 0.5
    abort_signal: AbortSignal | None = None
    connect_timeout: float = 5.0
    read_timeout: float = 15.0
    retry_wait_max: float = 8.0
    max_response_bytes: int = 8 * 1024 * 1024
    headers: Mapping[str, str] = field(factory=dict[str, str], hash=False)


class Options(TypedDict, total=False):
    """The fields of :class:`RequestOptions`, as keywords."""

    timeout: float | None
    retries: int | None
    retry_on_status: Collection[int] | None
    retry_backoff: float | None
    abort_signal: AbortSignal | None
    connect_timeout: float | None
    read_timeout: float | None
    retry_wait_max: float | None
    max_response_bytes: int | None
    headers: Mapping[str, str] | None


@frozen(eq=False, repr=False)
class Polling:
    """How often to look for something, and for how long; both in seconds."""

    poll_interval: float = field(validator=_seconds)
    timeout: float = field(validator=_seconds)


POLL_INTERVAL = 5.0
"""The default of seconds from one poll to the next."""
MAX_CONNECTIONS = 100
"""The default maximum number of open connections, per event loop in async code."""
KEEPALIVE_EXPIRY = 5.0
"""Seconds after which an idle connection is not used again."""
ERROR_BODY_MAX = 64 * 1024
"""Characters of a response body that an error keeps."""
ABORT_POLL_INTERVAL = 0.02
"""Seconds between two checks of an abort signal while waiting."""
