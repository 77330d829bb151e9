"""The sync shell around a call: it sends, reads, waits, and decides nothing."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

import httpx

from signalwire.rest._call import FAILURES, PARSER_ERRORS, Call
from signalwire.rest._configuration import Configuration
from signalwire.rest._options import ABORT_POLL, AbortSignal, Policy, RequestOptions
from signalwire.rest._transport import Transport

M = TypeVar("M")


class Caller:
    """Makes the calls of one client, over a transport of its own or the user's client."""

    def __init__(self, configuration: Configuration, http_client: httpx.Client | None) -> None:
        self.configuration = configuration
        self.http_client = http_client
        self._transport = None if http_client else Transport(configuration)
        self.closed = False

    def call(
        self,
        operation: Callable[..., Any],
        model: type[M],
        request_options: RequestOptions | None,
        /,
        **arguments: Any,
    ) -> M:
        """Return what a generated operation answers, checked to be a ``model``.

        Raises:
            SignalWireRestError: The call has failed.
        """
        call = _SyncCall(self, self.configuration.policy.under(request_options))
        parsed = None
        try:
            parsed = operation(client=call, **arguments).parsed
        except PARSER_ERRORS:
            if not call.answered:
                raise
        return call.checked(model, parsed)

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request; return the answer with its body still to come."""
        if self._transport is not None:
            return self._transport.handle_request(request)
        assert self.http_client is not None
        return self.http_client.send(request, stream=True, auth=None, follow_redirects=False)

    def close(self) -> None:
        """Close the connections. A client of the user's own stays open."""
        self.closed = True
        if self._transport is not None:
            self._transport.close()


class _SyncCall(Call):
    def __init__(self, caller: Caller, policy: Policy) -> None:
        super().__init__(caller.configuration, policy)
        self._caller = caller

    def get_httpx_client(self) -> "_SyncCall":
        return self

    def request(self, **wanted: Any) -> Any:
        self.prepare(**wanted)
        while True:
            self._attempt()
            wait = self.after()
            if wait is None:
                return self.received
            _pause(wait, self.policy.abort_signal)

    def _attempt(self) -> None:
        request = self.begin(self._caller.closed, self._caller.http_client)
        try:
            response = self._caller.send(request)
            try:
                if self.received.begin(response):
                    for chunk in cast(Iterable[bytes], response.stream):
                        if not self.received.feed(chunk):
                            response.close()
                        # Our own transport has said so before. A client of the user's own knows
                        # the time between two reads alone.
                        if self.left <= 0:
                            raise httpx.ReadTimeout("the timeout of the call has passed")
                    self.received.end()
            finally:
                response.close()
        except FAILURES as failure:
            self.fail(failure)


def _pause(seconds: float, signal: AbortSignal | None) -> None:
    if signal is None:
        time.sleep(seconds)
    elif isinstance(signal, threading.Event):
        signal.wait(seconds)
    else:
        end = time.monotonic() + seconds
        while not signal.is_set() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, ABORT_POLL))
