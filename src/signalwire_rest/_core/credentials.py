"""The token, and everything that keeps it secret."""

import base64
import json
import logging
import os
import re
import weakref
from collections.abc import Iterable
from typing import NoReturn, TypeVar

import httpx

E = TypeVar("E", bound=BaseException)

PROJECT_VARIABLE = "SIGNALWIRE_PROJECT_ID"
TOKEN_VARIABLE = "SIGNALWIRE_API_TOKEN"
REDACTED = "[redacted]"

# A shorter token is a placeholder in a test; redacting it would mangle ordinary words.
_SECRET_MIN = 6

# Conference tokens, and the addresses of streams, which end in a stream key. The API can send
# either of them in any property and in any message.
_SHAPES = re.compile(r"vpt_\w+|rtmps?:(?:\\?/){2}[^\s\"'<>]+")


class Credentials:
    """A project id and its token. No repr shows the token, and the object cannot be pickled."""

    __slots__ = ("__weakref__", "_authorization", "_forms", "_problem", "project")

    def __init__(self, project: object, token: object) -> None:
        # Raise nothing here: a traceback would show the token, a local variable of this frame.
        # `check` raises instead.
        project = project if project is not None else os.environ.get(PROJECT_VARIABLE) or None
        token = token if token is not None else os.environ.get(TOKEN_VARIABLE) or None
        self._problem = (
            _problem("project", PROJECT_VARIABLE, project)
            or _problem("token", TOKEN_VARIABLE, token)
            or (":" in str(project) and ValueError("project must not contain a colon"))
            or None
        )
        given = (project, token)
        project, token = (str.__str__(each) if isinstance(each, str) else "" for each in given)
        basic = base64.b64encode(f"{project}:{token}".encode("utf-8", "surrogatepass")).decode(
            "ascii"
        )
        self._authorization = f"Basic {basic}"
        forms = {basic}
        if len(token) >= _SECRET_MIN:
            quoted = (repr(token), json.dumps(token), json.dumps(token, ensure_ascii=False))
            forms |= {token, *(each[1:-1] for each in quoted)}
            # As bytes, and as they appear in a header.
            forms |= {repr(token.encode("utf-8", "replace"))[2:-1]}
            forms |= {token.encode("utf-8", "replace").decode("latin-1")}
        self._forms = tuple(sorted(forms, key=len, reverse=True))
        self.project = self.redact(project)
        _live.append(weakref.ref(self, _live.remove))

    def check(self) -> None:
        """Raise an error if the project or the token is invalid.

        Raises:
            ValueError: The project or the token is missing, empty or malformed.
            TypeError: One is not a string; the message names it.
        """
        if self._problem is not None:
            raise self._problem

    def headers(self, others: dict[str, str]) -> httpx.Headers:
        """Return the headers of a request, with Basic authentication.

        httpx shows its value as ``[secure]``.
        """
        return httpx.Headers({**others, "Authorization": self._authorization})

    def redact(self, text: str) -> str:
        """Return ``text`` without the token, plain or in its Basic form, and other secrets."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, REDACTED)
        return _SHAPES.sub(REDACTED, text)

    def including(self, secrets: Iterable[str]) -> "Credentials":
        """Return credentials that redact these secrets as well."""
        found = tuple(each for each in secrets if len(each) >= _SECRET_MIN)
        if not found:
            return self
        other = object.__new__(Credentials)
        other.project, other._authorization = self.project, self._authorization
        other._problem, other._forms = None, (*found, *self._forms)
        _live.append(weakref.ref(other, _live.remove))
        return other

    def scrub(self, error: E) -> E:
        """Return ``error``, which may become a cause, without secrets.

        Removes the traceback of each exception in the chain, since the frames of libraries hold
        the raw header and error trackers record frames, and redacts what the server echoed.
        """
        pending: list[BaseException | None] = [error]
        seen: set[int] = set()
        while pending:
            current = pending.pop()
            if current is None or id(current) in seen:
                continue
            seen.add(id(current))
            current.__traceback__ = None
            current.args = tuple(self._redact_argument(each) for each in current.args)
            if isinstance(current, httpx.HTTPError):
                current.request = httpx.Request("GET", "/")
            pending += [current.__cause__, current.__context__, *getattr(current, "exceptions", ())]
        return error

    def _redact_argument(self, value: object) -> object:
        if isinstance(value, str):
            return self.redact(value)
        text = repr(value)
        redacted = self.redact(text)
        return value if redacted == text else redacted

    def __repr__(self) -> str:
        return f"{type(self).__name__}(project={self.project!r}, token={REDACTED!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials cannot be pickled or copied: they hold a token")


def _problem(name: str, variable: str, value: object) -> Exception | None:
    if value is None:
        return ValueError(f"{name} is missing: pass {name}= or set {variable}")
    if not isinstance(value, str):
        return TypeError(f"{name} must be a str; got {type(value).__name__}")
    if not value.strip():
        return ValueError(f"{name} must not be empty")
    if not value.isprintable():
        return ValueError(f"{name} must not contain a line break or another unprintable character")
    return None


class _Redaction(logging.Filter):
    """Redacts response headers in the logs of httpx and httpcore: a server may echo the token."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = redacted = record.getMessage()
        for reference in _live[:]:
            credentials = reference()
            redacted = credentials.redact(redacted) if credentials else redacted
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


# Appending, copying and removing are atomic.
_live: "list[weakref.ref[Credentials]]" = []
_redaction = _Redaction()

for _part in ("connection", "http11", "http2", "proxy", "socks"):
    logging.getLogger(f"httpcore.{_part}").addFilter(_redaction)
logging.getLogger("httpx").addFilter(_redaction)
