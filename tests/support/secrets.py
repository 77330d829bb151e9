"""Every place where a program or an error tracker could find the token of :mod:`.runtimes`."""

import base64
import copy
import json
import pickle
import traceback
from collections.abc import Iterator
from types import FrameType
from urllib.parse import quote

from signalwire_rest import SignalWireRestError

from .runtimes import PROJECT, TOKEN

BASIC = base64.b64encode(f"{PROJECT}:{TOKEN}".encode()).decode()


def chain(error: BaseException | None) -> Iterator[BaseException]:
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        each = pending.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        pending += [each.__cause__, each.__context__, *getattr(each, "exceptions", ())]


def frames(error: BaseException) -> Iterator[FrameType]:
    """Yield the frames of the client and of libraries; not those of the tests."""
    for each in chain(error):
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if "/tests/" not in frame.f_code.co_filename:
                yield frame


def shown(error: BaseException) -> Iterator[tuple[str, str]]:
    for each in chain(error):
        kind = type(each).__name__
        yield f"repr of {kind}", repr(each)
        yield f"str of {kind}", str(each)
        yield f"vars of {kind}", repr(vars(each))
        yield f"args of {kind}", repr(each.args)
    yield "traceback", "".join(traceback.format_exception(error))
    for frame in frames(error):
        for name, value in frame.f_locals.items():
            yield f"local {name} of {frame.f_code.co_qualname}", repr(value)
    if isinstance(error, SignalWireRestError):
        yield "pickle", pickle.dumps(error).decode("latin-1")
        yield "deep copy", repr(vars(copy.deepcopy(error)))
        yield "headers", repr(list(error.headers.items()))
        yield "body", json.dumps(error.body)


def assert_silent(error: BaseException, log: str = "") -> None:
    for where, text in (*shown(error), ("log", log)):
        # A repr doubles backslashes.
        for shown_text in (text, text.replace("\\\\", "\\")):
            for form in (TOKEN, TOKEN.encode().hex(), *FORMS.values()):
                assert form not in shown_text, f"{where}: {text[:300]}"


def escaped(template: str, text: str = TOKEN) -> str:
    return "".join(template.format(ord(letter)) for letter in text)


JSON_ESCAPED = escaped("\\u{:04x}")
FORMS = {
    "Basic": BASIC,
    "Basic without padding": BASIC.rstrip("="),
    "Basic, URL-safe": base64.urlsafe_b64encode(f"{PROJECT}:{TOKEN}".encode()).decode(),
    "Basic, percent-encoded": quote(BASIC, safe=""),
    "Basic, every letter escaped": escaped("\\u{:04X}", BASIC),
    "base64": base64.b64encode(TOKEN.encode()).decode(),
    "JSON": JSON_ESCAPED,
    "JSON, upper case": escaped("\\u{:04X}"),
    "JSON in JSON": escaped("\\\\u{:04x}"),
    "JSON, some letters": f"{JSON_ESCAPED[:18]}{TOKEN[3:-1]}{JSON_ESCAPED[-6:]}",
    "percent-encoded": escaped("%{:02x}"),
    "percent-encoded, upper case": escaped("%{:02X}"),
    "percent-encoded twice": escaped("%25{:02X}"),
    "HTML": escaped("&#{};"),
    "HTML, hexadecimal": escaped("&#x{:X};"),
    "HTML in JSON": escaped("\\u0026#{};"),
    "JSON in HTML": escaped("&#92;u{:04x}"),
    "JSON in JSON, every letter escaped": escaped("\\u005cu{:04x}"),
    "JSON, percent-encoded": quote(JSON_ESCAPED),
    "HTML, percent-encoded": quote(escaped("&#{};"), safe=""),
    "percent-encoded in HTML": escaped("&#37;{:02x}"),
    "JavaScript": escaped("\\u{{{:x}}}"),
    "escape() of JavaScript": escaped("%u{:04x}"),
}
