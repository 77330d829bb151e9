"""What an error keeps of a response and of its cause: bounded, and without secrets."""

import re
from codecs import getincrementaldecoder
from contextlib import suppress
from itertools import accumulate
from traceback import walk_stack
from types import FrameType
from typing import Any, cast

import httpx

from signalwire_rest._decoding.reading import read_json
from signalwire_rest._errors import Json
from signalwire_rest._options import ERROR_BODY_MAX

from .credentials import Credentials

_Utf8Decoder = getincrementaldecoder("utf-8-sig")
_DEPTH_MAX = 100
"""Levels of nested JSON that an error keeps parsed; many more would not copy or pickle."""
_CAUSES_MAX = 8
"""Causes of causes that an error keeps."""


def redacted_body(content: bytes, credentials: Credentials, *, complete: bool = True) -> Json:
    """Return a body as JSON, or as text if it is not JSON or too long; redacted."""
    whole = _decode(content)
    text = credentials.redact(whole, ERROR_BODY_MAX)
    if not complete:
        # The last word may be the first half of the token.
        text = text[: max(text.rfind(end) for end in ' \n"<>') + 1]
    if len(whole) > ERROR_BODY_MAX or _depth(text) > _DEPTH_MAX:
        return text
    try:
        return read_json(text)
    except ValueError:
        return text


def _decode(content: bytes) -> str:
    try:
        # Incremental: the last character may be incomplete.
        return _Utf8Decoder().decode(content)
    except UnicodeDecodeError:
        return content.decode("latin-1")


def redacted_headers(headers: httpx.Headers, credentials: Credentials) -> httpx.Headers:
    """Return the headers, redacted."""

    def redact(raw: bytes) -> bytes:
        return credentials.redact(raw.decode("latin-1")).encode("latin-1")

    return httpx.Headers([(redact(name), redact(value)) for name, value in headers.raw])


def redacted_cause(
    error: BaseException, credentials: Credentials, left: int = _CAUSES_MAX
) -> Exception:
    """Return a copy of an exception that may become a cause, with copies of its own causes.

    A copy has the type, the message and the plain attributes of the original, redacted. It has no
    traceback, since error trackers record frames and those of libraries hold the raw header; and
    no other attributes, which may hold the request or the response.
    """
    kind: type[Any] = type(error)

    def text(value: object) -> str:
        try:
            return credentials.redact(str(value), ERROR_BODY_MAX)
        except Exception:
            return type(value).__name__

    def plain(value: object) -> object:
        return value if value is None or type(value) in (bool, int, float) else text(value)

    message, nothing = text(error), httpx.Request("GET", "/")
    arguments: list[Any] = [plain(each) for each in error.args]
    if members := _members(error)[:left]:
        arguments[1:] = [[redacted_cause(each, credentials, left // 2) for each in members]]
    # An exception of a foreign transport may need its other attributes: it is kept as a text.
    copy: Any = httpx.TransportError(f"{kind.__name__}: {message}", request=nothing)
    with suppress(Exception):
        twin: Any = kind.__new__(kind, *arguments)
        for name, value in vars(error).items():
            if isinstance(value, str | int | float):
                twin.__dict__[name] = plain(value)
        if isinstance(error, httpx.HTTPError):
            twin.request = nothing
        if isinstance(error, httpx.HTTPStatusError):
            twin.response = httpx.Response(error.response.status_code, request=nothing)
        copy = twin if str(twin) == message else copy
    if error.__cause__ is not None and left:
        copy.__cause__ = redacted_cause(error.__cause__, credentials, left - 1)
    elif error.__context__ is not None and left:
        copy.__context__ = redacted_cause(error.__context__, credentials, left - 1)
        copy.__suppress_context__ = error.__suppress_context__
    return cast(Exception, copy)


def cut_traceback(error: BaseException, frame: FrameType | None) -> None:
    """Remove a frame that runs, and those below it, from an exception.

    They may hold the raw header. Its contexts and the members of a group are stripped as well,
    unless a caller of the frame caught them before.
    """
    callers = [each for each, _ in walk_stack(frame)][1:]
    pending: list[BaseException | None] = [error]
    seen: list[BaseException] = []
    while pending:
        current = pending.pop()
        if current is None or any(current is each for each in seen):
            continue
        seen.append(current)
        if current.__traceback__ is None or current.__traceback__.tb_frame not in callers:
            current.__traceback__ = None
            pending += [current.__cause__, current.__context__, *_members(current)]


def _members(error: BaseException) -> tuple[BaseException, ...]:
    return cast(Any, error).exceptions if isinstance(error, BaseExceptionGroup) else ()


def _depth(text: str) -> int:
    # A bracket in a string is no level.
    brackets = re.findall(r'(?s)"(?:[^"\\]|\\.)*+(?:"|$)|([\[{])|([\]}])', text)
    return max(accumulate(bool(start) - bool(end) for start, end in brackets), default=0)
