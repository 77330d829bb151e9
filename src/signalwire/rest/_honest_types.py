"""An annotation is a promise: what a model holds is of the type that it is annotated with.

The generated parsers let some values through as they came, and raise bare errors on others. So
both sides are watched, driven by the generated annotations, and no field is named here:

- after ``from_dict``, :func:`honest` looks the exact type of every attribute up in a set (the
  usual case, and cheap);
- where that or ``from_dict`` objects, :func:`repaired` walks the raw JSON. It puts right what is
  legal and merely unusual (``20.0`` for an integer, a date-time that ``fromisoformat`` refuses),
  and else names the place, what the contract says and the kind of value that came.
"""

import datetime
import functools
import re
import sys
import types
import typing
from enum import Enum
from typing import Any
from uuid import UUID

import attrs

from signalwire.rest._json import Json

_ADDITIONAL = "additional_properties"
"""What the generator calls the attribute with the properties that the contract does not name."""

_KINDS: dict[type, str] = {
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
_RFC3339 = re.compile(
    r"(?i)(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d:)(\d\d)((?:\.\d+)?(?:z|[+-]\d\d:\d\d)?)", re.ASCII
)


_LARGEST = 10**308
"""Beyond it an integer is no float."""


class DishonestError(Exception):
    """A value is not of its annotated type.

    Args:
        path: The place in the JSON, ``active_session.fps`` say; empty for the whole.
        expected: What the contract says, in words.
        came: The kind of value that came, in words; never the value.
    """

    def __init__(self, path: str, expected: str, came: str) -> None:
        super().__init__(f"{path or 'the answer'}: the contract says {expected}, not {came}")
        self.path = path


@attrs.frozen
class _Annotation:
    """One annotation, taken apart: the exact types that it allows, and what is nested in it."""

    exact: frozenset[type[Any]]
    models: tuple[type, ...] = ()
    enums: tuple[type[Enum], ...] = ()
    items: "_Annotation | None" = None
    anything: bool = False

    @property
    def optional(self) -> bool:
        return any(kind.__name__ == "Unset" for kind in self.exact)

    @property
    def words(self) -> str:
        kinds = [word for kind, word in _KINDS.items() if kind in self.exact]
        if self.models:
            kinds.append(_KINDS[dict])
        if not {str, int} & self.exact:
            kinds += [f"one of {', '.join(str(m.value) for m in enum)}" for enum in self.enums]
        return " or ".join(sorted(kinds, key=lambda word: (word == "null", word)))


def honest(model: Any) -> bool:
    """Return whether every attribute of a model, nested ones too, is of its annotated type.

    Date-times without a zone are given UTC on the way, in place.
    """
    kind = model.__class__
    for name, annotation, deep in _plan(kind):
        value = getattr(model, name)
        if type(value) not in annotation.exact:
            return False
        if not deep:
            continue
        if type(value) is datetime.datetime and value.tzinfo is None:
            setattr(model, name, _aware(value))
        elif not _honest_inside(value, annotation):
            return False
    return True


def _honest_inside(value: Any, annotation: _Annotation) -> bool:
    kind = value.__class__
    if kind in annotation.models:
        return honest(value)
    if annotation.items is not None and kind in (list, dict):
        items = value if kind is list else value.values()
        return all(_honest_item(item, annotation.items) for item in items)
    # One without a zone, within a list say, is left to the walk.
    return kind is not datetime.datetime or value.tzinfo is not None


def _honest_item(value: Any, annotation: _Annotation) -> bool:
    if annotation.anything:
        return True
    return type(value) in annotation.exact and _honest_inside(value, annotation)


def repaired(model: type, raw: Json, path: str = "") -> dict[str, Any]:
    """Return the JSON object ``raw`` in the form that the parser of ``model`` reads.

    Raises:
        DishonestError: It is not what the annotations of ``model`` say.
    """
    if not isinstance(raw, dict):
        raise DishonestError(path, "an object", _kind(raw))
    annotations = dict(_annotations(model))
    rest = annotations.pop(_ADDITIONAL, None)
    # Names that differ from their attributes give way to those that do not.
    missing = {_bare(name): name for name in annotations if name not in raw}
    result: dict[str, Any] = {}
    for key, value in raw.items():
        name = key if key in annotations else missing.pop(_bare(key), None)
        annotation = annotations[name] if name else rest and rest.items
        result[key] = _repaired(annotation, value, _place(path, key)) if annotation else value
    for name in missing.values():
        if not annotations[name].optional:
            words = annotations[name].words
            raise DishonestError(_place(path, name), words, "nothing: it is missing")
    return result


def _repaired(annotation: _Annotation, value: Json, path: str) -> Json:
    exact, items = annotation.exact, annotation.items
    if isinstance(value, dict) and annotation.models:
        return repaired(annotation.models[0], value, path)
    if isinstance(value, dict) and dict in exact and items:
        return {key: _repaired(items, each, _place(path, key)) for key, each in value.items()}
    if isinstance(value, list) and list in exact and items:
        return [_repaired(items, each, f"{path}[{i}]") for i, each in enumerate(value)]
    if isinstance(value, str):
        for kind, read in _READS.items():
            if kind in exact and (text := read(value)) is not None:
                return text
    if isinstance(value, float) and float not in exact and value.is_integer():
        value = int(value)
    if annotation.anything or type(value) in exact or _is_member(value, annotation.enums):
        return value
    if type(value) is int and float in exact and abs(value) < _LARGEST:
        return float(value)
    raise DishonestError(path, annotation.words, _kind(value))


def _is_member(value: Json, enums: tuple[type[Enum], ...]) -> bool:
    members = (member.value for enum in enums for member in enum)
    return any(type(value) is type(member) and value == member for member in members)


def _aware(instant: datetime.datetime) -> datetime.datetime:
    """Return a date-time with a zone: its own, or UTC."""
    from dateutil.utils import default_tzinfo

    return default_tzinfo(instant, datetime.UTC)


def _read_uuid(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None


def _read_date_time(text: str) -> str | None:
    """Return a date-time as ``fromisoformat`` reads it, with a zone; None where it is none.

    A leap second is the first instant of the next minute, as POSIX time has it.
    """
    found = _RFC3339.fullmatch(text)
    leap = found is not None and found[3] == "60"
    try:
        if found is None:
            instant = datetime.datetime.fromisoformat(text)
        else:
            seconds = "59" if leap else found[3]
            from dateutil.parser import isoparse  # takes as long to import as all of this package

            instant = isoparse(f"{found[1]}T{found[2]}{seconds}{found[4].upper()}")
        later = datetime.timedelta(seconds=1 if leap else 0)
        return (_aware(instant) + later).isoformat()
    except (ValueError, OverflowError):
        return None


def _read_date(text: str) -> str | None:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return None


_READS = {UUID: _read_uuid, datetime.datetime: _read_date_time, datetime.date: _read_date}


def _kind(value: Json) -> str:
    return _KINDS[type(value)]


def _place(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _bare(name: str) -> str:
    """Return what the name of a property and that of its attribute have in common.

    The generator writes ``displayName`` as ``display_name`` and ``from`` as ``from_``.
    """
    return re.sub(r"[^a-z0-9]", "", name.lower())


@functools.cache
def _annotations(model: type) -> dict[str, _Annotation]:
    # The generated modules import one another's classes for type checkers only; their package
    # has them all.
    package = sys.modules[model.__module__.rpartition(".")[0]]
    hints = typing.get_type_hints(model, localns=vars(package))
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(model)
    return {each.name: _annotation(hints[each.name]) for each in fields}


@functools.cache
def _plan(model: type) -> list[tuple[str, _Annotation, bool]]:
    """Return name and annotation of each attribute, and whether a value has to be looked into."""
    plan: list[tuple[str, _Annotation, bool]] = []
    for name, each in _annotations(model).items():
        within = each.items is not None and not each.items.anything
        deep = within or bool(each.models) or datetime.datetime in each.exact
        if not each.anything:
            plan.append((name, each, deep))
    return plan


def _annotation(hint: Any) -> _Annotation:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return _Annotation(frozenset(), anything=True)
    if origin in (typing.Union, types.UnionType):
        parts = [_annotation(each) for each in arguments]
        return _Annotation(
            frozenset(kind for part in parts for kind in part.exact),
            tuple(model for part in parts for model in part.models),
            tuple(enum for part in parts for enum in part.enums),
            next((part.items for part in parts if part.items is not None), None),
            any(part.anything for part in parts),
        )
    if origin in (list, dict):
        return _Annotation(frozenset({origin}), items=_annotation(arguments[-1]))
    if origin is typing.Literal:
        return _Annotation(frozenset(map(type, arguments)))
    if not isinstance(hint, type):
        raise TypeError(f"no rule for the annotation {hint!r}")
    exact = frozenset({hint})
    if attrs.has(hint):
        return _Annotation(exact, models=(hint,))
    return _Annotation(exact, enums=(hint,)) if issubclass(hint, Enum) else _Annotation(exact)
