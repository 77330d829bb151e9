"""The response of one attempt, read into memory within bounds."""

import zlib
from typing import Any

import httpx

_DISCARDED_MAX = 1024 * 1024
"""Bytes of a rejected body that are read and discarded: see :meth:`BufferedResponse.add`."""


class ResponseBodyError(Exception):
    """The body is too long, or has a content encoding that was not asked for."""


FAILURES = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, ResponseBodyError)
"""What an attempt can fail with. Anything else is a programming error and is not caught."""

_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class BufferedResponse:
    """The response of one attempt: complete, partial, or only a failure.

    Args:
        max_bytes: The largest body to accept, in bytes after decoding.
    """

    __slots__ = ("_decoder", "_left", "_parts", "failure", "headers", "status_code")

    def __init__(self, max_bytes: int) -> None:
        self.status_code: int | None = None
        self.headers = httpx.Headers()
        self.failure: Exception | None = None
        """Why the response is incomplete or was rejected."""
        self._parts: list[bytes] = []
        self._left = max_bytes
        self._decoder: Any = None

    def start(self, response: httpx.Response) -> bool:
        """Take the status and the headers; return whether the body is still to be read."""
        self.status_code = response.status_code
        self.headers = response.headers
        # Mocking tools return a response in one piece, and a hook of the user's client may have
        # read it: it is then complete and decoded.
        if response.is_stream_consumed:
            self.add(response.content)
            return False
        coding = self.headers.get("content-encoding", "").strip().lower()
        if coding in ("gzip", "x-gzip", "deflate"):
            self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: detect gzip or zlib
        elif coding not in ("", "identity"):
            self._reject(f"the content encoding {coding[:40]!r} was not asked for")
            return False
        return True

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
        if self._decoder is not None:
            if self._decoder.eof:
                self._reject("the body continues after the end of its encoding")
                return False
            try:
                # Decode at most one byte beyond the limit, whatever the chunk expands to.
                chunk = self._decoder.decompress(chunk, self._left + 1)
            except zlib.error as error:
                self._reject(f"the body does not match its content encoding: {error}")
                return False
        if len(chunk) > self._left:
            self._reject("the body is longer than max_response_bytes")
            return False
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
            self.status_code = failure.response.status_code
            self.headers = failure.response.headers
        self.failure = failure

    @property
    def is_success(self) -> bool:
        """Whether the status is a 2xx."""
        return self.status_code is not None and 200 <= self.status_code < 300

    @property
    def request_may_have_been_sent(self) -> bool:
        """Whether the request may have reached the server."""
        return self.status_code is not None or not isinstance(self.failure, _NOT_CONNECTED)

    @property
    def content(self) -> bytes:
        """The decoded body, as far as it arrived."""
        if len(self._parts) != 1:
            self._parts = [b"".join(self._parts)]
        return self._parts[0]

    def _reject(self, problem: str) -> None:
        self.failure = ResponseBodyError(problem)
        self._left = 0
