"""What came back of one attempt, read within bounds."""

import zlib
from typing import Any

import httpx

from signalwire.rest._credentials import Credentials
from signalwire.rest._json import Json

_ON_ITS_WAY = 1024 * 1024
"""Bytes that are still taken, and dropped, of a body that was refused: see ``Received.feed``."""


class UnacceptableBodyError(Exception):
    """A body that is too long, or coded in a way that was not asked for and cannot be read."""


class Received:
    """What one attempt brought: a whole answer, a part of one, or nothing but a failure.

    Has what a generated operation reads of a response: ``status_code``, ``headers``, ``content``
    and ``json()``.
    """

    __slots__ = ("_decoder", "_left", "_parts", "failure", "headers", "raw", "status_code")

    def __init__(self, limit: int) -> None:
        self.status_code: int | None = None
        self.headers = httpx.Headers()
        self.failure: Exception | None = None
        self.raw: Json = None
        """The JSON of the body, once it was read as that."""
        self._parts: list[bytes] = []
        self._left = limit
        self._decoder: Any = None

    def begin(self, response: httpx.Response) -> bool:
        """Take status and headers; return whether the body is still to come."""
        self.status_code = response.status_code
        self.headers = response.headers
        # A response that was made in one piece, as mocking tools do, or that a hook of the user's
        # own client has read, is whole and decoded already.
        if response.is_stream_consumed:
            self.feed(response.content)
            return False
        coding = self.headers.get("content-encoding", "").strip().lower()
        if coding in ("gzip", "x-gzip", "deflate"):
            self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: tell gzip and zlib apart
        elif coding not in ("", "identity"):
            self._refuse(f"the body is coded as {coding[:40]!r}, which was not asked for")
            return False
        return True

    def feed(self, chunk: bytes) -> bool:
        """Take a piece of the body as it came; return whether more is wanted.

        If not, close the response and go on: an async generator that is left before its end is an
        offence on trio, and a closed connection ends it with an error.

        Raises:
            UnacceptableBodyError: More comes, although the response is closed.
        """
        if self.failure is not None:
            self._left -= len(chunk)
            if self._left < -_ON_ITS_WAY:
                raise self.failure
            return False
        if self._decoder is not None:
            if self._decoder.eof:
                self._refuse("the body goes on after the end of its code")
                return False
            try:
                # Never more than one byte over the limit is decoded, whatever the piece expands to.
                chunk = self._decoder.decompress(chunk, self._left + 1)
            except zlib.error as error:
                self._refuse(f"the body is not coded as it claims: {error}")
                return False
        if len(chunk) > self._left:
            self._refuse("the body is longer than max_response_bytes")
            return False
        self._left -= len(chunk)
        self._parts.append(chunk)
        return True

    def end(self) -> None:
        """Take note that the body is whole."""
        if self._decoder is not None and not self._decoder.eof and self.content:
            self._refuse("the body is not coded as it claims: it does not end")

    def fail(self, failure: Exception, credentials: Credentials) -> None:
        """Take note of why nothing more came."""
        if self.failure is not None:
            return
        if self.status_code is None and isinstance(failure, httpx.HTTPStatusError):
            # A hook of the user's own client called raise_for_status(): an answer did come.
            self.status_code = failure.response.status_code
            self.headers = failure.response.headers
        self.failure = credentials.scrub(failure)

    @property
    def content(self) -> bytes:
        """The body, decoded, as far as it came."""
        if len(self._parts) != 1:
            self._parts = [b"".join(self._parts)]
        return self._parts[0]

    def json(self) -> Json:
        """Return the JSON of the body, which the call has read before it lets anyone ask."""
        return self.raw

    def _refuse(self, problem: str) -> None:
        self.failure = UnacceptableBodyError(problem)
        self._left = 0
