"""The text of date-times, dates and UUIDs, as strict as the contract: RFC 3339 and RFC 9562.

The readers of the standard library take much more, such as week dates, dates without a time, and
ids in braces.
"""

import datetime
import re
from uuid import UUID

# Nothing here can match in two ways. `{4}+` and `(?:|x)` say so, and take a quarter less time than
# `{4}` and `(?:x)?`; these checks are a large part of the time that decoding takes.
_DATE = r"[0-9]{4}+-[0-9]{2}+-[0-9]{2}+"
_HEX = "[0-9A-Fa-f]"
_HOUR_MINUTE = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"

PATTERNS: dict[type, re.Pattern[str]] = {
    UUID: re.compile("-".join(f"{_HEX}{{{count}}}+" for count in (8, 4, 4, 4, 12))),
    # RFC 3339 allows lower-case letters and a space.
    datetime.datetime: re.compile(
        rf"{_DATE}[Tt ]{_HOUR_MINUTE}:(?:[0-5][0-9]|60)(?:|\.[0-9]+)(?:[Zz]|[+-]{_HOUR_MINUTE})"
    ),
    datetime.date: re.compile(_DATE),
}


def normalise_text(kind: type, text: str) -> str | None:
    """Return the text of a date-time, a date or a UUID as its parser reads it; ``None`` if invalid.

    A leap second is the first instant of the next minute, as in POSIX time. A missing time zone is
    UTC.
    """
    if kind is datetime.datetime and not PATTERNS[kind].fullmatch(text):
        text += "Z"
    if not PATTERNS[kind].fullmatch(text):
        return None
    try:
        if kind is datetime.date:
            return datetime.date.fromisoformat(text).isoformat()
        return _normalise_date_time(text.upper()) if kind is datetime.datetime else text
    except (ValueError, OverflowError):
        return None


def _normalise_date_time(text: str) -> str | None:
    leap = text[17:19] == "60"
    seconds = "59" if leap else text[17:19]
    instant = datetime.datetime.fromisoformat(text[:17] + seconds + text[19:])
    # A leap second ends a day in UTC.
    if leap and f"{instant.astimezone(datetime.UTC):%H:%M:%S}" != "23:59:59":
        return None
    return (instant + datetime.timedelta(seconds=leap)).isoformat()
