"""Derive the plain variant of the contract, in which each open enum is its plain type.

Many generators cannot read ``anyOf`` of an enum and its type, and most of them do not say so. The
enum components remain for their constants; everything else is equal.
"""

import io

from ruamel.yaml import YAML

from tools.contract.document import Node, resolve, schema_objects

DOCUMENT = "openapi.plain.yaml"
_COMMENT = "Derived from the hand-written contract, where open enums are anyOf: do not edit."


def derive_plain(text: str) -> str:
    """Return the plain variant of a document; both are YAML."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda writer, _: writer.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    document = yaml.load(text)
    for _, schema in schema_objects(document):
        if types := _plain_types(document, schema):
            schema["type"] = types[0] if len(types) == 1 else types
            del schema["anyOf"]
    document.yaml_set_start_comment(_COMMENT)
    written = io.StringIO()
    yaml.dump(document, written)
    return written.getvalue()


def _plain_types(document: Node, schema: Node) -> list[str]:
    """Return the types beside the enum of an open enum, or an empty list for any other schema."""
    choices = schema.get("anyOf", ())
    if not any("enum" in resolve(document, each) for each in choices if "$ref" in each):
        return []
    return [each["type"] for each in choices if "type" in each]
