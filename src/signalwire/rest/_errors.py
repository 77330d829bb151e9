"""What a failed call raises.

::

    Exception
    └── SignalWireRestError                      any status without a class of its own
        ├── SignalWireRestBadRequestError        400
        ├── SignalWireRestAuthenticationError    401
        ├── SignalWireRestPermissionError        403
        ├── SignalWireRestNotFoundError          404
        ├── SignalWireRestValidationError        422
        ├── SignalWireRestRateLimitError         429
        ├── SignalWireRestServerError            500 and above, below 600
        ├── SignalWireRestContractError          2xx that is not what the contract says
        └── SignalWireRestTransportError         no whole answer came; status_code is None
            ├── SignalWireRestTimeoutError       it did not come in time
            ├── SignalWireRestAbortedError       abort_signal was set
            └── SignalWireRestClosedError        the client is closed; a RuntimeError too

Errors are values: they pickle and copy, and hold neither the token nor, once pickled, their cause.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, cast

import httpx
from attrs import frozen

from signalwire.rest._json import Json

_REQUEST_ID_HEADERS = (
    "x-request-id",
    "x-signalwire-request-id",
    "request-id",
    "x-amzn-requestid",
)
_MESSAGE_MAX = 480
_WORDS_MAX = 200


@frozen
class ErrorDetail:
    """One entry of the API's ``{"errors": [...]}``, read leniently: what is missing is None.

    Mirrors the contract's ``ErrorEntry``; the vendor's other form (``title``, ``detail``) is read
    into the same attributes.
    """

    type: str | None
    """The kind of failure."""
    code: str | None
    """A code for programs. The list of codes is open."""
    message: str | None
    """What went wrong, for people."""
    attribute: str | None
    """The argument or attribute that was refused."""
    url: str | None
    """Where the vendor explains the code."""


class SignalWireRestError(Exception):
    """A call failed. ``str`` is one line with the API's own words and the request id.

    Args:
        status_code: Status of the answer, None where none came.
        body: What the answer held: parsed JSON, else text; cut where it was long.
        url: The URL that was asked.
        method: The method of the request.
        headers: Headers of the answer.
        reason: What went wrong, where the status alone does not say it.
        attempts: How many requests were sent.
        retry_after: Seconds that the server asked to wait for, None where it did not.
    """

    def __init__(
        self,
        status_code: int | None,
        body: Any,
        url: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        *,
        reason: str | None = None,
        attempts: int = 1,
        retry_after: float | None = None,
    ) -> None:
        self.status_code = status_code
        """Status of the answer (int), None where none came."""
        self.body = body
        """What the answer held: parsed JSON, else text (str)."""
        self.url = url
        """The URL that was asked (str)."""
        self.method = method
        """The method of the request (str)."""
        self.headers: Mapping[str, str] = httpx.Headers(headers)
        """Headers of the answer; names in any case."""
        self.attempts = attempts
        """How many requests were sent (int)."""
        self.retry_after = retry_after
        """Seconds that the server asked to wait for (float), None where it did not."""
        super().__init__(self._line(reason))

    @property
    def request_id(self) -> str | None:
        """What the vendor calls this exchange in its logs; None where no header says so."""
        return request_id(self.headers)

    @property
    def errors(self) -> tuple[ErrorDetail, ...]:
        """The entries of the answer's list of errors; empty where it has none."""
        return tuple(_details(self.body))

    def _line(self, reason: str | None) -> str:
        status, what = _status(self.status_code), reason or _words(self.body)
        parts = [f"{self.method} {self.url}: {status}"]
        if what and not status.endswith(f" {what}"):
            parts.append(what)
        notes = [f"{self.attempts} attempts"] if self.attempts != 1 else []
        if self.retry_after is not None:
            notes.append(f"asked to wait {self.retry_after:g} s")
        if self.request_id:
            notes.append(f"request id {_one_line(self.request_id, 100)}")
        ending = f" ({', '.join(notes)})" if notes else ""
        return _one_line(": ".join(parts), _MESSAGE_MAX - len(ending)) + ending

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args), self.__dict__


class SignalWireRestBadRequestError(SignalWireRestError):
    """400: the request was malformed."""


class SignalWireRestAuthenticationError(SignalWireRestError):
    """401: project or token is missing or wrong."""


class SignalWireRestPermissionError(SignalWireRestError):
    """403: the token may not do this, for want of a scope, say."""


