"""The mock API over HTTP/1.1, on a loopback port that the system chooses."""

import http.client
import itertools
import socket
import ssl
import threading
import time
from contextlib import suppress
from email.utils import formatdate
from http import HTTPStatus
from ipaddress import ip_address
from socketserver import BaseRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Any, Self, cast

import h11

from signalwire_rest_mock.api import MockApi
from signalwire_rest_mock.messages import WITHOUT_BODY, Request, Response

_MAX_BODY = 1024 * 1024
"""The longest request body that is read, in bytes."""
_MAX_CONNECTIONS = 256
"""Each has a thread. Further ones are refused with 503."""
_LINGER = 2.0
"""Seconds to discard what a refused client still sends."""


class MockServer:
    """A mock server that runs in a thread. Use it as a context manager.

    Args:
        api: The API to serve. Default: a ``MockApi`` of the contract in this package.
        address: The IPv4 address, or the host name, to listen on.
        port: The port to listen on; 0 lets the system choose.
        timeout: Seconds in which a client must send a request and read the response. A connection
            that is idle for as long is closed.
        allow_remote: Whether ``address`` may be one that other machines can reach.
        tls: The TLS context of the server. Default: plain HTTP.

    Raises:
        ValueError: ``address`` is not a loopback address, and ``allow_remote`` is false.
        OSError: The server cannot listen on this address and port.
    """

    def __init__(
        self,
        api: MockApi | None = None,
        address: str = "127.0.0.1",
        port: int = 0,
        *,
        timeout: float = 30.0,
        allow_remote: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.api = api or MockApi()
        resolved = socket.gethostbyname(address)
        if not (allow_remote or ip_address(resolved).is_loopback):
            raise ValueError(
                "address must be a loopback address such as 127.0.0.1, unless allow_remote is true;"
                f" got {address!r}"
            )
        self._server = _HttpServer((resolved, port), self.api, timeout, tls)
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


class _HttpServer(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self, address: tuple[str, int], api: MockApi, timeout: float, tls: ssl.SSLContext | None
    ) -> None:
        self.api = api
        self.tls = tls
        self.client_timeout = timeout
        self.numbers = itertools.count(1)
        self._free = threading.Semaphore(_MAX_CONNECTIONS)
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            with suppress(OSError):
                request.send(b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n")
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        super().process_request_thread(request, client_address)
        self._free.release()


class _Handler(BaseRequestHandler):
    """One connection."""

    request: socket.socket

    def handle(self) -> None:
        self._server = cast("_HttpServer", self.server)
        self._http = h11.Connection(h11.SERVER)
        # An OSError: the client has gone, is idle, or does not read the response.
        with suppress(OSError):
            # Nagle's algorithm would delay a response.
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._server.tls is not None:
                self.request.settimeout(self._server.client_timeout)
                self.request = self._server.tls.wrap_socket(self.request, server_side=True)
            while self._exchange():
                self._http.start_next_cycle()

    def finish(self) -> None:
        self.request.close()

    def _exchange(self) -> bool:
        """Respond to a request; return whether the connection can take another."""
        timeout = self._server.client_timeout
        if not self._http.trailing_data[0]:
            self._http.receive_data(self._receive(time.monotonic() + timeout))
        self._method = ""
        try:
            request = self._read(time.monotonic() + timeout)
        except h11.RemoteProtocolError as error:
            self._refuse(HTTPStatus(error.error_status_hint))
        except TimeoutError:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            if request is None:
                return False
            self._send(self._respond(request))
        if self._http.our_state is self._http.their_state is h11.DONE:
            return True
        # Closing with bytes unread resets the connection, which may cost the client the response.
        self.request.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + _LINGER
        while self._receive(deadline):
            pass
        return False

    def _read(self, deadline: float) -> Request | None:
        """Return the next request; None if the client has closed the connection.

        Raises:
            h11.RemoteProtocolError: The request is malformed or too large.
            TimeoutError: The request is incomplete at the deadline.
        """
        head = self._next_event(deadline)
        if not isinstance(head, h11.Request):
            return None
        self._method = head.method.decode()
        fields = {name.decode(): value.decode("latin-1") for name, value in head.headers}
        if head.http_version >= b"2":
            raise h11.RemoteProtocolError("unsupported version", 505)
        if {"content-length", "transfer-encoding"} <= fields.keys():
            raise h11.RemoteProtocolError("the length is ambiguous", 400)
        body, size = bytearray(), int(fields.get("content-length", 0))
        while size <= _MAX_BODY and isinstance(event := self._next_event(deadline), h11.Data):
            body += event.data
            size = max(size, len(body))
        if size > _MAX_BODY:
            raise h11.RemoteProtocolError("the body is too large", 413)
        return Request(self._method, head.target.decode(), fields, bytes(body))

    def _next_event(self, deadline: float) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                self._write(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(self._receive(deadline))
        return event

    def _receive(self, deadline: float) -> bytes:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.request.settimeout(left)
        return self.request.recv(16384)

    def _respond(self, request: Request) -> Response:
        try:
            return self._server.api.respond(request, next(self._server.numbers))
        except Exception:
            self._server.handle_error(self.request, self.client_address)
            return Response.of_error(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _refuse(self, status: HTTPStatus) -> None:
        self._send(Response.of_error(status, {"Connection": "close"}))

    def _send(self, response: Response) -> None:
        fields = [("Date", formatdate(usegmt=True)), *response.headers.items()]
        # The length of a body that is not sent may be left out.
        body = b""
        if self._method != "HEAD" and response.status not in WITHOUT_BODY:
            body = response.body
            fields.append(("Content-Length", str(len(body))))
        reason = http.client.responses.get(response.status, "")
        head = h11.Response(status_code=response.status, headers=fields, reason=reason)
        self._write(head, h11.Data(body), h11.EndOfMessage())

    def _write(self, *events: h11.Event) -> None:
        """Send events in one write."""
        self.request.settimeout(self._server.client_timeout)
        self.request.sendall(b"".join(self._http.send(each) or b"" for each in events))
