"""One log record per attempt, with fields for programs and a short text for people."""

import logging
from typing import Any

from signalwire_rest._errors import one_line, status

logger = logging.getLogger("signalwire.rest")
_LINE_MAX = 1000
"""Characters of a message."""


def log_attempt(level: int, url: str, failure: Exception | None, fields: dict[str, Any]) -> None:
    """Log an attempt. Only at debug level, the message has the URL and what the failure says."""
    target, problem = fields["path_template"] or "request", fields["error_type"]
    if level <= logging.DEBUG:
        target, problem = url, str(failure)
    message = f"{fields['method']} {target}: {status(fields['status_code'])}"
    message += f" ({problem})" if failure else ""
    if fields["retry_in"] is not None:
        message += f", retrying in {fields['retry_in']:.2f} s"
    message = one_line(message, _LINE_MAX)
    file, line, function, _ = logger.findCaller()
    record = logger.makeRecord(logger.name, level, file, line, message, (), None, function)
    # Not as `extra`, which is an error if the program's record factory sets the same attribute.
    record.__dict__.update(fields)
    logger.handle(record)
