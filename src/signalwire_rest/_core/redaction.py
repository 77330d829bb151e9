"""What an error keeps of a response: bounded, and without secrets."""

import json
import re
from itertools import accumulate
from typing import Any

import httpx

from signalwire_rest._decoding.json import read_json
from signalwire_rest._options import ERROR_BODY_MAX

from .credentials import Credentials

_DEPTH_MAX = 100
"""Levels of nested JSON that an error keeps parsed; many more would not copy or pickle."""


def redacted_body(content: bytes, credentials: Credentials) -> Any:
    """Return a body as JSON, or as text if it is not JSON or too long; redacted."""
    text = credentials.redact(content.decode("utf-8-sig", "replace"))
    if len(text) > ERROR_BODY_MAX or _depth(text) > _DEPTH_MAX:
        return text[:ERROR_BODY_MAX]
    try:
        # Redact once more: JSON has several ways to write a letter, `\\u0041` for `A`.
        unescaped = json.dumps(read_json(text), ensure_ascii=False)
        return read_json(credentials.redact(unescaped))
    except (ValueError, RecursionError):
        return text


def redacted_headers(headers: httpx.Headers, credentials: Credentials) -> httpx.Headers:
    """Return the headers, redacted."""

    def redact(raw: bytes) -> bytes:
        return credentials.redact(raw.decode("latin-1")).encode("latin-1")

    return httpx.Headers([(redact(name), redact(value)) for name, value in headers.raw])


def _depth(text: str) -> int:
    steps = (1 if bracket in "[{" else -1 for bracket in re.findall(r"[\[\]{}]", text))
    return max(accumulate(steps), default=0)
