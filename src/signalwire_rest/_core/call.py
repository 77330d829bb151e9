"""One call: its request, its attempts, and the decision after each. Does no I/O."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeAlias

import httpx

from signalwire_rest import _errors
from signalwire_rest._decoding.reading import ValidationError
from signalwire_rest._http.buffered_response import (
    BufferedResponse,
    PoolClosedError,
    ResponseBodyError,
)
from signalwire_rest._http.interruptions import causes, raised_by_signal_handler
from signalwire_rest._http.sending import may_have_been_sent
from signalwire_rest._http.timeouts import attempt_extensions
from signalwire_rest._options import ResolvedOptions

from .configuration import Configuration
from .raw_response import RawResponse
from .redaction import redacted_body, redacted_cause, redacted_headers
from .request import RequestDescription
from .retries import (
    may_have_been_processed,
    may_succeed_later,
    parse_retry_after,
    wait_before_retry,
)

Convert: TypeAlias = Callable[["Call", Any], Any]

_logger = logging.getLogger("signalwire.rest")
_NO_RESPONSE = BufferedResponse(0)
"""Of a call that has made no attempt."""
_LINE_MAX = 1000
"""Characters of the description of a failure, and of the message of a log record."""
_EARLY = 0.01
"""Seconds by which a timer may end before its time."""
_PATH_MAX = 200
"""Characters of the location of a mismatch, whose names the server chooses."""


class Call:
    """The state of one call.

    Args:
        query: A query to send unchanged instead of the described one.
        clock: Returns seconds, like :func:`time.monotonic`.
        missing_ok: Whether 404 is a success.
    """

    def __init__(
        self,
        configuration: Configuration,
        options: ResolvedOptions,
        description: RequestDescription,
        query: str | None,
        clock: Callable[[], float],
        missing_ok: bool,
    ) -> None:
        self.request = description.build(configuration, options.headers, query)
        self._description = description
        self._secrets = description.secrets
        self._credentials = configuration.credentials.including(self._secrets.sent)
        self._missing_ok = missing_ok
        self._options = options
        self._clock = clock
        self._deadline = clock() + options.timeout
        self._attempts = 0
        self._attempt_started = 0.0
        self._may_have_been_processed = False
        self._response = _NO_RESPONSE

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
        left = max(self._time_left(), 0.001)
        self._attempt_started = self._clock()
        deadline = self._attempt_started + left
        self.request.extensions = attempt_extensions(
            options.connect_timeout, options.read_timeout, left, deadline
        )
        self._response = BufferedResponse(options.max_response_bytes, deadline, self._clock)
        return self._response

    def finish_attempt(self) -> float | None:
        """Return the seconds to wait before the next attempt; ``None`` after a success.

        Raises:
            SignalWireRestError: The call has failed for good.
            BaseException: A signal handler raised it.
        """
        response, failure = self._response, self._response.failure
        if interruption := raised_by_signal_handler(failure):
            raise interruption
        status_code = response.status_code
        sent = status_code is not None or may_have_been_sent(self.request, failure)
        later = may_succeed_later(failure, self._options)
        if failure is not None:
            failure = response.failure = redacted_cause(failure, self._credentials)
            # An incomplete success is no response; an incomplete error still has its status.
            status_code = None if response.is_success else status_code
        # A 404 for a repeated DELETE most likely means that an earlier attempt succeeded.
        missing_ok = self._missing_ok or (
            self._may_have_been_processed and self.request.method == "DELETE"
        )
        self._may_have_been_processed |= may_have_been_processed(status_code, sent)
        if (failure is None and response.is_success) or (status_code == 404 and missing_ok):
            self._log(status_code, None, None)
            return None
        retry_after = parse_retry_after(response.headers, datetime.now(UTC))
        wait = wait_before_retry(
            self._options,
            attempt=self._attempts,
            left=self._time_left(),
            status_code=status_code,
            method=self.request.method,
            may_have_been_sent=sent,
            may_succeed_later=later,
            retry_after=retry_after,
        )
        kind = type(failure) if status_code is None else _errors.error_class(status_code)
        self._log(status_code, kind.__name__, wait)
        if wait is None:
            raise self._error(status_code, retry_after) from failure
        return wait

    def raw_response(self, convert: Convert | None) -> RawResponse[Any]:
        """Return the successful response.

        Args:
            convert: Makes what :meth:`RawResponse.parse` returns from the decoded response, if it
                is not the same.
        """
        response = self._response
        assert response.status_code is not None
        return RawResponse(
            status_code=response.status_code,
            headers=response.headers,
            content=response.content,
            attempts=self._attempts,
            elapsed=self._options.timeout - self._time_left(),
            decode=partial(self._decode, response.status_code, convert),
        )

    def _decode(self, status_code: int, convert: Convert | None) -> Any:
        try:
            decoded = self._description.decode(status_code, self._response.content)
            return convert(self, decoded) if convert else decoded
        except ValidationError as mismatch:
            error = self.contract_error(str(mismatch), mismatch.path)
        # Outside of the handler: the error has no context, whose frames would show the body.
        raise error

    @property
    def _url(self) -> str:
        return self._credentials.redact(str(self.request.url))

    def _time_left(self) -> float:
        return self._deadline - self._clock()

    def _error(
        self, status_code: int | None, retry_after: float | None
    ) -> _errors.SignalWireRestError:
        failure = self._response.failure
        if status_code is not None:
            error_class = _errors.error_class(status_code)
            return error_class(*self._redacted_response(), retry_after=retry_after, **self._facts())
        if isinstance(failure, PoolClosedError):
            message = "this client is closed"
            return self._transport_error(_errors.SignalWireRestClosedError, message)
        if isinstance(failure, ResponseBodyError):
            return self.contract_error(str(failure))
        if isinstance(failure, (httpx.TimeoutException, TimeoutError)):
            message = self._timeout_message(failure)
            return self._transport_error(_errors.SignalWireRestTimeoutError, message)
        # Some errors have a message only in their cause.
        message = next((f": {each}" for each in causes(failure) if str(each)), "")
        message = _errors.one_line(f"{type(failure).__name__}{message}", _LINE_MAX)
        return self._transport_error(_errors.SignalWireRestTransportError, message)

    def _timeout_message(self, failure: Exception) -> str:
        options = self._options
        if isinstance(failure, httpx.PoolTimeout):
            return f"{failure}"
        if self._time_left() < _EARLY:
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
            reason=redact(problem, _LINE_MAX),
            path=_errors.one_line(redact(path, _LINE_MAX), _PATH_MAX) or None,
            **self._facts(),
        )

    def _transport_error(
        self, cls: type[_errors.SignalWireRestTransportError], message: str
    ) -> _errors.SignalWireRestTransportError:
        return cls(message, self._url, self.request.method, **self._facts())

    def _facts(self) -> "_errors.Attempts":
        processed = self._may_have_been_processed
        return {"attempts": self._attempts, "may_have_been_processed": processed}

    def _redacted_response(self) -> tuple[int | None, _errors.Json, str, str, httpx.Headers]:
        """Return what an error keeps of a response, without secrets."""
        response, credentials = self._response, self._credentials
        complete = response.failure is None
        body = redacted_body(response.content, credentials, complete=complete)
        return (
            response.status_code,
            self._secrets.hide(body) if response.is_success else body,
            self._url,
            self.request.method,
            redacted_headers(response.headers, credentials),
        )

    def _log(self, status_code: int | None, error_type: str | None, retry_in: float | None) -> None:
        """Log the attempt: a record with fields for programs and a short text for people.

        Only at debug level, the text has the URL and what the failure says.
        """
        level = logging.DEBUG if retry_in is None else logging.INFO
        if not _logger.isEnabledFor(level):
            return
        description, failure = self._description, self._response.failure
        if retry_in is not None:
            target, problem = description.path_template or "request", error_type
            ending = f", retrying in {retry_in:.2f} s"
        else:
            target, problem, ending = self._url, str(failure), ""
        ending = f" ({problem}){ending}" if failure else ending
        message = f"{self.request.method} {target}: {_errors.status(status_code)}{ending}"
        message = _errors.one_line(message, _LINE_MAX)
        headers = redacted_headers(self._response.headers, self._credentials)
        fields = {  # No id, query value, body or secret.
            "method": self.request.method,
            "path_template": description.path_template,
            "operation": description.operation,
            "status_code": status_code,
            "attempt": self._attempts,
            "attempts_left": self._options.retries + 1 - self._attempts,
            "duration_ms": round(1000 * (self._clock() - self._attempt_started), 3),
            "request_id": _errors.request_id(headers),
            "error_type": error_type,
            "retry_in": retry_in,
        }
        file, line, function, _ = _logger.findCaller()
        record = _logger.makeRecord(_logger.name, level, file, line, message, (), None, function)
        # Not as `extra`, which is an error if the program's record factory sets the same attribute.
        record.__dict__.update(fields)
        _logger.handle(record)
