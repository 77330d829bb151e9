"""What an error keeps of an answer: not much, and nothing in it that is secret."""

import json
import re
from itertools import accumulate
from typing import Any

import httpx

from signalwire.rest._credentials import Credentials
from signalwire.rest._json import read_json
from signalwire.rest._options import ERROR_BODY_MAX

_DEEPEST = 100
"""Levels of JSON that are kept parsed: a copy or a pickle of many more fails."""


def kept_body(content: bytes, credentials: Credentials) -> Any:
    """Return the body as JSON where it is that, else as text, cut if it is long; redacted."""
    text = credentials.redact(content.decode("utf-8-sig", "replace"))
    if len(text) > ERROR_BODY_MAX or _depth(text) > _DEEPEST:
        return text[:ERROR_BODY_MAX]
    try:
        # Once more, for JSON has other ways to write a letter: `\\u0041` is `A`.
        plain = json.dumps(read_json(text), ensure_ascii=False)
        return read_json(credentials.redact(plain))
    except (ValueError, RecursionError):
        return text


def kept_headers(headers: httpx.Headers, credentials: Credentials) -> httpx.Headers:
    """Return the headers, redacted."""

    def redact(raw: bytes) -> bytes:
        return credentials.redact(raw.decode("latin-1")).encode("latin-1")

    return httpx.Headers([(redact(name), redact(value)) for name, value in headers.raw])


def _depth(text: str) -> int:
    steps = (1 if bracket in "[{" else -1 for bracket in re.findall(r"[\[\]{}]", text))
    return max(accumulate(steps), default=0)
