"""Values that the contract marks with ``format: password``, as the generated models list them."""

import re
import sys
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any, cast

from attrs import frozen

from .credentials import REDACTED


@frozen(eq=False, repr=False)
class Secrets:
    """The secrets of one call."""

    sent: tuple[str, ...] = ()
    """The values in the body of the request."""
    names: frozenset[str] = frozenset()
    """The properties of a response that hold secrets."""

    def hide(self, value: Any) -> Any:
        """Return the body of a successful response, parsed or as text, without secrets."""
        if isinstance(value, dict):
            found = cast("dict[str, Any]", value)
            return {
                name: REDACTED if name in self.names and each is not None else self.hide(each)
                for name, each in found.items()
            }
        if isinstance(value, list):
            return [self.hide(each) for each in cast("list[object]", value)]
        if isinstance(value, str) and self.names:
            # JSON that is truncated, or text with JSON in it: where a value ends is unknown.
            pattern = rf'(?s)("(?:{"|".join(sorted(self.names))})"\s*:).*'
            return re.sub(pattern, rf"\1 {REDACTED}", value)
        return value


def secrets_of(module: ModuleType, body: Any) -> Secrets:
    """Return the secrets of a call.

    Args:
        module: Any module of the generated package.
        body: The body of the request: a model, or any JSON, which has secrets under the same names.
    """
    nothing = _nothing_sent(module)
    if body is None:
        return nothing
    names = nothing.names
    is_json = isinstance(cast(object, body), dict | list | tuple)
    values = _values(names, body) if is_json else (getattr(body, name, None) for name in names)
    sent = [each for each in values if isinstance(each, str)]
    # A message may name an address without its scheme.
    return Secrets((*sent, *(each.partition("://")[2] for each in sent)), names)


def _values(names: frozenset[str], body: object) -> Iterator[object]:
    """Yield the values under some names, at any depth."""
    pending: list[tuple[object, Any]] = [("", body)]
    while pending:
        name, value = pending.pop()
        if isinstance(value, dict):
            pending += cast("dict[object, Any]", value).items()
        elif isinstance(value, list | tuple):
            pending += [(name, each) for each in cast("list[Any]", value)]
        elif name in names:
            yield value


@cache
def _nothing_sent(module: ModuleType) -> Secrets:
    """Return the secrets of a call without a body, of the models in a module's package."""
    models = sys.modules[f"{module.__name__.partition('.')[0]}.models"]
    secrets: dict[type, tuple[str, ...]] = getattr(models, "SECRETS", {})
    return Secrets(names=frozenset(name for names in secrets.values() for name in names))
