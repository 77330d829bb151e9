"""Find a secret in text whatever way its letters are escaped."""

import functools
import re

FORM_MAX = 40
"""Characters of the longest form of a letter."""

_HTML = {"&": "amp", "<": "lt", ">": "gt", '"': "quot"}

may_be_escaped = re.compile(r"[\\%&]").search


@functools.lru_cache(64)
def escaped(secret: str) -> re.Pattern[str]:
    r"""Return the pattern of a secret of which any letter may be escaped, even several times.

    Covers JSON (``\u0041``, ``\/``), URLs (``%41``), HTML (``&#65;``, ``&amp;``) and the ``repr``
    of bytes (``\x41``). Every repetition is bounded, so a search takes linear time.
    """
    # Atomic groups: a letter is matched in one way, or a near miss would take exponential time.
    # The first is not, because the search is many times faster without.
    first, *others = map(_any_form, secret)
    return re.compile(f"(?:{first})" + "".join(f"(?>{each})" for each in others))


def _any_form(letter: str) -> str:
    # A lone surrogate has no other encoding.
    utf8, utf16 = (letter.encode(name, "surrogatepass") for name in ("utf-8", "utf-16-be"))
    units = [f"u{utf16[i : i + 2].hex()}" for i in range(0, len(utf16), 2)]
    literal, escape = re.escape(letter), r"\\\\{0,3}+"
    forms = [
        rf"{escape}(?:{literal}|{_hex(escape, units)}|{_hex(escape, [f'x{b:02x}' for b in utf8])})",
        "%(?:25){0,3}" + _hex("%(?:25){0,3}", [f"{b:02x}" for b in utf8]),
        rf"&(?:amp;){{0,3}}#(?:0{{0,5}}{ord(letter)}|(?i:x0{{0,5}}{ord(letter):x}));",
        rf"&(?:amp;){{0,3}}{_HTML[letter]};" if letter in _HTML else literal,
        literal,
    ]
    return "|".join(forms)


def _hex(escape: str, codes: list[str]) -> str:
    return escape.join(f"(?i:{code})" for code in codes)
