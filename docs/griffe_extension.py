"""What the API reference knows beyond the code as it is written."""

import re

from griffe import (
    Class,
    Docstring,
    Extension,
    Function,
    Object,
    Parameter,
    ParameterKind,
    Parameters,
)

_ROLE = re.compile(r":(?:class|func|meth|mod):`~?([^`]+)`")
_MODELS = "signalwire_rest_wire.models"


class Reference(Extension):
    """Completes what griffe reads."""

    def on_object(self, *, obj: Object, **_: object) -> None:
        """Show the roles of Sphinx as code, and describe the keywords of requests."""
        if obj.docstring:
            obj.docstring.value = _ROLE.sub(r"`\1`", obj.docstring.value)
        if obj.path == _MODELS:
            for name, keywords in obj.classes.items():
                for field in keywords.attributes if name.endswith("RequestDict") else ():
                    described = obj[f"{name.removesuffix('Dict')}.{field}"].docstring
                    keywords[field].docstring = Docstring(described.value, parent=keywords[field])

    def on_class(self, *, cls: Class, **_: object) -> None:
        """Add the constructor of an attrs class that describes its arguments."""
        decorators = {each.callable_path for each in cls.decorators}
        if "attrs.frozen" in decorators and cls.docstring and "Args:" in cls.docstring.value:
            fields = [each for each in cls.attributes.values() if each.annotation]
            parameters = [
                Parameter(
                    each.name,
                    annotation=each.annotation,
                    kind=ParameterKind.keyword_only,
                    default="None",
                )
                for each in fields
            ]
            this = Parameter("self", kind=ParameterKind.positional_or_keyword)
            cls.set_member(
                "__init__", Function("__init__", parameters=Parameters(this, *parameters))
            )
