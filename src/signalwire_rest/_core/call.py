"""One call: its request, its attempts, and the decision after each. Does no I/O."""

import logging
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from types import ModuleType
from typing import Any, TypeAlias, TypeVar

import httpx

from signalwire_rest import _errors
from signalwire_rest._decoding.normalisation import ValidationError
from signalwire_rest._http.buffered_response import BufferedResponse, ResponseBodyError
from signalwire_rest._http.sending import may_have_been_sent
from signalwire_rest._http.timeouts import attempt_timeouts
from signalwire_rest._options import ResolvedOptions

from .configuration import Configuration
from .operation import decode_response
from .raw_response import RawResponse
from .redaction import redacted_body, redacted_headers
from .retries import may_have_been_processed, parse_retry_after, wait_before_retry
from .secrets import Secrets

T = TypeVar("T")
Convert: TypeAlias = Callable[["Call", Any], Any]

_logger = logging.getLogger("signalwire.rest")


class Call:
    """The state of one call.

    Args:
        configuration: The client's configuration.
        options: The options of this call.
        request: The request, sent by every attempt.
        clock: Returns seconds, like :func:`time.monotonic`.
        secrets: The secrets of its bodies.
        missing_ok: Whether 404 is a success.
    """

    def __init__(
        self,
        configuration: Configuration,
        options: ResolvedOptions,
        request: httpx.Request,
        clock: Callable[[], float],
        secrets: Secrets,
        missing_ok: bool,
    ) -> None:
        self.request = request
        self._credentials = configuration.credentials.including(secrets.sent)
        self._secrets = secrets
        self._missing_ok = missing_ok
        self._options = options
        self._clock = clock
        self._deadline = clock() + options.timeout
        self._attempts = 0
        self._may_have_been_processed = False
        self._response = BufferedResponse(0)

    def start_attempt(self, closed: str | None) -> BufferedResponse:
        """Return the buffer for the response of the next attempt.

        Args:
            closed: The name of the closed client; ``None`` if none is closed.

        Raises:
            SignalWireRestClosedError: The client or its ``http_client`` is closed.
            SignalWireRestAbortedError: The abort signal is set.
        """
        options, failure = self._options, self._response.failure
        if closed:
            message = f"{closed} is closed"
            raise self._transport_error(_errors.SignalWireRestClosedError, message) from failure
        if options.abort_signal is not None and options.abort_signal.is_set():
            message = "abort_signal is set"
            raise self._transport_error(_errors.SignalWireRestAbortedError, message) from failure
        self._attempts += 1
        deadline = time.monotonic() + max(self._time_left(), 0.001)
        timeouts = attempt_timeouts(options.connect_timeout, options.read_timeout, deadline)
        self.request.extensions = {"timeout": timeouts}
        self._response = BufferedResponse(options.max_response_bytes, deadline)
        return self._response

    def finish_attempt(self) -> float | None:
        """Return the seconds to wait before the next attempt; ``None`` after a success.

        Raises:
            SignalWireRestError: The call has failed for good.
        """
        response, failure = self._response, self._response.failure
        status_code = response.status_code
        sent = status_code is not None or may_have_been_sent(self.request, failure)
        if failure is not None:
            self._credentials.scrub(failure)
            # An incomplete success is no response; an incomplete error still has its status.
            status_code = None if response.is_success else status_code
        # A 404 for a repeated DELETE most likely means that an earlier attempt succeeded.
        missing_ok = self._missing_ok or (
            self._may_have_been_processed and self.request.method == "DELETE"
        )
        self._may_have_been_processed |= may_have_been_processed(status_code, sent)
        if (failure is None and response.is_success) or (status_code == 404 and missing_ok):
            self._log(logging.DEBUG)
            return None
        retry_after = parse_retry_after(response.headers.get("retry-after"), datetime.now(UTC))
        wait = wait_before_retry(
            self._options,
            attempt=self._attempts,
            left=self._time_left(),
            status_code=status_code,
            method=self.request.method,
            may_have_been_sent=sent,
            may_succeed_later=_may_succeed_later(failure),
            retry_after=retry_after,
        )
        if wait is None:
            self._log(logging.DEBUG)
            raise self._error(status_code, retry_after) from failure
        self._log(logging.INFO, f", retrying in {wait:.2f} s")
        return wait

    def raw_response(
        self, operation: ModuleType, response_type: type[T], convert: Convert | None
    ) -> RawResponse[Any]:
        """Return the successful response of an operation.

        Args:
            operation: The generated operation.
            response_type: What the response decodes to.
            convert: Makes what :meth:`RawResponse.parse` returns from that, if it is not the same.
        """
        response = self._response
        assert response.status_code is not None
        return RawResponse(
            status_code=response.status_code,
            headers=response.headers,
            content=response.content,
            attempts=self._attempts,
            elapsed=self._options.timeout - self._time_left(),
            decode=partial(self._decode, operation, response_type, convert),
        )

    def _decode(
        self, operation: ModuleType, response_type: type[T], convert: Convert | None
    ) -> Any:
        response = self._response
        assert response.status_code is not None
        try:
            decoded: T = decode_response(
                operation, response_type, response.status_code, response.content
            )
            return convert(self, decoded) if convert else decoded
        except ValidationError as mismatch:
            error = self.contract_error(str(mismatch), mismatch.path)
        # Outside of the handler: the error has no context, whose frames would show the body.
        raise error

    def _time_left(self) -> float:
        return self._deadline - self._clock()

    def _error(
        self, status_code: int | None, retry_after: float | None
    ) -> _errors.SignalWireRestError:
        failure = self._response.failure
        if status_code is not None:
            error_class = _errors.error_class(status_code)
            return error_class(*self._redacted_response(), retry_after=retry_after, **self._facts())
        if isinstance(failure, ResponseBodyError):
            return self.contract_error(str(failure))
        if isinstance(failure, (httpx.TimeoutException, TimeoutError)):
            message = self._timeout_message(failure)
            return self._transport_error(_errors.SignalWireRestTimeoutError, message)
        # Some errors have a message only in their cause.
        message = next((f": {each}" for each in _chain(failure) if str(each)), "")
        message = self._credentials.redact(f"{type(failure).__name__}{message}")
        return self._transport_error(_errors.SignalWireRestTransportError, message)

    def _timeout_message(self, failure: Exception) -> str:
        options = self._options
        if isinstance(failure, httpx.PoolTimeout):
            return f"{failure}"
        if self._time_left() <= 0:
            return f"timed out after {options.timeout:g} s (timeout)"
        if isinstance(failure, httpx.ConnectTimeout):
            return f"no connection within {options.connect_timeout:g} s (connect_timeout)"
        return f"no data for {options.read_timeout:g} s (read_timeout)"

    def contract_error(self, problem: str, path: str = "") -> _errors.SignalWireRestContractError:
        """Return the error for a response that does not match the contract.

        Args:
            problem: What is wrong.
            path: The location in the JSON; empty for the response as a whole.
        """
        redact = self._credentials.redact
        return _errors.SignalWireRestContractError(
            *self._redacted_response(),
            reason=redact(problem),
            path=redact(path) or None,
            **self._facts(),
        )

    def _transport_error(
        self, cls: type[_errors.SignalWireRestTransportError], message: str
    ) -> _errors.SignalWireRestTransportError:
        return cls(message, str(self.request.url), self.request.method, **self._facts())

    def _facts(self) -> dict[str, Any]:
        processed = self._may_have_been_processed
        return {"attempts": self._attempts, "may_have_been_processed": processed}

    def _redacted_response(self) -> tuple[int | None, Any, str, str, httpx.Headers]:
        """Return what an error keeps of a response, without secrets."""
        response, credentials = self._response, self._credentials
        body = redacted_body(response.content, credentials)
        return (
            response.status_code,
            self._secrets.hide(body) if response.is_success else body,
            str(self.request.url),
            self.request.method,
            redacted_headers(response.headers, credentials),
        )

    def _log(self, level: int, ending: str = "") -> None:
        if not _logger.isEnabledFor(level):
            return
        response, request = self._response, self.request
        result = f"{response.status_code or 'no response'}"
        result += f" ({response.failure})" if response.failure else ""
        elapsed = self._options.timeout - self._time_left()
        message = (
            f"{request.method} {request.url}: attempt {self._attempts}: {result} "
            f"after {elapsed:.3f} s, request id {_errors.request_id(response.headers)}{ending}"
        )
        _logger.log(level, self._credentials.redact(message))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _may_succeed_later(failure: Exception | None) -> bool:
    """Return whether the same request may succeed later. A rejected certificate stays rejected."""
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in _chain(failure)):
        return False
    return isinstance(failure, (httpx.TransportError, TimeoutError)) and not isinstance(
        failure, (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
    )
