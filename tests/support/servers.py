"""A server that speaks raw bytes on a loopback port of the system's choice."""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import trustme

from signalwire_rest_mock import Contract

CONTRACT = Contract.load()


def example(name: str = "documented") -> Any:
    """Return a copy of the value of an example of the contract."""
    return json.loads(json.dumps(CONTRACT.example(name).value))


def response(
    status: int = 200,
    body: Any = None,
    headers: dict[str, str] | None = None,
    reason: str = "Whatever",
) -> bytes:
    """Return an HTTP/1.1 response as bytes. A body that is not bytes is sent as JSON."""
    raw = (
        body
        if isinstance(body, bytes)
        else json.dumps(example() if body is None else body).encode()
    )
    fields = {
        "Content-Type": "application/json",
        "Content-Length": str(len(raw)),
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode("latin-1") + raw


def tls_pair(authority: trustme.CA, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the TLS context of a server of that name, and of a client that trusts it."""
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


class Connection:
    """One accepted connection, as a script sees it."""

    def __init__(self, server: "RawServer", sock: socket.socket, number: int) -> None:
        self.server = server
        self.socket = sock
        self.number = number
        """Which connection it is, from 1."""

    def read_request(self) -> bytes:
        """Return the head of the next request; empty where the client has gone."""
        data = b""
        while b"\r\n\r\n" not in data:
            piece = self.socket.recv(65536)
            if not piece:
                return b""
            data += piece
        self.server.requests.append(data)
        return data

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def drip(self, data: bytes, every: float = 0.05) -> None:
        """Send a byte at a time, until the client or the test has gone."""
        for byte in data:
            if self.server.stopping.wait(every):
                return
            self.socket.sendall(bytes([byte]))

    def hold(self) -> None:
        """Say nothing until the client or the test has gone."""
        self.socket.settimeout(0.05)
        while not self.server.stopping.is_set():
            try:
                if not self.socket.recv(65536):
                    return
            except TimeoutError:
                continue

    def reset(self) -> None:
        """Break the connection off, so that the peer sees a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


Script = Callable[[Connection], None]


def always(data: bytes) -> Script:
    """Return a script that sends the same bytes in response to every request."""

    def script(connection: Connection) -> None:
        while connection.read_request():
            connection.send(data)

    return script


def in_turn(*responses: bytes) -> Script:
    """Return a script that sends one response after the other, and repeats the last."""
    left = list(responses)
    lock = threading.Lock()

    def script(connection: Connection) -> None:
        while connection.read_request():
            with lock:
                data = left.pop(0) if len(left) > 1 else left[0]
            connection.send(data)

    return script


def request_of(connection: Connection) -> tuple[str, dict[str, str], bytes]:
    """Return the request line, the headers and the body of a request."""
    head, _, body = connection.read_request().partition(b"\r\n\r\n")
    line, *fields = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in fields)}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.socket.recv(65536)
    return line, headers, body


class Recorder:
    """A script that records each request and sends one response after the other."""

    def __init__(self, *responses: bytes) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self._responses = list(responses)

    def __call__(self, connection: Connection) -> None:
        while True:
            request = request_of(connection)
            if not request[0]:
                return
            self.requests.append(request)
            left = self._responses
            connection.send(left.pop(0) if len(left) > 1 else left[0])


class RawServer:
    """Runs a script for each connection, each in a thread. Use it as a context manager."""

    def __init__(
        self, script: Script, *, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1"
    ) -> None:
        self.requests: list[bytes] = []
        self.accepted = 0
        self.stopping = threading.Event()
        self._script = script
        self._tls = tls
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._listener = socket.socket(family)
        self._listener.bind((address, 0))
        self._listener.listen(512)
        self.port: int = self._listener.getsockname()[1]
        self.host = f"[{address}]:{self.port}" if ":" in address else f"{address}:{self.port}"
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.accepted += 1
            thread = threading.Thread(target=self._serve, args=(sock, self.accepted), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        # Whatever a client does to its end is no failure of the server's.
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(30)
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
            self._script(Connection(self, sock, number))
        except OSError:
            pass
        finally:
            sock.close()
