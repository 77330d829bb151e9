"""Every place where a JSON value differs from the contract, by structure alone."""

import re
from collections import Counter
from typing import NamedTuple

from signalwire_rest._errors import Json

from .annotations import Annotation
from .normalisation import Path, normalise

# An object may have ids or tokens for names: those mix letters and digits.
_NAME = re.compile(r"[A-Za-z_]{1,40}[0-9]{0,2}")


class Difference(NamedTuple):
    """One difference. It holds no value, and of an unknown property only a usual name."""

    field: str
    """The location, such as ``data[].active_session.status``; empty for the whole value."""
    kind: str
    """``missing``, ``unknown`` (property), ``type``, ``enum`` (a value of none) or ``null``."""
    expected: str
    """What the contract says."""
    found: str
    """The JSON type that arrived."""


def differences(annotation: Annotation, value: Json) -> "Counter[Difference]":
    """Return the differences of a JSON value from its annotation, with how often each occurs."""
    found: Counter[Difference] = Counter()

    def collect(kind: str, path: Path, expected: Annotation, actual: str) -> None:
        allowed = expected.values if kind == "enum" else expected.description or "nothing"
        steps = ("[]" if isinstance(each, int) else f".{_name(each)}" for each in path)
        field = "".join(steps).removeprefix(".")
        found[Difference(field, kind, allowed, actual)] += 1

    normalise(annotation, value, report=collect)
    return found


def _name(name: str) -> str:
    return name if _NAME.fullmatch(name) else "(unusual name)"
