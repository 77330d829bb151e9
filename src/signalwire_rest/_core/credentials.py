"""The token, and everything that keeps it secret."""

import base64
import logging
import os
import re
import weakref
from collections.abc import Iterable
from typing import Any, NoReturn, cast

from .escapes import FORM_MAX, replace_escaped, unescaped

PROJECT_VARIABLE = "SIGNALWIRE_PROJECT_ID"
TOKEN_VARIABLE = "SIGNALWIRE_API_TOKEN"
REDACTED = "[redacted]"

# A shorter token is a placeholder in a test; redacting it would mangle ordinary words.
_SECRET_MIN = 6

# Conference tokens, and the addresses of streams, which end in a stream key. The API can send
# either of them in any property and in any message.
_SHAPES = re.compile(r"vpt_\w+|(?i:rtmps?):(?:\\?/){2}[^\s\"'<>]+")


class Credentials:
    """A project id and its token. No repr shows the token, and the object cannot be pickled.

    ``problem`` is the exception to raise if they are invalid; its message names what is wrong.
    """

    __slots__ = ("__weakref__", "_secrets", "_unescaped", "authorization", "problem", "project")

    def __init__(self, project: object, token: object) -> None:
        # Raise nothing here: a traceback would show the token, a local variable of this frame.
        # `make_configuration` raises the problem instead.
        project = project if project is not None else os.environ.get(PROJECT_VARIABLE) or None
        token = token if token is not None else os.environ.get(TOKEN_VARIABLE) or None
        project, token = plain(project), plain(token)
        self.problem = (
            _problem("project", PROJECT_VARIABLE, project)
            or _problem("token", TOKEN_VARIABLE, token)
            or (":" in str(project) and ValueError("project must not contain a colon"))
            or None
        )
        project, token = (each if type(each) is str else "" for each in (project, token))
        pair = f"{project}:{token}".encode("utf-8", "surrogatepass")
        self.authorization = f"Basic {base64.b64encode(pair).decode('ascii')}"
        secrets = _base64_forms(pair)
        if len(token) >= _SECRET_MIN:
            alone = token.encode("utf-8", "surrogatepass")
            # Headers are read as Latin-1.
            secrets |= {token, alone.decode("latin-1"), *_base64_forms(alone)}
        self._keep(secrets)
        self.project = self.redact(project)

    def _keep(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(sorted(secrets, key=len, reverse=True))
        forms = frozenset(form for each in self._secrets for form in unescaped(each))
        self._unescaped = tuple(form for form in forms if len(form) >= _SECRET_MIN)
        _live.append(weakref.ref(self, _live.remove))

    def redact(self, text: str, length: int | None = None) -> str:
        """Return ``text``, or its first ``length`` characters, with the token replaced.

        Replaces every form that a server may echo: plain and Basic, and both escaped.
        """
        if length is not None and len(text) > length:
            # A token that is cut in two is not found, so what may be a part of one is left out.
            longest = FORM_MAX * len(self._secrets[0])
            start = self.redact(text[: length + longest])
            return (start if len(text) <= length + longest else start[:-longest])[:length]
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        text = _SHAPES.sub(REDACTED, text)
        return replace_escaped(text, self._unescaped, _SHAPES, REDACTED)

    def including(self, secrets: Iterable[str]) -> "Credentials":
        """Return credentials that redact these secrets as well."""
        found = [each for each in secrets if len(each) >= _SECRET_MIN]
        if not found:
            return self
        other = object.__new__(Credentials)
        other.project, other.authorization, other.problem = self.project, self.authorization, None
        other._keep((*found, *self._secrets))
        return other

    def __repr__(self) -> str:
        return f"{type(self).__name__}(project={self.project!r}, token={REDACTED!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials cannot be pickled or copied: they hold a token")


def plain(value: object) -> object:
    """Return a string as a plain one, and any other value as it is.

    A subclass of ``str``, such as an ``Enum``, may print or claim something other than its value,
    and an object may claim to be a string, as mocks do.
    """
    kind: type[Any] = type(value)
    return str.__str__(cast(str, value)) if issubclass(kind, str) else value


def _problem(name: str, variable: str, value: object) -> Exception | None:
    if value is None:
        return ValueError(f"{name} is missing: pass {name}= or set {variable}")
    if type(value) is not str:
        return TypeError(f"{name} must be a str; got {type(value).__name__}")
    if not value.strip():
        return ValueError(f"{name} must not be empty")
    if not value.isprintable():
        return ValueError(f"{name} must not contain a line break or another unprintable character")
    return None


def _base64_forms(data: bytes) -> set[str]:
    """Return the forms of base64, without padding: the pattern of a padded form ends there, too."""
    encoders = (base64.b64encode, base64.urlsafe_b64encode)
    return {encode(data).decode("ascii").rstrip("=") for encode in encoders}


def _redact_record(record: logging.LogRecord) -> bool:
    """Redact response headers in the logs of httpx and httpcore: a server may echo the token."""
    try:
        message = redacted = record.getMessage()
    except Exception:
        return True  # The handlers report it, and print no message.
    for reference in _live[:]:
        credentials = reference()
        redacted = credentials.redact(redacted) if credentials else redacted
    if redacted != message:
        record.msg, record.args = redacted, ()
    return True


# Appending, copying and removing are atomic.
_live: list[weakref.ref[Credentials]] = []

for _part in ("connection", "http11", "http2", "proxy", "socks"):
    logging.getLogger(f"httpcore.{_part}").addFilter(_redact_record)
logging.getLogger("httpx").addFilter(_redact_record)