class SignalWireRestNotFoundError(SignalWireRestError):
    """404: there is no such thing in this project."""


class SignalWireRestValidationError(SignalWireRestError):
    """422: a value was refused; ``errors`` says which and why."""


class SignalWireRestRateLimitError(SignalWireRestError):
    """429: too many requests; ``retry_after`` is the wait asked for, in seconds, if one was."""


class SignalWireRestServerError(SignalWireRestError):
    """5xx: the vendor's failure."""


class SignalWireRestContractError(SignalWireRestError):
    """A 2xx answer that is not what the contract says; ``path`` is the first place, if it has one.

    Args:
        path: The place in the JSON, ``active_session.fps`` say; None where the answer as a whole
            is at fault.
    """

    def __init__(
        self,
        status_code: int | None,
        body: Any,
        url: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        *,
        path: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(status_code, body, url, method, headers, **more)
        self.path = path
        """The first place in the JSON that is not as the contract says (str), or None."""


class SignalWireRestTransportError(SignalWireRestError):
    """No whole answer came: refused, cut off, not verified. ``__cause__`` is the library's error.

    Args:
        body: What went wrong, in words.
        url: The URL that was asked.
        method: The method of the request.
        attempts: How many requests were sent.
    """

    def __init__(self, body: Any, url: str, method: str = "GET", *, attempts: int = 1) -> None:
        super().__init__(None, body, url, method, reason=str(body), attempts=attempts)


class SignalWireRestTimeoutError(SignalWireRestTransportError):
    """The answer did not come in time."""


class SignalWireRestAbortedError(SignalWireRestTransportError):
    """The call was given up, because its ``abort_signal`` was set."""


class SignalWireRestClosedError(SignalWireRestTransportError, RuntimeError):
    """The client is closed; nothing was sent."""


_CLASSES: dict[int, type[SignalWireRestError]] = {
    400: SignalWireRestBadRequestError,
    401: SignalWireRestAuthenticationError,
    403: SignalWireRestPermissionError,
    404: SignalWireRestNotFoundError,
    422: SignalWireRestValidationError,
    429: SignalWireRestRateLimitError,
}


def class_of(status_code: int) -> type[SignalWireRestError]:
    """Return the class of the error that an answer of this status, no success, is."""
    if 500 <= status_code < 600:
        return SignalWireRestServerError
    return _CLASSES.get(status_code, SignalWireRestError)


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return what the vendor calls an exchange in its logs, from the headers of the answer."""
    found = (headers.get(name) for name in _REQUEST_ID_HEADERS)
    return next((value for value in found if value), None)


def _restored(cls: type[SignalWireRestError], args: tuple[Any, ...]) -> SignalWireRestError:
    return cls.__new__(cls, *args)


def _details(body: Json) -> Iterator[ErrorDetail]:
    entries: Json = body.get("errors") if isinstance(body, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield _detail(cast("dict[str, Any]", entry))


def _detail(entry: dict[str, Any]) -> ErrorDetail:
    def text(*names: str) -> str | None:
        found = (entry.get(name) for name in names)
        return next((value for value in found if isinstance(value, str)), None)

    return ErrorDetail(
        type=text("type"),
        code=text("code"),
        message=text("message", "detail", "title"),
        attribute=text("attribute"),
        url=text("url"),
    )


def _words(body: Json) -> str:
    """Return the API's own words in the body of an error, on one line, or nothing."""
    if isinstance(body, dict):
        said: Json = body.get("error")
        words = [said] if isinstance(said, str) else []
        for each in _details(body):
            attribute = f"{each.attribute}: " if each.attribute else ""
            words.append(f"{attribute}{each.message or each.code or each.type or ''}")
        return _one_line("; ".join(words), _WORDS_MAX)
    # A page of a load balancer is for a browser; its text says nothing that its status does not.
    if isinstance(body, str) and "<" not in body[:_WORDS_MAX]:
        return _one_line(body, _WORDS_MAX)
    return ""


def _status(status_code: int | None) -> str:
    if status_code is None:
        return "no answer"
    try:
        return f"{status_code} {HTTPStatus(status_code).phrase}"
    except ValueError:
        return str(status_code)


def _one_line(text: str, length: int) -> str:
    """Return ``text`` as one line of printable characters, cut to ``length`` of them."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * length]).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
