"""Every client of the mock server gets a response or a refusal, in bounded time and memory."""

import json
import select
import socket
from collections.abc import Iterator

import pytest

from signalwire_rest_mock import MockApi, MockServer, Request, Response

GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


class EchoApi(MockApi):
    """Responds with the method, target and body of the request."""

    def respond(self, request: Request, number: int = 1) -> Response:
        return Response.of_json(200, [request.method, request.target, request.body.decode()])


class BrokenApi(MockApi):
    def respond(self, request: Request, number: int = 1) -> Response:
        raise LookupError("broken")


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    with MockServer(EchoApi()) as server:
        yield server


@pytest.fixture
def impatient() -> Iterator[MockServer]:
    with MockServer(EchoApi(), timeout=0.5) as server:
        yield server


def connect(server: MockServer) -> socket.socket:
    address, port = server.host.split(":")
    return socket.create_connection((address, int(port)), timeout=10)


def exchange(server: MockServer, data: bytes) -> bytes:
    """Send bytes; return everything that the server sends until it closes the connection."""
    with connect(server) as sock:
        sock.sendall(data)
        return read(sock)


def read(sock: socket.socket) -> bytes:
    with sock.makefile("rb") as file:
        return file.read()


def assert_refused(received: bytes, status: int) -> None:
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nConnection: close" in head
    assert json.loads(body)["error"]


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
        (POST + b"Content-Length: -1\r\n\r\n", 400),
        (POST + b"Content-Length: +1\r\n\r\n", 400),
        (POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (POST + b"Content-Length: 1048577\r\n\r\n", 413),
        (POST + b"Content-Length: 1048577\r\nExpect: 100-continue\r\n\r\n", 413),
        (POST + b"Transfer-Encoding: gzip\r\n\r\n", 501),
        (POST + b"Transfer-Encoding : chunked\r\n\r\n", 400),
        (CHUNKED + b"x\r\n", 400),
        (CHUNKED + b"-1\r\n", 400),
        (CHUNKED + b"2\r\nabc\r\n", 400),
        (CHUNKED + b"1;" + b"x" * 100_000, 431),
        (CHUNKED + b"0\r\n" + b"a: b\r\n" * 20_000, 431),
        (GET + b"X: " + b"x" * 100_000, 431),
        (GET + b"X: x\r\n" * 20_000, 431),
        (b"GET /" + b"x" * 100_000, 431),
        (GET + b"X\r\n\r\n", 400),
        (GET + b": x\r\n\r\n", 400),
        (GET + b"X: \0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"G(T / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"\r\n\r\n", 400),
    ],
    ids=lambda each: repr(each[:80]) if isinstance(each, bytes) else str(each),
)
def test_a_malformed_or_oversized_request_is_refused(
    server: MockServer, request_bytes: bytes, status: int
) -> None:
    assert_refused(exchange(server, request_bytes), status)


@pytest.mark.parametrize(
    "cut", [GET + b"Acc", POST + b"Content-Length: 2\r\n\r\n1", CHUNKED + b"1"]
)
def test_a_request_that_is_cut_off_is_refused(server: MockServer, cut: bytes) -> None:
    with connect(server) as sock:
        sock.sendall(cut)
        sock.shutdown(socket.SHUT_WR)
        assert_refused(read(sock), 400)


def test_a_refused_head_request_gets_no_body(server: MockServer) -> None:
    received = exchange(server, b"HEAD / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 413 ")
    assert received.endswith(b"\r\n\r\n")


