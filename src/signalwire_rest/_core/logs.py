"""One log record per attempt, with fields for programs and a short text for people."""

import logging
from typing import TypedDict

from signalwire_rest._errors import one_line, status

_logger = logging.getLogger("signalwire.rest")
_LINE_MAX = 1000
"""Characters of a message."""


class Fields(TypedDict):
    """The fields of a record: no id, query value, body or secret."""

    method: str
    path_template: str | None
    operation: str | None
    status_code: int | None
    attempt: int
    attempts_left: int
    duration_ms: float
    request_id: str | None
    error_type: str | None
    retry_in: float | None


def is_logged(level: int) -> bool:
    """Return whether anybody wants records of a level."""
    return _logger.isEnabledFor(level)


def log_attempt(level: int, fields: Fields, url: str, failure: Exception | None) -> None:
    """Log an attempt.

    Args:
        level: The level of the record. Only at debug level, the message has the URL and what the
            failure says.
        fields: The fields of the record.
        url: The URL, redacted.
        failure: Why there is no complete response, if there is none; redacted.
    """
    target, problem = fields["path_template"] or "request", fields["error_type"]
    if level <= logging.DEBUG:
        target, problem = url, str(failure)
    message = f"{fields['method']} {target}: {status(fields['status_code'])}"
    message += f" ({problem})" if failure else ""
    if fields["retry_in"] is not None:
        message += f", retrying in {fields['retry_in']:.2f} s"
    message = one_line(message, _LINE_MAX)
    file, line, function, _ = _logger.findCaller()
    record = _logger.makeRecord(_logger.name, level, file, line, message, (), None, function)
    # Not as `extra`, which is an error if the program's record factory sets the same attribute.
    record.__dict__.update(fields)
    _logger.handle(record)
