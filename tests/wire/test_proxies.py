"""Guarantee 4 behind proxies: CONNECT, CONNECT over TLS, and SOCKS."""

import select
import socket
import time
from contextlib import suppress
from typing import Any

import pytest
import trustme
from support.runtimes import Runtime
from support.servers import Connection, RawServer, Script, always, response, tls_pair

from signalwire_rest import (
    RequestOptions,
    SignalWireRestTimeoutError,
    SignalWireRestTransportError,
)

NAME = "127.0.0.2"
SERVER_TLS, CLIENT_TLS = tls_pair(trustme.CA(), NAME)
TIMEOUT = 0.6
OPTIONS = RequestOptions(timeout=TIMEOUT, retries=0)
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
# The head of a handshake record that is never complete.
RECORD = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc" + b"\x03" * 1000


def relay(connection: Connection, host: str, port: int) -> None:
    # In one thread: OpenSSL does not allow two to use one connection at the same time.
    client = connection.socket
    with socket.create_connection((host, port)) as upstream, suppress(OSError):
        while True:
            ready = select.select([client, upstream], [], [])[0]
            for source, target in ((client, upstream), (upstream, client)):
                if source in ready:
                    data = source.recv(65536)
                    if not data:
                        return
                    target.sendall(data)


def connect_proxy(connection: Connection) -> None:
    host, _, port = connection.read_request().split()[1].decode().rpartition(":")
    connection.send(ESTABLISHED)
    relay(connection, host, int(port))


def socks_proxy(connection: Connection) -> None:
    connection.server.requests.append(connection.socket.recv(64))
    if connection.server.requests[-1][2:] == b"\x02":  # a user name and a password
        connection.send(b"\x05\x02")
        connection.server.requests.append(connection.socket.recv(64))
        connection.send(b"\x01\x00")
    else:
        connection.send(b"\x05\x00")
    target = connection.socket.recv(300)
    connection.send(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
    host = socket.inet_ntoa(target[4:8]) if target[3] == 1 else target[5:-2].decode()
    relay(connection, host, int.from_bytes(target[-2:], "big"))


PROXIES: dict[str, Script] = {"http": connect_proxy, "https": connect_proxy, "socks5": socks_proxy}


def address(scheme: str) -> dict[str, Any]:
    return {"address": NAME, **({"tls": SERVER_TLS} if scheme == "https" else {})}


@pytest.mark.parametrize("credentials", ["", "user:pw@"])
@pytest.mark.parametrize("scheme", PROXIES)
def test_calls_go_through_a_proxy(
    runtime: Runtime, scheme: str, credentials: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        RawServer(always(response()), tls=SERVER_TLS, address=NAME) as server,
        RawServer(PROXIES[scheme], **address(scheme)) as proxy,
    ):
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://{credentials}{proxy.host}")
        with runtime.client(server.host, ssl_context=CLIENT_TLS) as client:
            for _ in range(3):
                assert client.get().name == "my_conference"
    assert proxy.accepted == server.accepted == 1
    assert len(server.requests) == 3
    expected = {"socks5": b"\x04user\x02pw"}.get(scheme, b"Proxy-Authorization: Basic dXNlcjpwdw==")
    assert (expected in b"".join(proxy.requests)) == bool(credentials)


def silent_after(*steps: bytes) -> Script:
    def script(connection: Connection) -> None:
        for data in steps:
            connection.socket.recv(65536)
            connection.send(data)
        connection.socket.recv(65536)
        connection.hold()

    return script


def dripping(*steps: bytes) -> Script:
    def script(connection: Connection) -> None:
        for data in steps[:-1]:
            connection.socket.recv(65536)
            connection.send(data)
        connection.socket.recv(65536)
        connection.drip(steps[-1], every=0.1)
        connection.hold()

    return script


SLOW: dict[str, tuple[str, Script]] = {
    "a silent SOCKS proxy": ("socks5", silent_after()),
    "a SOCKS proxy that greets": ("socks5", silent_after(b"\x05\x00")),
    "a silent CONNECT proxy": ("http", silent_after()),
    "a CONNECT proxy that drips": ("http", dripping(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 99)),
    "a CONNECT proxy whose tunnel drips": ("http", dripping(ESTABLISHED, RECORD)),
    "a TLS proxy that drips its handshake": ("plain", dripping(RECORD)),
    "a TLS proxy that drips": ("https", dripping(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 99)),
    "a TLS proxy whose tunnel drips": ("https", dripping(ESTABLISHED, RECORD)),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_call_ends_in_time_behind(
    runtime: Runtime, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme, script = SLOW[name]
    with RawServer(script, **address(scheme)) as proxy:
        scheme = scheme.replace("plain", "https")
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://{proxy.host}")
        with runtime.client("example.signalwire.com", ssl_context=CLIENT_TLS) as client:
            began = time.monotonic()
            with pytest.raises(SignalWireRestTimeoutError) as caught:
                client.get(request_options=OPTIONS)
            assert TIMEOUT - 0.1 <= time.monotonic() - began <= TIMEOUT + 1.5
    assert caught.value.may_have_been_processed is False
    assert proxy.accepted == 1


@pytest.mark.parametrize(
    ("scheme", "script", "message"),
    [
        ("socks5", silent_after(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "ProxyError"),
        ("socks5", silent_after(b"\x05\xff"), "ProxyError"),
        ("socks5", silent_after(b"\x05\x00", b"\x05\x05\x00\x01\0\0\0\0\0\0"), "ProxyError"),
        ("socks5", silent_after(b"\x05\x00", b"\x05\x00\x00\x09\0"), "ProxyError"),
        # httpcore reads each of its messages at once.
        ("socks5", dripping(b"\x05\x00", b"\x05\x00\x00\x01\0\0\0\0\0\0"), "ProxyError"),
        ("socks5://user:" + "x" * 256, silent_after(b"\x05\x02"), "ProxyError: the password"),
        ("http", always(response(407, b"")), "ProxyError: 407 Proxy Authentication Required"),
        ("http", always(ESTABLISHED + b"x"), "ProxyError"),
        ("http", always(b"SSH-2.0-OpenSSH\r\n"), "RemoteProtocolError"),
    ],
)
def test_a_proxy_that_refuses_is_named(
    runtime: Runtime, scheme: str, script: Script, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawServer(script, address=NAME) as proxy:
        separator = "@" if "://" in scheme else "://"
        monkeypatch.setenv("ALL_PROXY", f"{scheme}{separator}{proxy.host}")
        with pytest.raises(SignalWireRestTransportError, match=message) as caught:
            runtime.get(
                "example.signalwire.com",
                client={"ssl_context": CLIENT_TLS},
                request_options=RequestOptions(timeout=3.0, retries=0),
            )
    assert caught.value.may_have_been_processed is False