def test_a_body_that_never_ends_is_refused(server: MockServer) -> None:
    with connect(server) as sock:
        sock.sendall(CHUNKED)
        sent = 0
        while not select.select([sock], [], [], 0)[0]:
            assert sent < 100 * 2**20
            sent += sock.send(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        assert sock.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_the_client_of_a_long_refused_body_sees_the_response(server: MockServer) -> None:
    body = b"x" * (8 * 2**20)
    assert_refused(exchange(server, POST + b"Content-Length: %d\r\n\r\n" % len(body) + body), 413)


@pytest.mark.parametrize("start", [b"", GET, POST + b"Content-Length: 100\r\n\r\n", CHUNKED])
def test_a_request_that_drips_is_refused_at_the_deadline(
    impatient: MockServer, start: bytes
) -> None:
    with connect(impatient) as sock:
        sock.sendall(start)
        for _ in range(100):
            sock.sendall(b"1")
            if select.select([sock], [], [], 0.05)[0]:
                break
        assert_refused(read(sock), 408)


def test_a_request_that_streams_without_a_pause_is_refused_at_the_deadline(
    impatient: MockServer,
) -> None:
    with connect(impatient) as sock:
        sock.sendall(CHUNKED)
        while not select.select([sock], [], [], 0)[0]:
            sock.sendall((b"1;" + b"x" * 10_000 + b"\r\n1\r\n") * 10)
        assert sock.recv(65536).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("first", [b"", GET + b"\r\n"])
def test_an_idle_connection_is_closed(impatient: MockServer, first: bytes) -> None:
    assert exchange(impatient, first).count(b"HTTP/1.1 ") == bool(first)


def test_a_client_that_never_reads_is_disconnected(impatient: MockServer) -> None:
    # The response is as long as the request, so the buffers of both sockets fill quickly.
    request = b"GET /%b HTTP/1.1\r\nHost: x\r\n\r\n" % (b"x" * 8000)
    with connect(impatient) as sock, pytest.raises((ConnectionResetError, BrokenPipeError)):
        sock.sendall(request * 4000)


def test_connections_beyond_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signalwire_rest_mock.server._MAX_CONNECTIONS", 2)
    request = GET + b"Connection: close\r\n\r\n"
    with MockServer(EchoApi()) as server:
        with connect(server), connect(server):
            for _ in range(3):
                assert exchange(server, b"").startswith(b"HTTP/1.1 503 ")
        # A thread releases its connection shortly after the client has closed it.
        while (received := exchange(server, request)).startswith(b"HTTP/1.1 503 "):
            pass
        assert received.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("request_bytes", "expected"),
    [
        (CHUNKED + b"2;x=y\r\nab\r\n1\r\nc\r\n0\r\nT: x\r\n\r\n", ["POST", "/", "abc"]),
        (GET + b"X: a\r\n b\r\n\r\n", ["GET", "/", ""]),
        (b"GET http://x/y HTTP/1.1\r\nHost: x\r\n\r\n", ["GET", "http://x/y", ""]),
        (b"TRACE /y HTTP/1.1\r\nHost: x\r\n\r\n", ["TRACE", "/y", ""]),
        (GET + b"Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n", ["GET", "/", ""]),
    ],
    ids=lambda each: repr(each[:80]) if isinstance(each, bytes) else "",
)
def test_unusual_but_valid_requests_get_their_response(
    server: MockServer, request_bytes: bytes, expected: list[str]
) -> None:
    received = exchange(server, request_bytes + GET + b"Connection: close\r\n\r\n")
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert json.dumps(expected).encode() in received


def test_pipelined_requests_get_their_responses_in_order(server: MockServer) -> None:
    targets = [b"/%d" % number for number in range(100)]
    requests = [b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n" % each for each in targets]
    received = exchange(server, b"".join(requests) + b"GET /last HTTP/1.0\r\n\r\n")
    positions = [received.index(b'"%b"' % each) for each in (*targets, b"/last")]
    assert positions == sorted(positions)


def test_a_client_may_wait_for_100_continue(server: MockServer) -> None:
    with connect(server) as sock:
        sock.sendall(POST + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert sock.recv(65536).startswith(b"HTTP/1.1 100 ")
        sock.sendall(b"ab")
        assert b'"ab"' in sock.recv(65536)


def test_connect_opens_no_tunnel() -> None:
    with MockServer() as server:
        received = exchange(
            server, b"CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\nConnection: close\r\n\r\n"
        )
    assert received.startswith(b"HTTP/1.1 401 ")


def test_a_fault_of_the_api_is_500(capsys: pytest.CaptureFixture[str]) -> None:
    with MockServer(BrokenApi()) as server:
        received = exchange(server, GET + b"\r\n" + GET + b"Connection: close\r\n\r\n")
    assert received.count(b"HTTP/1.1 500 ") == 2
    assert "LookupError: broken" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["0.0.0.0", "", "192.0.2.1", "255.255.255.255"])
def test_only_loopback_addresses_are_listened_on_unless_asked(address: str) -> None:
    with pytest.raises(ValueError, match="^address must be a loopback address"):
        MockServer(address=address)


def test_a_remote_address_may_be_asked_for() -> None:
    # A documentation address, which no machine has: the system refuses it.
    with pytest.raises(OSError, match="assign"):
        MockServer(address="192.0.2.1", allow_remote=True)


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1"])
def test_loopback_addresses_need_no_permission(address: str) -> None:
    with MockServer(EchoApi(), address) as server:
        assert exchange(server, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
