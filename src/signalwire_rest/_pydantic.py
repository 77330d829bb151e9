"""Pydantic, and so FastAPI, takes models as fields, bodies and responses, and describes them.

Nothing here imports pydantic until pydantic asks for the schema of a model.
"""

import functools
from typing import TYPE_CHECKING, Annotated, Any, NotRequired, Union, cast, get_args

from signalwire_rest_wire.models import DESCRIPTIONS
from signalwire_rest_wire.types import Unset

from signalwire_rest._decoding.annotations import hints_of_model, properties_of_model
from signalwire_rest._decoding.models import decode_model

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


def _core_schema(model: Any, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
    from pydantic_core import core_schema

    def validate(value: Any, _: object) -> Any:
        return value if isinstance(value, model) else decode_model(model, value)

    return core_schema.no_info_wrap_validator_function(
        validate,
        # Only described, never used: `validate` does not call it.
        handler.generate_schema(_typed_dict(model)),
        serialization=core_schema.plain_serializer_function_ser_schema(lambda each: each.to_dict()),
    )


@functools.cache
def _typed_dict(model: type) -> Any:
    """Return the JSON object of a model as a type that pydantic knows how to describe."""
    import pydantic
    import typing_extensions

    hints, descriptions = hints_of_model(model), DESCRIPTIONS[model]
    fields: dict[str, Any] = {}
    for key, (name, annotation) in properties_of_model(model).items():
        hint = hints[name]
        if annotation.optional:
            hint = NotRequired[Union[*(each for each in get_args(hint) if each is not Unset)]]
        fields[key] = Annotated[hint, pydantic.Field(description=descriptions.get(name))]
    # Before Python 3.12, pydantic takes no other.
    typed_dict: Any = typing_extensions.TypedDict
    made = typed_dict(model.__name__, fields)
    made.__doc__ = model.__doc__
    made.__pydantic_config__ = pydantic.ConfigDict(extra="allow")
    return made


for _model in DESCRIPTIONS:
    cast(Any, _model).__get_pydantic_core_schema__ = classmethod(_core_schema)
