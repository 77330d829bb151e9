"""Guarantee 8: TLS is verified, with a certificate authority made in the test."""

import datetime
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from support.runtimes import ID, Runtime
from support.servers import Connection, RawServer, always, response

from signalwire_rest import RequestOptions, SignalWireRestTransportError

NAME = "127.0.0.2"
AUTHORITY = trustme.CA()
FAST = RequestOptions(retry_backoff=0.0)


def serving(certificate: Any) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


GOOD = serving(AUTHORITY.issue_cert(NAME))


@pytest.fixture
def bundle(tmp_path: Path) -> str:
    file = tmp_path / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(str(file))
    return str(file)


@pytest.fixture(params=["SIGNALWIRE_REST_CA_FILE", "SSL_CERT_FILE", "ssl_context"])
def trust(
    request: pytest.FixtureRequest, bundle: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """Arguments of a client that trusts the authority, in each way that there is."""
    if request.param == "ssl_context":
        yield {"ssl_context": ssl.create_default_context(cafile=bundle)}
    else:
        monkeypatch.setenv(request.param, bundle)
        yield {}


def test_a_custom_authority_is_trusted(runtime: Runtime, trust: dict[str, Any]) -> None:
    with RawServer(always(response()), tls=GOOD, address=NAME) as server:
        with runtime.client(server.host, **trust) as client:
            for _ in range(3):
                assert client.get().name == "my_conference"
    assert server.accepted == 1


YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
REFUSED = {
    "a wrong host name": (AUTHORITY.issue_cert("other.example.com"), "mismatch|not valid for"),
    "an expired certificate": (AUTHORITY.issue_cert(NAME, not_after=YESTERDAY), "expired"),
    "an unknown authority": (trustme.CA().issue_cert(NAME), "self.signed|local issuer"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_invalid_certificate_is_explained_and_not_retried(
    runtime: Runtime, name: str, bundle: str
) -> None:
    certificate, why = REFUSED[name]
    with RawServer(always(response()), tls=serving(certificate), address=NAME) as server:
        with pytest.raises(SignalWireRestTransportError, match=why) as caught:
            runtime.get(
                server.host,
                client={"ssl_context": ssl.create_default_context(cafile=bundle)},
                request_options=FAST,
            )
    assert caught.value.attempts == 1 == server.accepted
    assert server.requests == []


def test_only_default_authorities_are_trusted_by_default(runtime: Runtime) -> None:
    with RawServer(always(response()), tls=GOOD, address=NAME) as server:
        with pytest.raises(SignalWireRestTransportError, match="CERTIFICATE_VERIFY_FAILED"):
            runtime.get(server.host, request_options=FAST)
    assert server.requests == []


def test_a_ca_file_without_certificates_is_a_transport_error(
    runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "empty.pem"
    file.write_text("no certificate")
    monkeypatch.setenv("SIGNALWIRE_REST_CA_FILE", str(file))
    with pytest.raises(SignalWireRestTransportError) as caught:
        runtime.get("127.0.0.2:9", request_options=FAST)
    assert caught.value.attempts == 1
    assert "SSLError" in str(caught.value)


def test_a_server_without_tls_never_gets_the_token(runtime: Runtime) -> None:
    seen: list[bytes] = []

    def script(connection: Connection) -> None:
        seen.append(connection.socket.recv(65536))
        connection.send(response())

    with RawServer(script, address=NAME) as server:
        with pytest.raises(SignalWireRestTransportError):
            runtime.get(server.host, request_options=RequestOptions(retries=0))
    assert b"Authorization" not in b"".join(seen)


def test_one_tls_context_is_made_when_first_needed(
    runtime: Runtime, bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNALWIRE_REST_CA_FILE", bundle)
    made = []
    real = ssl.create_default_context

    def counted(*args: Any, **kwargs: Any) -> ssl.SSLContext:
        made.append(kwargs)
        return real(*args, **kwargs)

    monkeypatch.setattr(ssl, "create_default_context", counted)
    # The server ends each connection, so that each call makes one.
    script = always(response(headers={"Connection": "close"}))
    with RawServer(script, tls=GOOD, address=NAME) as server:
        with runtime.client(server.host) as client:
            assert made == []
            for _ in range(3):
                client.get()
    assert server.accepted == 3
    assert len(made) == 1


class ConnectProxy:
    """A proxy that makes tunnels, and takes note of each."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.server = RawServer(self.script)

    def script(self, connection: Connection) -> None:
        import socket

        request = connection.read_request().decode()
        self.asked.append(request)
        host, _, port = request.split()[1].rpartition(":")
        with socket.create_connection((host, int(port))) as upstream:
            connection.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=self.pump, args=(upstream, connection.socket))
            back.start()
            self.pump(connection.socket, upstream)
            back.join()

    @staticmethod
    def pump(source: Any, target: Any) -> None:
        import socket

        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def test_a_call_goes_through_a_connect_proxy_with_tls_to_the_host(
    runtime: Runtime, bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = ConnectProxy()
    with RawServer(always(response()), tls=GOOD, address=NAME) as server, proxy.server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.server.host}")
        monkeypatch.setenv("SIGNALWIRE_REST_CA_FILE", bundle)
        with runtime.client(server.host) as client:
            for _ in range(3):
                assert client.get(ID).name == "my_conference"

    (asked,) = proxy.asked
    assert asked.startswith(f"CONNECT {server.host} HTTP/1.1\r\n")
    assert "authorization" not in asked.lower()
    assert len(server.requests) == 3
