"""Checks of what a caller hands to a method, made before any I/O."""

import re
from uuid import UUID

from signalwire_rest_wire.types import UNSET, Unset

# uuid.UUID() also takes braces, `urn:uuid:`, no hyphens, and digits of other scripts.
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def uuid_argument(name: str, value: object) -> UUID:
    """Return ``value`` as a UUID.

    Raises:
        ValueError: It is a str, but no UUID in its usual form.
        TypeError: It is neither a str nor a UUID.
    """
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str):
        raise TypeError(f"{name} takes a str or a uuid.UUID, not {type(value).__name__}")
    if not _UUID.fullmatch(value):
        raise ValueError(
            f"{name} takes a UUID, c22d24f6-5a47-4597-9a23-c7d01e696b92 say, not {value[:100]!r}"
        )
    return UUID(value)


def flag_argument(name: str, value: object) -> bool | Unset:
    """Return ``value``, and what the generated code calls left out where it is None.

    Raises:
        TypeError: It is neither a bool nor None.
    """
    if value is None:
        return UNSET
    if not isinstance(value, bool):
        raise TypeError(f"{name} takes a bool or None, not {type(value).__name__}")
    return value
