"""What every resource needs: attributes that hold resources, and what is done to its methods.

A resource attribute is made when it is first used. On its class it is the resource's class, which
is where ``create_autospec(RestClient).video`` and ``Mock(spec=RestClient).video`` look.
"""

import inspect
from collections.abc import Callable, Coroutine
from operator import attrgetter
from types import FunctionType
from typing import Any, Concatenate, ParamSpec, TypeVar, cast, get_args, get_type_hints

from signalwire_rest._core.raw_response import RawResponse

F = TypeVar("F", bound=Callable[..., Any])
P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def resource(get_class: Callable[[], type[R]]) -> R:
    """Return an attribute that holds a resource, whose class may be defined later."""
    return cast(R, _ResourceAttribute(get_class))


def raw(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], RawResponse[T]]:
    """Return a copy of a resource method that returns the raw response."""
    return _returning_raw_response(method)


def async_raw(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, RawResponse[T]]]:
    """Return a copy of an async resource method that returns the raw response."""
    return _returning_raw_response(method)


def expand_keywords(method: F) -> F:
    """Show the keywords of ``**fields: Unpack[…]`` one by one in the signature of a method.

    Type checkers expand them by themselves; ``help``, ``inspect`` and ``create_autospec`` do not.
    """
    signature = inspect.signature(method)
    *parameters, fields = signature.parameters.values()
    (keywords,) = get_args(fields.annotation)
    expanded = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if name in keywords.__required_keys__ else None,
            annotation=hint,
        )
        for name, hint in get_type_hints(keywords).items()
    ]
    ordered = sorted([*expanded, *parameters], key=attrgetter("kind"))
    made: Any = method
    made.__signature__ = signature.replace(parameters=ordered)
    return method


class _ResourceAttribute:
    def __init__(self, get_class: Callable[[], Callable[[Any], Any]]) -> None:
        self._get_class = get_class

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        resource_class = self._get_class()
        if instance is None:
            return resource_class
        made = instance.__dict__[self._name] = resource_class(instance._executor)
        return made


def _returning_raw_response(method: Any) -> Callable[..., Any]:
    # The copy shares the code; only `self._send` differs, and returns a raw response.
    code, hints = method.__code__, method.__annotations__
    made = FunctionType(code, method.__globals__, method.__name__, method.__defaults__)
    made.__dict__.update(method.__dict__)
    made.__kwdefaults__, made.__doc__ = method.__kwdefaults__, method.__doc__
    result = cast(Any, RawResponse)[hints["return"]]
    made.__annotations__ = {**hints, "return": result}
    if expanded := getattr(method, "__signature__", None):
        made.__signature__ = expanded.replace(return_annotation=result)  # type: ignore[attr-defined]
    return made
