"""The mock API over HTTP/1.1, on a loopback port that the system chooses."""

import itertools
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from signalwire_rest_mock.api import MockApi
from signalwire_rest_mock.messages import WITHOUT_BODY, Request, Response


class MockServer:
    """A mock server that runs in a thread. Use it as a context manager.

    Args:
        api: The API to serve. Default: a ``MockApi`` of the contract in this package.
        address: The address to listen on.
        port: The port to listen on; 0 lets the system choose.
    """

    def __init__(
        self, api: MockApi | None = None, address: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.api = api or MockApi()
        self._server = _HttpServer((address, port), _handler(self.api))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def host(self) -> str:
        """Address and port, in the form that a client takes as ``host``."""
        address, port = self._server.server_address[:2]
        return f"{address!s}:{port}"

    def start(self) -> None:
        """Start serving, in a thread."""
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


_MAX_BODY = 1024 * 1024
"""The longest request body that is read, in bytes."""


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


def _handler(api: MockApi) -> type[BaseHTTPRequestHandler]:
    numbers = itertools.count(1)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "signalwire-rest-mock"
        sys_version = ""
        # Send each response at once and in one write, so that Nagle's algorithm never delays it.
        wbufsize = -1
        disable_nagle_algorithm = True

        def handle_request(self) -> None:
            refused = self._refuse_body()
            if refused is not None:
                # An unread body would be taken for the next request.
                self.close_connection = True
                response = Response.of_error(refused)
            else:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                headers = dict(self.headers.items())
                request = Request(self.command, self.path, headers, body)
                response = api.respond(request, next(numbers))
            self._send(response)

        def _refuse_body(self) -> HTTPStatus | None:
            """Return the status for a body that cannot be read, or None."""
            length = self.headers.get("Content-Length", "0")
            if "Transfer-Encoding" in self.headers:
                return HTTPStatus.LENGTH_REQUIRED
            if not (length.isascii() and length.isdecimal()):
                return HTTPStatus.BAD_REQUEST
            if int(length) > _MAX_BODY:
                # A client that is still sending would see a reset instead of the response.
                self.rfile.read(_MAX_BODY)
                return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            return None

        def _send(self, response: Response) -> None:
            self.send_response(response.status)
            for name, value in response.headers.items():
                self.send_header(name, value)
            # The length of a body that is not sent may be left out.
            has_body = self.command != "HEAD" and response.status not in WITHOUT_BODY
            if has_body:
                self.send_header("Content-Length", str(len(response.body)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            if has_body:
                self.wfile.write(response.body)

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):
                return self.handle_request
            raise AttributeError(name)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Log nothing: the output is for the person who started the server."""

    return Handler
