"""What came back of one attempt, read within bounds."""

import zlib
from typing import Any

import httpx

from signalwire.rest._credentials import Credentials
from signalwire.rest._honest_types import Json


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
        """Take status and headers; return whether the body is still to come.

        Raises:
            UnacceptableBodyError: The body is coded in a way that is not read here.
        """
        self.status_code = response.status_code
        self.headers = response.headers
        # A response that was made in one piece, as mocking tools do, or that a hook of the user's
        # own client has read, is whole and decoded already.
        if response.is_stream_consumed:
            self.feed(response.content)
            return False
        coding = self.headers.get("content-encoding")
        if coding is not None:
            self._decoder = _decoder(coding.strip().lower())
        return True

    def feed(self, chunk: bytes) -> None:
        """Take a piece of the body as it came.

        Raises:
            UnacceptableBodyError: The body is longer than the limit, or not coded as it claims.
        """
        if self._decoder is not None:
            try:
                # Never more than one byte over the limit is decoded, whatever the piece expands to.
                chunk = self._decoder.decompress(chunk, self._left + 1)
            except zlib.error as error:
                problem = f"the body is not coded as it claims: {error}"
                raise UnacceptableBodyError(problem) from error
        self._left -= len(chunk)
        if self._left < 0:
            raise UnacceptableBodyError("the body is longer than max_response_bytes")
        self._parts.append(chunk)

    def end(self) -> None:
        """Take note that the body is whole.

        Raises:
            UnacceptableBodyError: It is coded, and the code does not end.
        """
        if self._decoder is not None and not self._decoder.eof and self.content:
            raise UnacceptableBodyError("the body is not coded as it claims: it does not end")

    def fail(self, failure: Exception, credentials: Credentials) -> None:
        """Take note of why nothing more came."""
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


def _decoder(coding: str) -> Any:
    if coding in ("", "identity"):
        return None
    if coding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: tell gzip and zlib apart
    raise UnacceptableBodyError(f"the body is coded as {coding[:40]!r}, which was not asked for")
