"""Every place where a JSON value differs from the contract, by structure alone."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from signalwire_rest._errors import Json

from .annotations import JSON_TYPES, Annotation, properties_of_model
from .normalisation import ValidationError, is_member, normalise

_NAME = re.compile(r"[A-Za-z_][\w-]{0,63}", re.ASCII)


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


def differences(annotation: Annotation, value: Json, field: str = "") -> Iterator[Difference]:
    """Yield the differences of a JSON value from its annotation."""
    if annotation.anything:
        return
    if isinstance(value, dict) and annotation.models:
        yield from _differences_of_model(annotation.models[0], value, field)
    elif isinstance(value, list) and annotation.items:
        for each in value:
            yield from differences(annotation.items, each, f"{field}[]")
    else:
        found = JSON_TYPES[type(value)]
        try:
            normalise(annotation, value)
        except ValidationError:
            kind = "null" if value is None else "type"
            yield Difference(field, kind, annotation.description, found)
        else:
            if annotation.enums and value is not None and not is_member(value, annotation.enums):
                values = (str(member.value) for enum in annotation.enums for member in enum)
                yield Difference(field, "enum", f"one of {', '.join(values)}", found)


def _differences_of_model(model: type, value: dict[str, Json], field: str) -> Iterator[Difference]:
    properties, prefix = properties_of_model(model), f"{field}." if field else ""
    for name, (_, annotation) in properties.items():
        if name in value:
            yield from differences(annotation, value[name], f"{prefix}{name}")
        elif not annotation.optional:
            yield Difference(f"{prefix}{name}", "missing", annotation.description, "nothing")
    # An object without documented properties, such as `meta`, has data for names.
    for name in value.keys() - properties.keys() if properties else ():
        shown = name if _NAME.fullmatch(name) else "(unusual name)"
        yield Difference(f"{prefix}{shown}", "unknown", "nothing", JSON_TYPES[type(value[name])])
