"""Check that a value is of its annotated type, nested values too.

The generated parsers let some values through unchecked, read others that the contract does not
allow, and raise bare errors on the rest, so every parsed model is checked against its own
annotations and its JSON. No field is named here.
"""

import functools
import math
import operator
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from .annotations import ADDITIONAL_PROPERTIES, Annotation, properties_of_model, typed_additional
from .formats import PATTERNS

_Check: TypeAlias = Callable[[Any, Any], bool]
_Field: TypeAlias = tuple[Any, str, Annotation]
"""A property, its attribute and its annotation. Additional properties have no property."""


def is_valid(annotation: Annotation, value: Any, json: Any) -> bool:
    """Return whether a value is of its annotated type, nested values too.

    A date-time without a time zone is not valid; the normalisation adds UTC.

    Raises:
        KeyError, TypeError: The JSON is not what the value was parsed from.
    """
    kind = value.__class__
    if kind in annotation.models:
        return _check_of_model(kind)(value, json)
    if annotation.anything:
        return True
    if kind not in annotation.exact:
        return False
    if kind in PATTERNS:
        return PATTERNS[kind].fullmatch(json) is not None
    # The parsers take any iterable for a list, such as `{}` or `""`.
    if annotation.items is not None and kind in (list, dict):
        if json.__class__ is not kind:
            return False
        items, parts = value, json
        if kind is dict:
            items, parts = value.values(), [json[key] for key in value]
        check = functools.partial(is_valid, annotation.items)
        return len(items) == len(parts) and all(map(check, items, parts))
    return kind is not float or math.isfinite(value)


@functools.cache
def _check_of_model(model: type) -> _Check:
    """Return the check of a model against the JSON that it was parsed from."""
    properties = properties_of_model(model).items()
    fields: list[_Field] = [(key, *each) for key, each in properties if not each[1].anything]
    if additional := typed_additional(model):
        fields.append((None, ADDITIONAL_PROPERTIES, additional))
    if not fields:
        return lambda value, json: json.__class__ is dict
    # With one name alone, the getter would return no tuple.
    get_values = operator.attrgetter(*(name for _, name, _ in fields), "__class__")
    # The server chooses the types, so their combinations are bounded.
    check_of_types = functools.lru_cache(1024)(functools.partial(_check_of_types, fields))

    def check(value: Any, json: Any) -> bool:
        values = get_values(value)
        return json.__class__ is dict and check_of_types(tuple(map(type, values)))(values, json)

    return check


def _check_of_types(fields: list[_Field], kinds: tuple[Any, ...]) -> _Check:
    """Return the check of the values of a model whose attributes have these types."""
    formats: dict[str, str] = {}
    nested: list[tuple[int, Any, _Check]] = []
    for index, (key, _, annotation) in enumerate(fields):
        kind = kinds[index]
        if kind not in annotation.exact:
            return lambda values, json: False
        if kind in PATTERNS:
            formats[key] = PATTERNS[kind].pattern
        elif annotation.is_nested(kind):
            is_model, general = kind in annotation.models, functools.partial(is_valid, annotation)
            nested.append((index, key, _check_of_model(kind) if is_model else general))
    several = operator.itemgetter(*formats) if len(formats) > 1 else None
    get_texts = several or (lambda json: [json[key] for key in formats])
    # No format allows a line break, so each line is one text.
    have_formats = re.compile("\n".join(formats.values())).fullmatch

    def check(values: Any, json: Any) -> bool:
        if not have_formats("\n".join(get_texts(json))):
            return False
        for index, key, check_value in nested:
            if not check_value(values[index], json if key is None else json[key]):
                return False
        return True

    return check
