"""The server that the peers are measured against, in a process of its own.

It responds with the documented conference under the requested id, from prepared bytes. It prints
its address and the certificate of its authority as JSON, and ends when its standard input does.
"""

import asyncio
import json
import ssl
import sys
from functools import partial
from typing import Any, cast

import trustme

from signalwire_rest_mock import Contract

# The headers that a Rails application behind a proxy sends: about as many as a real API's.
HEAD = """HTTP/1.1 200 OK
Date: Wed, 25 Nov 2026 12:00:00 GMT
Content-Type: application/json; charset=utf-8
Content-Length: {length}
Connection: keep-alive
Cache-Control: max-age=0, private, must-revalidate
ETag: W/"3c6b0f4c1f0a8b0d5f7f6f1f2f3a4b5c"
Referrer-Policy: strict-origin-when-cross-origin
Strict-Transport-Security: max-age=31536000; includeSubDomains
Vary: Accept, Origin
X-Content-Type-Options: nosniff
X-Frame-Options: SAMEORIGIN
X-Request-Id: 0b2f3c7e-6a3e-4a53-9d0c-5a3a8f2f6f10
X-Runtime: 0.012345
Server: nginx

"""


def prepared() -> list[bytes]:
    """Return a response, split where the requested id belongs."""
    conference = Contract.load().example("documented").value
    body = json.dumps(conference)
    head = HEAD.format(length=len(body)).replace("\n", "\r\n")
    return f"{head}{body}".encode().split(conference["id"].encode())


class Responder(asyncio.Protocol):
    """Responds to the requests of one connection, when ``hold`` requests of all are waiting."""

    def __init__(self, parts: list[bytes], delay: float, hold: int, waiting: list[Any]) -> None:
        self._parts, self._delay, self._hold, self._waiting = parts, delay, hold, waiting
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        *heads, self._data = (self._data + data).split(b"\r\n\r\n")
        for head in heads:
            if not head.startswith(b"GET ") or b"uthorization: Basic " not in head:
                self._transport.abort()  # it is not the call that all peers make
            conference_id = head.partition(b"/conferences/")[2][:36]
            self._waiting.append((self._transport, conference_id.join(self._parts)))
        if len(self._waiting) >= self._hold:
            for transport, response in self._waiting:
                asyncio.get_running_loop().call_later(self._delay, transport.write, response)
            self._waiting.clear()


async def serve(delay: float, hold: int, tls: bool) -> None:
    """Serve until standard input ends."""
    # This client speaks plain http to 127.0.0.1, and TLS to every other loopback address.
    address, context, authority = "127.0.0.1", None, trustme.CA()
    if tls:
        address, context = "127.0.0.2", ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(address).configure_cert(context)
    responder = partial(Responder, prepared(), delay, hold, [])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(responder, address, ssl=context, backlog=8192)
    host = "{}:{}".format(*server.sockets[0].getsockname())
    print(json.dumps([host, authority.cert_pem.bytes().decode()]), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "True"))
