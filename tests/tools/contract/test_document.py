"""Text that is not an OpenAPI document is rejected with the reason."""

import pytest

from tools import OPENAPI
from tools.contract.document import UnreadableError, parse

TEXT = (OPENAPI / "openapi.yaml").read_text("utf-8")
VERSION = f"  version: {parse(TEXT)['info']['version']}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace("    ErrorList:\n", "    ErrorMessage:\n"), "duplicate key"),
        ("openapi: [", "not valid YAML"),
        ("- a list", "info is missing"),
        (TEXT.replace(VERSION, ""), "info.version must be a string"),
        (TEXT.replace(VERSION, "  version: 1.0\n"), "info.version must be a string"),
    ],
    ids=["duplicate-key", "not-yaml", "not-a-mapping", "no-version", "numeric-version"],
)
def test_an_unreadable_text_is_rejected(text: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        parse(text)
