"""Guarantee 9: whatever deviates from HTTP/1.1 is an error of ours, and ends its connection."""

import pytest
from support.malformed import REFUSED
from support.runtimes import Runtime
from support.servers import Connection, RawServer, response

from signalwire_rest import RequestOptions, SignalWireRestTransportError


@pytest.mark.parametrize("exchange", [1, 2])
def test_a_malformed_response_is_a_transport_error(runtime: Runtime, exchange: int) -> None:
    left = list(REFUSED.values())
    ended = []

    def script(connection: Connection) -> None:
        for _ in range(1, exchange):
            connection.read_request()
            connection.send(response())
        connection.read_request()
        connection.send(left.pop(0))
        ended.append(connection.read_request())

    with RawServer(script) as server:
        with runtime.client(server.host, request_options=RequestOptions(retries=0)) as client:
            for name in REFUSED:
                for _ in range(1, exchange):
                    client.get()
                with pytest.raises(SignalWireRestTransportError) as caught:
                    client.get()
                assert "timed out" not in str(caught.value), name
    assert server.accepted == len(REFUSED)
    assert ended == [b""] * len(REFUSED)
