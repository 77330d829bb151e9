"""One response, read from the bytes of a connection by llhttp, which is strict."""

import sys
from typing import Any

from httpcore import RemoteProtocolError
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

_START = b"HTTP/1."
_OVERHEAD_MAX = 64 * 1024
"""Bytes of a response other than its body: heads, interim responses, extensions and trailers."""
_CHUNK_OVERHEAD = 20
"""Bytes around one chunk: 16 digits and two line ends."""


class ResponseReader:
    """Reads one response.

    Args:
        has_body: Whether the response may have a body; it has none if it answers a HEAD request.

    Attributes:
        status: The status once the head is complete, else 0. Interim responses are skipped.
        headers: The headers once the head is complete.
        is_complete: Whether the response is complete.
        is_reusable: Whether it also leaves the connection fit for another request.
    """

    def __init__(self, has_body: bool = True) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.is_complete: bool = False
        self.is_reusable: bool = False
        self._has_body = has_body
        self._start = b""
        self._problem = ""
        self._ends_at_eof = False
        self._body: list[bytes] = []
        self._overhead_left = _OVERHEAD_MAX
        self._parser: Any = None

    def feed(self, data: bytes) -> bytes:
        """Take bytes from the connection, none at its end; return those of the body.

        Raises:
            RemoteProtocolError: This is no HTTP/1.1 response, or only a part of one.
        """
        if not data:
            if not self._ends_at_eof:
                raise RemoteProtocolError("the connection ended before the response was complete")
            self.is_complete = True
        if len(self._start) < len(_START):
            # llhttp also reads RTSP, and skips empty lines.
            self._start = (self._start + data)[: len(_START)]
            if not _START.startswith(self._start):
                raise RemoteProtocolError("this is not an HTTP/1.1 response")
        # Made late and dropped early: a cycle, which only the garbage collector would free.
        self._parser = self._parser or HttpResponseParser(self)
        handled = sys.exception()  # by the caller: the context of any error of the parser
        try:
            # The last byte goes alone, to tell whether the response ends with it or before it.
            self._parser.feed_data(memoryview(data)[:-1])
            if self.is_complete:
                self.is_reusable = False
            else:
                self._parser.feed_data(data[-1:])
        except (HttpParserError, HttpParserUpgrade) as error:
            self.is_reusable = False
            struck = error.__context__
            if struck is not None and struck is not handled:
                raise struck from None  # A signal handler raised it in a callback.
            if not self.is_complete:
                self._problem = self._problem or f"{error}"
        body = b"".join(self._body)
        self._body.clear()
        self._overhead_left -= len(data) - len(body)
        if self._overhead_left < 0 and not self.is_complete:
            self._problem = self._problem or "too many bytes outside of the body"
        if self._problem:
            raise RemoteProtocolError(self._problem)
        if self.is_complete:
            self._parser = None
        return body

    # The parser calls these, also for what follows the response.

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self.status:
            self.headers.append((name, value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if self.status:
            return
        if status == 101 or status < 100:
            self._problem = f"unexpected status {status}"
        if status < 200:
            self.headers = []
            return
        self.status = status
        framing = [
            value.lower()
            for name, value in self.headers
            if name.lower() in (b"content-length", b"transfer-encoding")
        ]
        self._ends_at_eof = not framing
        if framing[1:] or not all(value == b"chunked" or value.isdigit() for value in framing):
            self._problem = "unknown transfer encoding"
        if not self._has_body:
            self.on_message_complete()

    def on_chunk_header(self) -> None:
        self._overhead_left += _CHUNK_OVERHEAD

    def on_body(self, body: bytes) -> None:
        if not self.is_complete:
            self._body.append(body)

    def on_message_complete(self) -> None:
        if self.status and not self.is_complete:
            self.is_complete = True
            self.is_reusable = not self._problem and self._parser.should_keep_alive()
