"""Find secrets in text whatever way their letters are escaped."""

import re
from array import array
from collections.abc import Collection
from importlib import import_module

FORM_MAX = 40
"""Characters of the longest form of a letter, where a text is cut."""
_LAYERS_MAX = 8
"""Escapes of escapes that are read."""

# Every run is read at once, as if it were escaped several times.
_ESCAPE = r"""(?x)
    (?: \\++ | %(?:25)* ) u ([0-9A-Fa-f]{4})
    | (?: \\++ x | %(?:25)* ) ([0-9A-Fa-f]{2})
    | \\++ (?: u\{ | U00 ) ([0-9A-Fa-f]{1,6}) \}?
    | \\++ (["'/])
    | (\\) \\+
    | &(?:amp;)* ( \#[0-9]{1,9} | \#[xX][0-9A-Fa-f]{1,8} | [A-Za-z]{2,8} ) ;
"""
_may_be_escaped = re.compile(r"[\\%&+]").search


def unescaped(secret: str) -> set[str]:
    """Return the forms of a secret that :func:`replace_escaped` finds."""
    import_module("html")  # Now and not in the first error: see Transport.
    utf16 = secret.encode("utf-16-be", "surrogatepass")
    units = "".join(chr(high << 8 | low) for high, low in zip(utf16[::2], utf16[1::2], strict=True))
    # In a query, a plus is a space.
    forms = (secret, units, secret.replace(" ", "+"))
    # A backslash before a quotation mark looks like a part of its escape.
    return {_unescape(each)[0].rstrip("\\") for each in forms}


def replace_escaped(
    text: str, secrets: Collection[str], shapes: re.Pattern[str], replacement: str
) -> str:
    r"""Replace secrets in text where any letter may be escaped, even several times.

    Covers JSON (``\u0041``, ``\/``), URLs (``%41``), HTML (``&#65;``, ``&amp;``), the ``repr`` of
    bytes (``\x41``), and escapes of escapes such as ``\u0026#65;``.

    ``secrets`` are given in their forms by :func:`unescaped`; ``shapes`` finds further secrets in
    text without escapes.
    """
    if not _may_be_escaped(text):
        return text
    plain, places = _unescape(text)
    found = [(places[each.start()], places[each.end()]) for each in shapes.finditer(plain)]
    for secret in secrets:
        start = plain.find(secret)
        while start >= 0:
            found.append((places[start], places[start + len(secret)]))
            start = plain.find(secret, start + len(secret))
    parts: list[str] = []
    end = 0
    for start, stop in sorted(found):
        if start >= end:
            parts += text[end:start], replacement
        end = max(end, stop)
    return "".join((*parts, text[end:]))


def _unescape(text: str) -> tuple[str, "array[int]"]:
    """Return a text without escapes, and where in the text its letters come from, and its end."""
    places = array("q", range(len(text) + 1))
    for _ in range(_LAYERS_MAX):
        letters: list[str] = []
        kept = array("q")
        end = 0
        for match in re.finditer(_ESCAPE, text):
            letter = _letter(*match.groups(""))
            letters += text[end : match.start()], letter
            kept += places[end : match.start()]
            # A name in HTML can stand for two letters.
            kept += places[match.start() : match.start() + 1] * len(letter)
            end = match.end()
        if not letters:
            break
        text, places = "".join((*letters, text[end:])), kept + places[end:]
    return text, places


def _letter(unit: str, byte: str, code: str, quote: str, backslash: str, entity: str) -> str:
    import html  # late: slow to import, and of use with a client only

    if entity:
        return html.unescape(f"&{entity};")
    hexadecimal = unit or byte or code
    return chr(min(int(hexadecimal, 16), 0x10FFFF)) if hexadecimal else quote or backslash
