"""The exceptions that a call raises.

::

    Exception
    └── SignalWireRestError                      any status without a class of its own
        ├── SignalWireRestBadRequestError        400
        ├── SignalWireRestAuthenticationError    401
        ├── SignalWireRestPermissionError        403
        ├── SignalWireRestNotFoundError          404
        ├── SignalWireRestValidationError        422
        ├── SignalWireRestRateLimitError         429
        ├── SignalWireRestServerError            500 to 599
        ├── SignalWireRestContractError          a 2xx response that does not match the contract
        └── SignalWireRestTransportError         no complete response; status_code is None
            ├── SignalWireRestTimeoutError       the response did not arrive in time
            │   └── SignalWireRestSessionTimeoutError  no session in time; has last_seen
            ├── SignalWireRestAbortedError       abort_signal was set
            └── SignalWireRestClosedError        the client is closed; also a RuntimeError

Errors can be pickled and copied, and never contain the token. A pickled error loses its
``__cause__``.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeAlias, TypedDict, Unpack

import httpx
from attrs import frozen

Json: TypeAlias = dict[str, Any] | list[Any] | str | int | float | bool | None

_REQUEST_ID_HEADERS = ("x-request-id", "x-signalwire-request-id", "request-id", "x-amzn-requestid")
_REQUEST_ID_MAX = 100
_MESSAGE_MAX = 480
_DESCRIPTION_MAX = 200


@frozen
class ErrorDetail:
    """One entry of the API's ``{"errors": [...]}``. A missing or mistyped value is ``None``.

    Mirrors the contract's ``ErrorEntry``. The vendor's other form (``title``, ``detail``) is read
    into the same attributes.
    """

    type: str | None
    """The kind of failure."""
    code: str | None
    """A machine-readable code. The list of codes is open."""
    message: str | None
    """A description for people."""
    attribute: str | None
    """The argument or attribute that was rejected."""
    url: str | None
    """The vendor's documentation of the code."""


class Attempts(TypedDict, total=False):
    """What an error tells about the attempts of a call."""

    attempts: int
    may_have_been_processed: bool


class SignalWireRestError(Exception):
    """A call failed. ``str()`` is one line with the API's message and the request id.

    Args:
        status_code: The response's status; ``None`` without a complete response.
        body: The response's body: parsed JSON, or text; truncated if long.
        url: The URL of the request.
        method: The method of the request.
        headers: The response's headers.
        reason: What went wrong, where the status alone does not tell.
        attempts: How many attempts were made.
        retry_after: The wait that the server asked for, in seconds; ``None`` if it did not.
        may_have_been_processed: Whether the API may have carried out the request.
    """

    # On the class too, where `create_autospec` looks.
    status_code: int | None = None
    """The response's status (int); ``None`` without a complete response."""
    body: Json = None
    """The response's body: parsed JSON, or text (str)."""
    url: str = ""
    """The URL of the request (str)."""
    method: str = "GET"
    """The method of the request (str)."""
    headers: Mapping[str, str] = httpx.Headers()
    """The response's headers, case-insensitive."""
    attempts: int = 1
    """How many attempts were made (int)."""
    retry_after: float | None = None
    """The wait that the server asked for, in seconds (float); ``None`` if it did not."""
    may_have_been_processed: bool = True
    """Whether the API may have carried out the request (bool).

    ``False`` if no attempt can have been processed: none was made, no connection was made, or every
    response was a 4xx other than 408.
    """

    def __init__(
        self,
        status_code: int | None,
        body: Json,
        url: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        *,
        reason: str | None = None,
        attempts: int = 1,
        retry_after: float | None = None,
        may_have_been_processed: bool = True,
    ) -> None:
        self.status_code = status_code
        self.body = body
        self.url = url
        self.method = method
        self.headers = httpx.Headers(headers)
        self.attempts = attempts
        self.retry_after = retry_after
        self.may_have_been_processed = may_have_been_processed
        super().__init__(self._message(reason))

    @property
    def request_id(self) -> str | None:
        """The vendor's request id, if the response carried one."""
        return request_id(self.headers)

    @property
    def errors(self) -> tuple[ErrorDetail, ...]:
        """The entries of the API's list of errors; empty if the response has none."""
        entries: Json = self.body.get("errors") if isinstance(self.body, dict) else None
        given = entries if isinstance(entries, list) else []
        return tuple(_detail(each) for each in given if isinstance(each, dict))

    def _outcome(self) -> str:
        return status(self.status_code)

    def _message(self, reason: str | None) -> str:
        result, what = self._outcome(), reason or self._description()
        parts = [f"{self.method} {self.url}: {result}"]
        if what and not result.endswith(f" {what}"):
            parts.append(what)
        notes = [f"{self.attempts} attempts"] if self.attempts != 1 else []
        if self.retry_after is not None:
            notes.append(f"retry after {self.retry_after:g} s")
        if self.request_id:
            notes.append(f"request id {self.request_id}")
        ending = f" ({', '.join(notes)})" if notes else ""
        return one_line(": ".join(parts), _MESSAGE_MAX - len(ending)) + ending

    def _description(self) -> str:
        """Return the API's message, on one line; empty if it has none."""
        body = self.body
        if isinstance(body, dict):
            error: Json = body.get("error")
            parts = [error] if isinstance(error, str) else []
            for each in self.errors:
                attribute = f"{each.attribute}: " if each.attribute else ""
                parts.append(f"{attribute}{each.message or each.code or each.type or ''}")
            return one_line("; ".join(parts), _DESCRIPTION_MAX)
        text = body if isinstance(body, str) else ""
        # An HTML error page adds nothing to the status.
        return "" if "<" in text[:_DESCRIPTION_MAX] else one_line(text, _DESCRIPTION_MAX)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args), self.__dict__


