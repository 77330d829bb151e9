"""Guarantee 4, size: no response takes more memory than its limit allows."""

import gzip
import json
import subprocess
import sys
import zlib
from typing import Any

import httpx
import pytest
from support.runtimes import ID, Runtime
from support.servers import Connection, RawServer, Script, always, example, response

from signalwire_rest import (
    RequestOptions,
    SignalWireRestContractError,
    SignalWireRestNotFoundError,
)

SMALL = RequestOptions(max_response_bytes=10_000, retries=2)
PAGE = json.dumps(example()).encode()
CHUNKED = b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"


def padded(length: int) -> bytes:
    return PAGE + b" " * (length - len(PAGE))


@pytest.mark.parametrize("own", [False, True], ids=["our transport", "the user's client"])
def test_max_response_bytes_is_exact(runtime: Runtime, own: bool) -> None:
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    turn = {"length": 0}

    def script(connection: Connection) -> None:
        while connection.read_request():
            connection.send(response(200, padded(turn["length"])))

    arguments = {"http_client": kind()} if own else {}
    with RawServer(script) as server, runtime.client(server.host, **arguments) as client:
        turn["length"] = 10_000
        assert client.get(request_options=SMALL).name == "my_conference"
        turn["length"] = 10_001
        with pytest.raises(SignalWireRestContractError, match="max_response_bytes") as caught:
            client.get(request_options=SMALL)

    assert caught.value.status_code == 200
    assert caught.value.attempts == 1, "an oversized response stays oversized"


def chunk_of(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


def endless(piece: bytes, head: bytes = b"", first: bytes = b"x") -> Script:
    chunk = chunk_of(piece)

    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(b"HTTP/1.1 200 OK\r\n" + CHUNKED + head + b"\r\n" + chunk_of(first))
        while not connection.server.stopping.is_set():
            connection.send(chunk)

    return script


@pytest.mark.parametrize("piece", [b"x", b" " * 65536], ids=["a byte", "64 KiB"])
def test_an_endless_body_is_rejected_once_it_is_too_long(runtime: Runtime, piece: bytes) -> None:
    with RawServer(endless(piece)) as server:
        with pytest.raises(SignalWireRestContractError, match="max_response_bytes"):
            runtime.get(server.host, request_options=SMALL)


def test_an_oversized_error_body_keeps_the_error_of_its_status(runtime: Runtime) -> None:
    with RawServer(always(response(404, b"x" * 50_000))) as server:
        with pytest.raises(SignalWireRestNotFoundError):
            runtime.get(server.host, request_options=SMALL)


def deflated(data: bytes, window: int) -> bytes:
    coder = zlib.compressobj(wbits=window)
    return coder.compress(data) + coder.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", deflated(PAGE, 15)),
        ("identity", PAGE),
        ("", PAGE),
    ],
)
def test_an_unrequested_content_encoding_is_decoded(
    runtime: Runtime, coding: str, body: bytes
) -> None:
    with RawServer(always(response(200, body, {"Content-Encoding": coding}))) as server:
        assert runtime.get(server.host).name == "my_conference"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", PAGE),
        ("gzip", gzip.compress(PAGE)[:-9]),
        ("br", PAGE),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
        ("gzip", b""),
    ],
)
def test_an_invalid_content_encoding_is_a_contract_error(
    runtime: Runtime, coding: str, body: bytes
) -> None:
    with RawServer(always(response(200, body, {"Content-Encoding": coding}))) as server:
        with pytest.raises(SignalWireRestContractError) as caught:
            runtime.get(server.host, request_options=SMALL)
    assert caught.value.attempts == 1


def bomb() -> bytes:
    """600 MB of spaces, less than 600 KiB on the wire."""
    coder = zlib.compressobj(wbits=31)
    head = coder.compress(b" ") + coder.flush(zlib.Z_FULL_FLUSH)
    # After a full flush a block stands for itself, and can be repeated.
    block = coder.compress(b" " * 1_000_000) + coder.flush(zlib.Z_FULL_FLUSH)
    return head + block * 600


PEAK = """
import resource, sys
sys.path.insert(0, sys.argv[3])
from signalwire_rest import SignalWireRestContractError
from support.runtimes import Runtime
runtime = Runtime(sys.argv[1])
small = sys.argv[2].split(",")[0]
def get(host):
    try:
        runtime.get(host)
    except SignalWireRestContractError as error:
        assert "max_response_bytes" in str(error) or "continues after" in str(error), error
get(small)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
get(sys.argv[2].split(",")[1])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("what", ["an endless body", "a bomb of 600 MB", "what follows a gzip"])
def test_memory_grows_by_less_than_32_mib_for(runtime: Runtime, what: str) -> None:
    coded = response(200, bomb(), {"Content-Encoding": "gzip"}) if "bomb" in what else b""
    script = always(coded) if coded else endless(b" " * 65536)
    if "follows" in what:
        ended = gzip.compress(PAGE)
        script = endless(b" " * 65536, b"Content-Encoding: gzip\r\n", ended)
    with RawServer(always(response())) as small, RawServer(script) as large:
        hosts = f"{small.host},{large.host}"
        tests = __file__.partition("/wire/")[0]
        command = [sys.executable, "-c", PEAK, runtime.name, hosts, tests]
        found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert int(found.stdout) < 32


def test_responses_are_requested_without_content_encoding(runtime: Runtime) -> None:
    with RawServer(always(response())) as server:
        runtime.get(server.host, ID)
    assert b"accept-encoding: identity\r\n" in server.requests[0].lower()
