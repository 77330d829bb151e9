"""The response of one attempt, read into memory within bounds."""

import math
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx

_DISCARDED_MAX = 1024 * 1024
"""Bytes of a rejected body that are read and discarded: see :meth:`BufferedResponse.add`."""

WHOLE_BODY = "signalwire_body"
"""The extension of a response of our transport whose body came with its head."""


class ResponseBodyError(Exception):
    """The body is too long, or has a content encoding that was not asked for."""


class PoolClosedError(Exception):
    """The client was closed while the request waited for a connection. Nothing was sent."""


_NO_HEADERS = httpx.Headers()

FAILURES = (
    httpx.HTTPError,
    httpx.StreamError,
    httpx.InvalidURL,
    OSError,
    ResponseBodyError,
    PoolClosedError,
)
"""What an attempt can fail with. Anything else is a programming error and is not caught."""


class BufferedResponse:
    """The response of one attempt: complete, partial, or only a failure.

    Args:
        max_bytes: The largest body to accept, in bytes after decoding.
        deadline: When the call has to end.
        clock: Returns seconds, like :func:`time.monotonic`; the deadline is by this clock.
    """

    def __init__(
        self,
        max_bytes: int,
        deadline: float = math.inf,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.deadline = deadline
        self._clock = clock
        self.status_code: int | None = None
        self.headers = _NO_HEADERS
        self.failure: Exception | None = None
        """Why the response is incomplete or was rejected."""
        self._parts: list[bytes] = []
        self._left = max_bytes
        self._decoder: Any = None
        self._is_unknown_coding = False

    def start(self, response: httpx.Response) -> bool:
        """Take the head, and a body that came with it; return whether there is more to read."""
        self.status_code = response.status_code
        self.headers = response.headers
        # Mocking tools return a response in one piece, and a hook of the user's client may have
        # read it: it is then complete and decoded.
        if response.is_stream_consumed:
            self.add(response.content)
            return False
        # Not by name, for which httpx would decode every header.
        found = [v for name, v in self.headers.raw if name.lower() == b"content-encoding"]
        coding = b", ".join(found).strip().lower()
        if coding in (b"gzip", b"x-gzip", b"deflate"):
            self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: detect gzip or zlib
        elif coding != b"identity":
            self._is_unknown_coding = bool(coding)
        # Our transport hands over a body that came with the head, which spares the iteration.
        body = response.extensions.get(WHOLE_BODY)
        if body is not None:
            self.add(body)
            self.finish()
        return body is None

    def add(self, chunk: bytes) -> bool:
        """Take a chunk of the body; return whether more is wanted.

        If not, close the response and read on: trio forbids leaving an async generator before its
        end, and a closed connection ends it with an error.

        Raises:
            ResponseBodyError: Chunks keep arriving although the response is closed.
        """
        if self.failure is not None:
            self._left -= len(chunk)
            if self._left < -_DISCARDED_MAX:
                raise self.failure
            return False
        if self.time_left <= 0:
            # A sync http_client limits only the time between two reads.
            return self._reject("the timeout of the call has passed", httpx.ReadTimeout)
        if type(chunk) is not bytes:  # from a foreign transport
            return self._reject(f"the body must be bytes; got {type(chunk).__name__}", TypeError)
        if self._is_unknown_coding and chunk:
            return self._reject("the content encoding was not asked for")
        if self._decoder is not None:
            if self._decoder.eof:
                return self._reject("the body continues after the end of its encoding")
            try:
                # Decode at most one byte beyond the limit, whatever the chunk expands to.
                chunk = self._decoder.decompress(chunk, self._left + 1)
            except zlib.error as error:
                return self._reject(f"the body does not match its content encoding: {error}")
        if len(chunk) > self._left:
            return self._reject("the body is longer than max_response_bytes")
        self._left -= len(chunk)
        self._parts.append(chunk)
        return True

    def finish(self) -> None:
        """Note that the body is complete."""
        if self._decoder is not None and not self._decoder.eof and self.content:
            self._reject("the body does not match its content encoding: it is incomplete")

    def fail(self, failure: Exception) -> None:
        """Note why nothing more arrived."""
        if self.failure is not None:
            return
        if self.status_code is None and isinstance(failure, httpx.HTTPStatusError):
            # A hook of the user's client called raise_for_status(): a response did arrive.
            with suppress(httpx.StreamError):  # the hook may not have kept the body
                self.start(failure.response)
        self.failure = failure

    @property
    def time_left(self) -> float:
        """Seconds until the call has to end."""
        return self.deadline - self._clock()

    @property
    def is_success(self) -> bool:
        """Whether the status is a 2xx."""
        return self.status_code is not None and 200 <= self.status_code < 300

    @property
    def content(self) -> bytes:
        """The decoded body, as far as it arrived."""
        if len(self._parts) != 1:
            self._parts = [b"".join(self._parts)]
        return self._parts[0]

    def _reject(self, problem: str, kind: type[Exception] = ResponseBodyError) -> bool:
        self.failure = kind(problem)
        self._left = 0
        return False
