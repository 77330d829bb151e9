"""Values that the contract marks with ``format: password``, as the generated models list them."""

import re
import sys
from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import Any, cast

from attrs import frozen

from .credentials import REDACTED


@frozen(repr=False)
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
    secrets, body = _attributes(operation), arguments.get("body")
    values = (getattr(body, name) for name in secrets.get(type(body), ()))
    sent = [each for each in values if isinstance(each, str)]
    return Secrets(
        # A message may name an address without its scheme.
        (*sent, *(each.partition("://")[2] for each in sent)),
        frozenset(name for names in secrets.values() for name in names),
    )


@cache
def _attributes(operation: ModuleType) -> dict[type[Any], tuple[str, ...]]:
    models = sys.modules[f"{operation.__name__.partition('.')[0]}.models"]
    return getattr(models, "SECRETS", {})
