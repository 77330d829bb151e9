"""Independent witnesses of promise 1: typeguard over annotations, and the contract's schemas."""

import datetime
import sys
import typing
from typing import Any

import attrs
import jsonschema
import typeguard

from signalwire_rest_mock import Contract

DOCUMENT = Contract.load().document


def assert_typed(model: Any) -> None:
    """Fail where an attribute of a model, nested ones too, is not of its annotated type."""
    kind = type(model)
    package = sys.modules[kind.__module__.rpartition(".")[0]]
    hints = typing.get_type_hints(kind, localns=vars(package))
    for field in attrs.fields(kind):
        value = getattr(model, field.name)
        typeguard.check_type(
            value,
            hints[field.name],
            collection_check_strategy=typeguard.CollectionCheckStrategy.ALL_ITEMS,
        )
        assert (
            type(value) is not bool
            or bool in typing.get_args(hints[field.name])
            or (hints[field.name] is bool)
        ), f"{field.name} is a bool"
        if isinstance(value, datetime.datetime):
            assert value.tzinfo is not None, f"{field.name} has no zone"
        if attrs.has(type(value)):
            assert_typed(value)


def assert_matches(schema: str, value: Any) -> None:
    """Fail where a JSON value does not match a schema of the contract."""
    reference = {"$ref": f"#/components/schemas/{schema}"}
    validator = jsonschema.Draft202012Validator(
        {**DOCUMENT, **reference}, format_checker=jsonschema.FormatChecker()
    )
    assert list(validator.iter_errors(value)) == []
