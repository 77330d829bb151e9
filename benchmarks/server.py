"""The server that the clients are measured against, in a process of its own.

It sends raw bytes that were put together before the first request came, over keep-alive
connections on a loopback port of the system's choice, so that it is not what is measured. Run as
``python -m benchmarks.server [seconds of delay]``: it prints its port, and ends when its standard
input does.
"""

import asyncio
import json
import sys
from typing import cast

from signalwire_rest_mock import Contract

CONNECTIONS_PATH = "/connections"
"""Returns how many connections have asked for a conference: now, and at most so far."""

_END_OF_HEAD = b"\r\n\r\n"
_BACKLOG = 1024
_LONGEST_LIFE = 1800.0
"""Seconds after which a server ends that nobody has ended."""


def response(body: bytes) -> bytes:
    """Return a complete response with status 200 and a JSON ``body``."""
    head = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return b"HTTP/1.1 200 OK\r\n" + head.encode() + body


class Connections:
    """How many connections have asked for a conference."""

    def __init__(self) -> None:
        self.open = 0
        self.most = 0

    def add(self) -> None:
        self.open += 1
        self.most = max(self.most, self.open)

    def report(self) -> bytes:
        """Return a response with both numbers, and reset the maximum."""
        body = json.dumps({"open": self.open, "most": self.most}).encode()
        self.most = self.open
        return response(body)


class Responder(asyncio.Protocol):
    """Responds to each request head of a connection, after ``delay`` seconds."""

    def __init__(self, conference: bytes, delay: float, connections: Connections) -> None:
        self._conference = conference
        self._delay = delay
        self._connections = connections
        self._loop = asyncio.get_running_loop()
        self._data = b""
        self._counted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._counted:
            self._connections.open -= 1

    def data_received(self, data: bytes) -> None:
        *heads, self._data = (self._data + data).split(_END_OF_HEAD)
        for head in heads:
            if head.startswith(f"GET {CONNECTIONS_PATH} ".encode()):
                self._transport.write(self._connections.report())
                continue
            if not self._counted:
                self._counted = True
                self._connections.add()
            if self._delay:
                self._loop.call_later(self._delay, self._transport.write, self._conference)
            else:
                self._transport.write(self._conference)


async def serve(delay: float) -> None:
    """Serve until standard input ends."""
    conference = response(json.dumps(Contract.load().example("documented").value).encode())
    connections = Connections()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Responder(conference, delay, connections), "127.0.0.1", 0, backlog=_BACKLOG
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    loop.add_reader(sys.stdin, ended.set)
    try:
        await asyncio.wait_for(ended.wait(), _LONGEST_LIFE)
    except TimeoutError:
        pass
    finally:
        server.close()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0))