class SignalWireRestBadRequestError(SignalWireRestError):
    """400: the request was malformed."""


class SignalWireRestAuthenticationError(SignalWireRestError):
    """401: the project id or the token is missing or wrong."""


class SignalWireRestPermissionError(SignalWireRestError):
    """403: the token may not do this; it may lack a scope."""


class SignalWireRestNotFoundError(SignalWireRestError):
    """404: this project has no such resource."""


class SignalWireRestValidationError(SignalWireRestError):
    """422: a value was rejected; ``errors`` tells which and why."""


class SignalWireRestRateLimitError(SignalWireRestError):
    """429: too many requests; ``retry_after`` is the wait asked for, in seconds, if any."""


class SignalWireRestServerError(SignalWireRestError):
    """5xx: the API failed."""


class SignalWireRestContractError(SignalWireRestError):
    """A 2xx response that does not match the contract; ``path`` is the first mismatch.

    Args:
        path: The location in the JSON, such as ``active_session.fps``; ``None`` if the response as
            a whole does not match.
        attempts: How many attempts were made.
        may_have_been_processed: Whether the API may have carried out the request.
    """

    path: str | None = None
    """The first location in the JSON that does not match the contract (str), or ``None``."""

    def __init__(
        self,
        status_code: int | None,
        body: Json,
        url: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        *,
        reason: str | None = None,
        path: str | None = None,
        **more: Unpack[Attempts],
    ) -> None:
        super().__init__(status_code, body, url, method, headers, reason=reason, **more)
        self.path = path


class SignalWireRestTransportError(SignalWireRestError):
    """No complete response arrived. ``__cause__`` is the underlying error, if there is one.

    Args:
        body: A description of what went wrong.
        url: The URL of the request.
        method: The method of the request.
        attempts: How many attempts were made.
        may_have_been_processed: Whether the API may have carried out the request.
    """

    def __init__(self, body: Json, url: str, method: str = "GET", **more: Unpack[Attempts]) -> None:
        super().__init__(None, body, url, method, reason=str(body), **more)


class SignalWireRestTimeoutError(SignalWireRestTransportError):
    """The response did not arrive in time."""


class SignalWireRestAbortedError(SignalWireRestTransportError):
    """The call was given up because its ``abort_signal`` was set."""


class SignalWireRestClosedError(SignalWireRestTransportError, RuntimeError):
    """The client is closed, so the call sent nothing more."""


_CLASSES: dict[int, type[SignalWireRestError]] = {
    400: SignalWireRestBadRequestError,
    401: SignalWireRestAuthenticationError,
    403: SignalWireRestPermissionError,
    404: SignalWireRestNotFoundError,
    422: SignalWireRestValidationError,
    429: SignalWireRestRateLimitError,
}


def error_class(status_code: int) -> type[SignalWireRestError]:
    """Return the exception class for a response status outside 2xx."""
    if 500 <= status_code < 600:
        return SignalWireRestServerError
    return _CLASSES.get(status_code, SignalWireRestError)


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return the vendor's request id from the headers of a response, if there is one."""
    found = (one_line(headers.get(name, ""), _REQUEST_ID_MAX) for name in _REQUEST_ID_HEADERS)
    return next((value for value in found if value), None)


def _restore(cls: type[SignalWireRestError], args: tuple[Any, ...]) -> SignalWireRestError:
    return cls.__new__(cls, *args)


def _detail(entry: Any) -> ErrorDetail:
    texts = {name: value for name, value in entry.items() if isinstance(value, str)}
    message = texts.get("message", texts.get("detail", texts.get("title")))
    others = {name: texts.get(name) for name in ("type", "code", "attribute", "url")}
    return ErrorDetail(message=message, **others)


def status(status_code: int | None) -> str:
    """Return a status with its name, such as ``404 Not Found``."""
    if status_code is None:
        return "no response"
    try:
        return f"{status_code} {HTTPStatus(status_code).phrase}"
    except ValueError:
        return str(status_code)


def one_line(text: str, length: int) -> str:
    """Return ``text`` as one line of printable characters, truncated to ``length``."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * length]).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
