"""Exceptions that signal handlers raise in the midst of a call."""

from collections.abc import Iterator
from typing import Any


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and its causes. The number is bounded, as a chain can be a circle."""
    for _ in range(50):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def raised_by_signal_handler(failure: BaseException | None) -> BaseException | None:
    """Return the exception among the causes of a failure that a signal handler raised, if any.

    A handler may raise what a socket raises too: many raise ``TimeoutError``. Python calls it with
    the frame that it interrupts, so that frame is an argument of the next one in the traceback.
    """
    for cause in causes(failure):
        step = cause.__traceback__
        while step is not None and step.tb_next is not None:
            values: list[Any] = list(step.tb_next.tb_frame.f_locals.values())
            for value in tuple(values):
                values += value if type(value) is tuple else ()  # of a handler with `*arguments`
            if any(each is step.tb_frame for each in values):
                return cause
            step = step.tb_next
    return None
