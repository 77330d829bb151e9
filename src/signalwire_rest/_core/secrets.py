"""Values that the contract marks with ``format: password``, as the generated models list them."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any, TypeAlias, cast

from attrs import frozen

from .credentials import REDACTED

Attributes: TypeAlias = dict[type[Any], tuple[str, ...]]
"""The attributes of each generated model that hold secrets."""


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


def secrets_of(operation: ModuleType, arguments: Mapping[str, object]) -> Secrets:
    """Return the secrets of a call of a generated operation."""
    attributes, none = _attributes(operation)
    body = arguments.get("body")
    if body is None:
        return none
    return _secrets([getattr(body, name) for name in attributes.get(type(body), ())], none.names)


def secrets_of_json(attributes: Attributes, body: object) -> Secrets:
    """Return the secrets of a call with any body: what it has under the names of secrets."""
    names = _names(attributes)
    return _secrets(_values(names, body), names)


def _secrets(values: Iterable[object], names: frozenset[str]) -> Secrets:
    sent = [each for each in values if isinstance(each, str)]
    # A message may name an address without its scheme.
    return Secrets((*sent, *(each.partition("://")[2] for each in sent)), names)


def _names(attributes: Attributes) -> frozenset[str]:
    return frozenset(name for names in attributes.values() for name in names)


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
def _attributes(operation: ModuleType) -> tuple[Attributes, Secrets]:
    """Return the secret attributes of each model, and the secrets of a call without a body."""
    models = sys.modules[f"{operation.__name__.partition('.')[0]}.models"]
    attributes: Attributes = getattr(models, "SECRETS", {})
    return attributes, Secrets(names=_names(attributes))
