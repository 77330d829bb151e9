"""The stand-in behind a socket: HTTP/1.1 on a loopback port that the system chooses."""

import itertools
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from signalwire_rest_standin.answers import Request, StandIn


class Server:
    """A running stand-in. Use it as a context manager.

    Args:
        stand_in: What answers. Default: one over the contract of this package.
        address: The address to listen on.
        port: The port to listen on; 0 lets the system choose.
    """

    def __init__(
        self, stand_in: StandIn | None = None, address: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.stand_in = stand_in or StandIn()
        self._server = _HttpServer((address, port), _handler(self.stand_in))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def host(self) -> str:
        """Address and port, as a client takes its ``host``."""
        address, port = self._server.server_address[:2]
        return f"{address!s}:{port}"

    def start(self) -> None:
        """Begin to serve, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving, and wait until the thread has ended."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


_LONGEST_BODY = 1024 * 1024
"""Bytes of a body that are read before it is answered: closed earlier, a client sees a reset."""


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


def _handler(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    numbers = itertools.count(1)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "signalwire-rest-standin"
        sys_version = ""
        # One write for each answer, at once: what Nagle's algorithm waits for never comes.
        wbufsize = -1
        disable_nagle_algorithm = True

        def answer(self) -> None:
            headers = dict(self.headers.items())
            answer = stand_in.answer(Request(self.command, self.path, headers), next(numbers))
            # A body is of no use to this API; what is not read would be taken for a request.
            if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
                self.close_connection = True
                length = self.headers.get("Content-Length", "")
                self.rfile.read(min(int(length), _LONGEST_BODY) if length.isdecimal() else 0)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != HTTPStatus.NO_CONTENT:
                self.send_header("Content-Length", str(len(answer.body)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):
                return self.answer
            raise AttributeError(name)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing: what the demo prints is for a person."""

    return Handler
