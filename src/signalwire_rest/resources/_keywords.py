"""Signatures of methods whose keywords a ``TypedDict`` lists."""

import inspect
import typing
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def expand_keywords(method: F) -> F:
    """Show the keywords of ``**fields: Unpack[…]`` one by one in the signature of a method.

    Type checkers expand them by themselves; ``help``, ``inspect`` and ``create_autospec`` do not.
    """
    signature = inspect.signature(method)
    *parameters, fields = signature.parameters.values()
    (keywords,) = typing.get_args(fields.annotation)
    expanded = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if name in keywords.__required_keys__ else None,
            annotation=hint,
        )
        for name, hint in typing.get_type_hints(keywords).items()
    ]
    positional = [each for each in parameters if each.kind is not each.KEYWORD_ONLY]
    others = parameters[len(positional) :]
    made: Any = method
    made.__signature__ = signature.replace(parameters=[*positional, *expanded, *others])
    return method
