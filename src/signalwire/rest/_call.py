"""One call: every decision that sync and async share. The shells around it do the I/O.

A generated operation asks the object that it is given for its httpx client and calls ``request``
on that. A :class:`Call` is that object, and whatever the call carries lies in it.
"""

import functools
import logging
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import httpx

from signalwire.rest import _errors
from signalwire.rest._body import Received, UnacceptableBodyError
from signalwire.rest._configuration import Configuration
from signalwire.rest._honest_types import DishonestError, honest, repaired
from signalwire.rest._json import read_json
from signalwire.rest._kept import kept_body, kept_headers
from signalwire.rest._options import Policy
from signalwire.rest._retries import seconds_of_retry_after, wait_before_next

M = TypeVar("M")

FAILURES = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, UnacceptableBodyError)
"""What an attempt can fail with. Anything else is a mistake of somebody's and goes through."""

PARSER_ERRORS = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What a generated parser raises on an answer that is not what the contract says."""

_SAFE_METHODS = ("GET", "HEAD")
"""Methods that are sent again: whether an earlier attempt arrived makes no difference."""

_logger = logging.getLogger("signalwire.rest")


@functools.lru_cache(256)
def _url(text: str, params: tuple[tuple[str, Any], ...]) -> httpx.URL:
    """Return a URL. Taking one apart costs as much as all of our own decisions."""
    return httpx.URL(text, params=dict(params)) if params else httpx.URL(text)


class Limit(float):
    """Seconds for one read, write or connection, which knows when the whole call is to end."""

    __slots__ = ("deadline",)

    def __new__(cls, seconds: float, deadline: float) -> "Limit":
        limit = super().__new__(cls, seconds)
        limit.deadline = deadline
        return limit

    deadline: float


class Call:
    """What a call is to send, what has come of it, and what that means."""

    raise_on_unexpected_status = False

    def __init__(self, configuration: Configuration, policy: Policy) -> None:
        self._configuration = configuration
        self._credentials = configuration.credentials
        self.policy = policy
        self.deadline = time.monotonic() + policy.timeout
        self.attempts = 0
        self.answered = False
        """Whether the answer is there, so that what fails from now on is its reading."""
        self.received = Received(policy.max_response_bytes)
        self.outgoing: httpx.Request

    @property
    def left(self) -> float:
        """Seconds left of the call's timeout."""
        return self.deadline - time.monotonic()

    def prepare(self, method: str, url: str, params: dict[str, Any], **content: Any) -> None:
        """Take what the generated operation wants sent; ``url`` is a path, quoted already."""
        self.outgoing = httpx.Request(
            method,
            _url(f"{self._configuration.origin}{url}", tuple(params.items())),
            headers=self._configuration.headers,
            **content,
        )

    def begin(
        self, closed: bool, http_client: httpx.Client | httpx.AsyncClient | None
    ) -> httpx.Request:
        """Return the request of the next attempt.

        Args:
            closed: Whether the client that calls is closed.
            http_client: The user's own client, if it is to send.

        Raises:
            SignalWireRestClosedError: One of the two is closed.
            SignalWireRestAbortedError: The abort signal is set.
        """
        policy, deadline = self.policy, self.deadline
        if closed or (http_client is not None and http_client.is_closed):
            which = "this client" if closed else "the http_client of this client"
            raise self._transport_error(
                _errors.SignalWireRestClosedError, f"{which} is closed"
            ) from self.received.failure
        if policy.abort_signal is not None and policy.abort_signal.is_set():
            raise self._transport_error(
                _errors.SignalWireRestAbortedError, "given up: abort_signal is set"
            ) from self.received.failure
        self.attempts += 1
        self.received = Received(policy.max_response_bytes)
        left = max(deadline - time.monotonic(), 0.001)
        silence = Limit(min(policy.read_timeout, left), deadline)
        self.outgoing.extensions["timeout"] = {
            "connect": Limit(min(policy.connect_timeout, left), deadline),
            "read": silence,
            "write": silence,
            "pool": left,
        }
        return self.outgoing

    def fail(self, failure: Exception) -> None:
        """Take note of what an attempt failed with."""
        self.received.fail(failure, self._credentials)

    def after(self) -> float | None:
        """Return the seconds to wait before the next attempt, None once the answer is there.

        Raises:
            SignalWireRestError: The call has failed for good.
        """
        received = self.received
        whole = received.status_code is not None
        if received.status_code == 200:
            problem = None if received.failure else self._read_json()
            if problem is not None:
                self._log(logging.DEBUG, "")
                raise self._answer_error(problem)
            if received.failure is None:
                self._log(logging.DEBUG, "")
                self.answered = True
                return None
            whole = False
        retry_after = seconds_of_retry_after(received.headers.get("retry-after"), datetime.now(UTC))
        wait = wait_before_next(
            self.policy,
            attempt=self.attempts,
            left=self.left,
            status_code=received.status_code if whole else None,
            repeatable=_may_go_away(received.failure),
            safe=self.outgoing.method in _SAFE_METHODS,
            retry_after=retry_after,
        )
        if wait is None:
            self._log(logging.DEBUG, "")
            raise self._error(whole, retry_after) from received.failure
        self._log(logging.INFO, f"; trying again in {wait:.2f} s")
        return wait

    def checked(self, model: type[M], parsed: Any) -> M:
        """Return what the generated parser made of the answer, once it is what it claims to be.

        Raises:
            SignalWireRestContractError: The answer is not what the contract says.
        """
        if type(parsed) is model and honest(parsed):
            return parsed
        path = None
        try:
            parsed = cast(Any, model).from_dict(repaired(model, self.received.raw))
            if honest(parsed):
                return cast(M, parsed)
            problem = "the answer is not what the contract says"
        except DishonestError as error:
            problem, path = str(error), error.path or None
        except KeyError as error:
            path = str(error.args[0])
            problem = f"{path}: the contract says that it is there, and it is missing"
        except PARSER_ERRORS as error:
            problem = f"the answer cannot be read: {type(error).__name__}"
        raise self._answer_error(problem, path)

    def _read_json(self) -> str | None:
        """Read the body as JSON; return what is wrong with it, None if nothing is."""
        try:
            self.received.raw = read_json(self.received.content.decode().removeprefix("\ufeff"))
        except (ValueError, RecursionError) as error:
            return f"the body is no JSON: {error}"
        return None

    def _error(self, whole: bool, retry_after: float | None) -> _errors.SignalWireRestError:
        received = self.received
        failure = received.failure
        if isinstance(failure, UnacceptableBodyError) and 200 <= (received.status_code or 0) < 300:
            return self._answer_error(str(failure))
        if whole and received.status_code is not None:
            if 200 <= received.status_code < 300:
                return self._answer_error("the contract has no such success")
            return _errors.class_of(received.status_code)(
                *self._answer(), attempts=self.attempts, retry_after=retry_after
            )
        # Some say why in their cause alone.
        why = next((str(each) for each in _chain(failure) if str(each)), "")
        words = self._credentials.redact(f"{type(failure).__name__}: {why}")
        if not isinstance(failure, (httpx.TimeoutException, TimeoutError)):
            return self._transport_error(_errors.SignalWireRestTransportError, words)
        if self.left <= 0:
            words = f"no whole answer within {self.policy.timeout:g} s (timeout)"
        return self._transport_error(_errors.SignalWireRestTimeoutError, words)

    def _answer_error(
        self, problem: str, path: str | None = None
    ) -> _errors.SignalWireRestContractError:
        redact = self._credentials.redact
        return _errors.SignalWireRestContractError(
            *self._answer(),
            reason=redact(problem),
            path=path and redact(path),
            attempts=self.attempts,
        )

    def _transport_error(
        self, cls: type[_errors.SignalWireRestTransportError], words: str
    ) -> _errors.SignalWireRestTransportError:
        return cls(words, str(self.outgoing.url), self.outgoing.method, attempts=self.attempts)

    def _answer(self) -> tuple[int | None, Any, str, str, httpx.Headers]:
        """Return what an error keeps of an answer, with nothing in it that is secret."""
        received, credentials = self.received, self._credentials
        return (
            received.status_code,
            kept_body(received.content, credentials),
            str(self.outgoing.url),
            self.outgoing.method,
            kept_headers(received.headers, credentials),
        )

    def _log(self, level: int, ending: str) -> None:
        if not _logger.isEnabledFor(level):
            return
        received, request = self.received, self.outgoing
        failure = f"{received.failure}" if received.failure else "no failure"
        _logger.log(
            level,
            self._credentials.redact(
                f"{request.method} {request.url}: attempt {self.attempts}: "
                f"{received.status_code or 'no answer'}, {failure}, "
                f"{self.policy.timeout - self.left:.3f} s since the call began, request id "
                f"{_errors.request_id(received.headers)}{ending}"
            ),
        )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _may_go_away(failure: Exception | None) -> bool:
    """Return whether the same request may fare better. A refused certificate stays refused."""
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in _chain(failure)):
        return False
    return isinstance(failure, httpx.TransportError) and not isinstance(
        failure, httpx.UnsupportedProtocol
    )
