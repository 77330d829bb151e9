"""What the annotations of generated code allow, in a form that values can be checked against."""

import datetime
import functools
import sys
import types
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any, cast
from uuid import UUID

import attrs

ADDITIONAL_PROPERTIES = "additional_properties"
"""The generator's attribute for the properties that the contract does not name."""

JSON_TYPES: dict[type, str] = {
    type(None): "null",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "an object",
    UUID: "a string (uuid)",
    datetime.datetime: "a string (date-time)",
    datetime.date: "a string (date)",
}


@attrs.frozen(eq=False, repr=False)
class Annotation:
    """An annotation, taken apart: the exact types that it allows, and what is nested in them."""

    exact: frozenset[type[Any]]
    models: tuple[type, ...] = ()
    enums: tuple[type[Enum], ...] = ()
    items: "Annotation | None" = None
    anything: bool = False

    @property
    def optional(self) -> bool:
        """Whether the value can be left out."""
        return any(kind.__name__ == "Unset" for kind in self.exact)

    def is_nested(self, kind: type) -> bool:
        """Return whether a value of an allowed type has to be looked into."""
        has_items = self.items is not None and not self.items.anything
        return (has_items and kind in (list, dict)) or kind in (float, *self.models)

    @property
    def description(self) -> str:
        """The allowed JSON types and values, for an error message."""
        kinds = [name for kind, name in JSON_TYPES.items() if kind in self.exact]
        if self.models:
            kinds.append(JSON_TYPES[dict])
        if self.enums and not {str, int} & self.exact:
            kinds.append(self.values)
        return " or ".join(sorted(kinds, key=lambda name: (name == "null", name)))

    @property
    def values(self) -> str:
        """The values of the enums, for an error message."""
        return f"one of {', '.join(str(each.value) for enum in self.enums for each in enum)}"


@functools.cache
def annotation_of(hint: Any) -> Annotation:
    """Return what a type hint allows."""
    is_union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    parts = typing.get_args(hint) if is_union else (hint,)
    kinds = [typing.get_origin(part) or part for part in parts]
    for kind, part in zip(kinds, parts, strict=True):
        if not isinstance(kind, type) or kind not in (list, dict, part):
            raise TypeError(f"no rule for the annotation {part!r}")
    items = [annotation_of(arguments[-1]) for arguments in map(typing.get_args, parts) if arguments]
    return Annotation(
        frozenset(kinds) - {Any},
        tuple(filter(attrs.has, kinds)),
        tuple(kind for kind in kinds if issubclass(kind, Enum)),
        next(iter(items), None),
        Any in kinds,
    )


def hints_of_model(model: type) -> dict[str, Any]:
    """Return the type hint of each attribute of a generated model, by name."""
    # The generated modules import one another's classes for type checkers only; their package
    # has them all.
    package = sys.modules[model.__module__.rpartition(".")[0]]
    return typing.get_type_hints(model, localns=vars(package))


@functools.cache
def annotations_of_model(model: type) -> dict[str, Annotation]:
    """Return the annotation of each attribute of a generated model, by name."""
    return {name: annotation_of(hint) for name, hint in hints_of_model(model).items()}


def typed_additional(model: type) -> Annotation | None:
    """Return the annotation of the properties that the contract does not name, if it has a type."""
    additional = annotations_of_model(model).get(ADDITIONAL_PROPERTIES)
    return additional if additional and additional.is_nested(dict) else None


@functools.cache
def properties_of_model(model: type) -> dict[str, tuple[str, Annotation]]:
    """Return the attribute of each property and its annotation, by the property's name in JSON.

    The generator alone knows the names: it writes ``displayName`` as ``display_name`` and ``from``
    as ``from_``. So a model of placeholders is asked for its JSON.
    """
    annotations = annotations_of_model(model)
    blank = cast(Any, object.__new__(model))
    for name in annotations:
        setattr(blank, name, {} if name == ADDITIONAL_PROPERTIES else _Placeholder(name))
    json: dict[str, Any] = blank.to_dict()
    properties: dict[str, tuple[str, Annotation]] = {}
    for key, value in json.items():
        while isinstance(value, list):
            value = cast(Any, value)[0]
        properties[key] = (str(value), annotations[value])
    return properties


class _Placeholder(str):
    """An attribute's name, which every conversion of the attribute returns unchanged."""

    __slots__ = ()

    def __getattr__(self, name: str) -> "_Placeholder":
        return self

    def __call__(self, *_: object) -> "_Placeholder":
        return self

    def __iter__(self) -> Iterator[str]:
        yield self
