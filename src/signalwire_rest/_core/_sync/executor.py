# Derived from _async/executor.py by `make generate`. Do not edit.
"""Make the calls of one client: send, read, wait; every decision is made by :class:`Call`."""

from collections.abc import Callable
from inspect import currentframe
from typing import Any, NoReturn

from attrs import frozen

from signalwire_rest._http._sync.sender import Sender
from signalwire_rest._options import ABORT_POLL_INTERVAL, AbortSignal, RequestOptions

from ..call import Call, Convert
from ..configuration import Configuration
from ..raw_response import RawResponse
from ..redaction import cut_traceback
from ..request import RequestDescription


@frozen(eq=False, repr=False)
class Executor:
    """Makes the calls of one client. Its clock and its sleep count in seconds."""

    configuration: Configuration
    sender: Sender
    clock: Callable[[], float]
    sleep: Callable[[float], Any]

    def send(
        self,
        description: RequestDescription,
        request_options: RequestOptions | None,
        *,
        query: str | None = None,
        missing_ok: bool = False,
        convert: Convert | None = None,
    ) -> RawResponse[Any]:
        """Return the successful response to a request, not yet decoded.

        For the arguments, see :class:`Call` and :meth:`Call.raw_response`.

        Raises:
            SignalWireRestError: The call has failed.
            ValueError: An argument is malformed. Nothing was sent.
            TypeError: An argument has the wrong type. Nothing was sent.
        """
        try:
            options = self.configuration.options.merge(request_options)
            call = Call(self.configuration, options, description, query, self.clock, missing_ok)
            while True:
                response = call.start_attempt(self.sender.closed)
                self.sender.send(call.request, response)
                wait = call.finish_attempt()
                if wait is None:
                    return call.raw_response(convert)
                self.wait(wait, options.abort_signal)
        except BaseException as error:
            cut_traceback(error, currentframe())
            raise

    def wait(self, seconds: float, signal: AbortSignal | None) -> None:
        """Wait for seconds, or until the signal is set."""
        end = self.clock() + seconds
        while (left := end - self.clock()) > 0 and not (signal is not None and signal.is_set()):
            self.sleep(left if signal is None else min(left, ABORT_POLL_INTERVAL))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client cannot be pickled or copied: it holds a token and connections")
