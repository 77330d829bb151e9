"""Guarantee 9: a connection that holds a byte beyond its response is never used again."""

import threading
from typing import Any

import pytest
import trustme
from support.runtimes import Runtime
from support.servers import Connection, RawServer, example, response, tls_pair

from signalwire_rest import RequestOptions, SignalWireRestError

NAME = "127.0.0.2"
ONCE = RequestOptions(retries=0)
STRAY = response(200, {**example(), "name": "stray"})
BODY = response(200, {**example(), "name": "asked"}).partition(b"\r\n\r\n")[2]
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n%b\r\n0\r\n\r\n" % (
    len(BODY),
    BODY,
)
FIRST = {
    "200": response(200, BODY),
    "200 in chunks": CHUNKED,
    "204": b"HTTP/1.1 204 No Content\r\n\r\n",
    "304": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "404": response(404, {"error": "Not Found"}),
}
EXTRA = {
    "a response": STRAY,
    "a byte": b"x",
    "a line end": b"\r\n",
    "an interim": b"HTTP/1.1 100 Continue\r\n\r\n",
}


SERVER_TLS, CLIENT_TLS = tls_pair(trustme.CA(), NAME)


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("together", [True, False], ids=["one packet", "two packets"])
@pytest.mark.parametrize("extra", EXTRA)
@pytest.mark.parametrize("first", FIRST)
def test_bytes_beyond_a_response_close_the_connection(
    runtime: Runtime, first: str, extra: str, together: bool, encrypted: bool
) -> None:
    sent = threading.Event()

    def script(connection: Connection) -> None:
        while connection.read_request():
            if connection.number > 1:
                connection.send(response(200, BODY))
                continue
            if together:
                connection.send(FIRST[first] + EXTRA[extra])
            else:
                connection.send(FIRST[first])
                connection.send(EXTRA[extra])
            sent.set()

    arguments: dict[str, Any] = {"ssl_context": CLIENT_TLS} if encrypted else {}
    server_arguments: dict[str, Any] = {"tls": SERVER_TLS, "address": NAME} if encrypted else {}
    with RawServer(script, **server_arguments) as server:
        with runtime.client(server.host, request_options=ONCE, **arguments) as client:
            if first.startswith("200"):
                assert client.get().name == "asked"
            else:
                with pytest.raises(SignalWireRestError):
                    client.get()
            assert sent.wait(5)
            threading.Event().wait(0.02)  # for the loopback to carry it over
            assert client.get().name == "asked"
    assert server.accepted == 2
