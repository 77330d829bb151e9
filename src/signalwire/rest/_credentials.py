"""The token, and everything that keeps it out of sight."""

import base64
import json
import logging
import os
import weakref
from typing import NoReturn, TypeVar

import httpx

E = TypeVar("E", bound=BaseException)

PROJECT_VARIABLE = "SIGNALWIRE_PROJECT_ID"
TOKEN_VARIABLE = "SIGNALWIRE_API_TOKEN"
REDACTED = "[redacted]"

# A shorter token is a placeholder of somebody's test; to redact it would mangle ordinary words.
_SHORTEST_SECRET = 6


class Credentials:
    """A project's id and its token. No representation of it holds the token; it does not pickle."""

    __slots__ = ("__weakref__", "_authorization", "_forms", "_problem", "project")

    def __init__(self, project: object, token: object) -> None:
        # Nothing may raise here: the frame that an error would show holds the token. What is
        # wrong is raised by `check`, whose frame holds none.
        project = project if project is not None else os.environ.get(PROJECT_VARIABLE) or None
        token = token if token is not None else os.environ.get(TOKEN_VARIABLE) or None
        self._problem = (
            _problem("project", PROJECT_VARIABLE, project)
            or _problem("token", TOKEN_VARIABLE, token)
            or (":" in str(project) and ValueError("project holds a colon, which ends a user name"))
            or None
        )
        project, token = (each if isinstance(each, str) else "" for each in (project, token))
        basic = base64.b64encode(f"{project}:{token}".encode("utf-8", "surrogatepass")).decode(
            "ascii"
        )
        self._authorization = f"Basic {basic}"
        forms = {basic}
        if len(token) >= _SHORTEST_SECRET:
            quoted = (repr(token), json.dumps(token), json.dumps(token, ensure_ascii=False))
            forms |= {token, *(each[1:-1] for each in quoted)}
            # As bytes, and as a header shows them.
            forms |= {repr(token.encode("utf-8", "replace"))[2:-1]}
            forms |= {token.encode("utf-8", "replace").decode("latin-1")}
        self._forms = tuple(sorted(forms, key=len, reverse=True))
        self.project = self.redact(project)
        _live.append(weakref.ref(self, _live.remove))

    def check(self) -> None:
        """Raise what is wrong with project or token.

        Raises:
            ValueError: One is missing, empty, or cannot go into a header; the message names it.
            TypeError: One is no string.
        """
        if self._problem is not None:
            raise self._problem

    def headers(self, others: dict[str, str]) -> httpx.Headers:
        """Return the headers of a request, that of Basic authentication among them.

        httpx shows that one as ``[secure]``.
        """
        return httpx.Headers({**others, "Authorization": self._authorization})

    def redact(self, text: str) -> str:
        """Return ``text`` with the token, plain or in its Basic form, made unreadable."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, REDACTED)
        return text

    def scrub(self, error: E) -> E:
        """Return ``error``, which may become a cause, with nothing left in it that is secret.

        Frames of libraries hold the raw header, and error trackers record frames: every exception
        that hangs on this one loses its traceback. Its text can hold what the server echoed.
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
        raise TypeError("credentials are neither pickled nor copied: they hold a token")


def _problem(name: str, variable: str, value: object) -> Exception | None:
    if value is None:
        return ValueError(f"{name} is missing: pass {name}=, or set {variable}")
    if not isinstance(value, str):
        return TypeError(f"{name} takes a str, not {type(value).__name__}")
    if not value.strip():
        return ValueError(f"{name} is empty")
    if not value.isprintable():
        return ValueError(f"{name} holds a line break or another character that is not printable")
    return None


class _Redaction(logging.Filter):
    """Redacts what httpx and httpcore log of an answer's headers: a server may echo the token."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = redacted = record.getMessage()
        for reference in _live[:]:
            credentials = reference()
            redacted = credentials.redact(redacted) if credentials else redacted
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


# Appending, copying and removing are one step each, whatever other threads do.
_live: "list[weakref.ref[Credentials]]" = []
_redaction = _Redaction()

for _part in ("connection", "http11", "http2", "proxy", "socks"):
    logging.getLogger(f"httpcore.{_part}").addFilter(_redaction)
logging.getLogger("httpx").addFilter(_redaction)
