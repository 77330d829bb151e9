"""Where a program or an error tracker could find a secret."""

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from signalwire_rest import SignalWireRestError


@contextmanager
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Log at DEBUG, from this client and from the libraries that it uses."""
    loggers = [logging.getLogger(name) for name in ("", "httpx", "httpcore", "signalwire")]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
    yield
    for each, level in zip(loggers, levels, strict=True):
        each.setLevel(level)


def traces(error: BaseException, caplog: pytest.LogCaptureFixture) -> Iterator[str]:
    """Yield every text that shows an error, its causes, its frames and what was logged."""
    pending: list[BaseException | None] = [error]
    while pending:
        each = pending.pop()
        if each is None:
            continue
        yield f"{each!r} {each} {vars(each)} {each.args}"
        pending += [each.__cause__, each.__context__]
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if "/tests/" not in frame.f_code.co_filename:
                for name, value in frame.f_locals.items():
                    yield f"local {name} of {frame.f_code.co_qualname}: {value!r}"
    yield "".join(traceback.format_exception(error))
    if isinstance(error, SignalWireRestError):
        yield pickle.dumps(error).decode("latin-1")
        yield f"{vars(copy.deepcopy(error))} {error.headers.items()} {json.dumps(error.body)}"
    for record in caplog.records:
        yield f"{record.getMessage()} {record.args} {record.exc_text}"
