"""``signalwire-rest check``: does the contract still match the API?

It calls the read operations of a space and prints where the responses differ from the contract:
names and types of fields, and never a value.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, NamedTuple
from uuid import UUID

from signalwire_rest_wire import models

from . import _errors
from ._client import RestClient
from ._decoding.annotations import annotation_of
from ._decoding.normalisation import Difference, differences
from ._version import __version__

_READS: tuple[tuple[str, Any, str, str, dict[str, Any]], ...] = (
    ("conferences.list", models.ConferencePage, "", "conference", {"page_size": 100}),
    ("conferences.get", models.Conference, "conference", "", {"include_active_session": True}),
    ("conferences.list_conference_tokens", models.ConferenceTokenPage, "conference", "token", {}),
    ("conferences.list_streams", models.StreamPage, "conference", "stream", {}),
    ("conference_tokens.get", models.ConferenceToken, "token", "", {}),
    ("streams.get", models.Stream, "stream", "", {}),
)
"""The read operations: method, result, whose id it needs, what it lists, further arguments."""


class Report(NamedTuple):
    """What one operation showed; it becomes an object of the JSON."""

    operation: str
    result: str
    """``matches``, ``differs``, ``skipped`` or ``failed``."""
    reason: str = ""
    """Why it was skipped, or failed."""
    differences: tuple[dict[str, Any], ...] = ()
    """The fields of each :class:`Difference`, and its ``count``."""


def check(client: RestClient, conference_id: UUID | None) -> Iterator[Report]:
    """Call the read operations, and yield a report of each.

    Args:
        client: The client of the space.
        conference_id: The conference to look at; ``None`` for the first of the list.
    """
    ids = {"conference": conference_id}
    for name, model, needed, listed, options in _READS:
        if needed and not ids.get(needed):
            yield Report(name, "skipped", f"no {needed} to look at")
            continue
        resource, _, method = name.partition(".")
        call = getattr(getattr(client.video, resource).with_raw_response, method)
        try:
            raw = call(*([ids[needed]] if needed else ()), **options)
        except _errors.SignalWireRestError as error:
            code = error.status_code
            yield Report(name, "failed", _errors.status(code) if code else type(error).__name__)
            if code in (None, 401):  # The others would fail in the same way.
                return
            continue
        found = tuple({**each._asdict(), "count": n} for each, n in _differences(raw, model))
        yield Report(name, "differs" if found else "matches", differences=found)
        ids[listed] = ids.get(listed) or _first_id(raw)


def _differences(raw: Any, model: Any) -> list[tuple[Difference, int]]:
    try:
        found = differences(annotation_of(model), raw.json())
        if not found:
            raw.parse()
    except (ValueError, RecursionError):
        found = Counter([Difference("", "type", "JSON", "no JSON")])
    except _errors.SignalWireRestContractError:
        found = Counter(
            [Difference("", "type", "a documented response", _errors.status(raw.status_code))]
        )
    return sorted(found.items())


def _first_id(raw: Any) -> UUID | None:
    try:
        return UUID(raw.json()["data"][0]["id"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _print(reports: list[Report]) -> None:
    """Print the reports: as a table on a terminal if rich is installed, else as text."""
    rows: list[tuple[str, ...]] = []
    for operation, result, reason, differing in reports:
        rows.append((operation, f"{result}: {reason}" if reason else result))
        for field, kind, expected, found, count in (each.values() for each in differing):
            place = field or "(the whole response)"
            rows.append(("", place, kind, f"expected {expected}", f"found {found}", f"{count}x"))
    if sys.stdout.isatty() and find_spec("rich"):
        from rich.console import Console
        from rich.table import Table

        table = Table(show_header=False)
        for row in rows:
            table.add_row(*row)
        Console().print(table)
    else:
        for row in rows:
            print("  ".join(row))


def _conference_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a UUID") from None  # without the text itself


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 if all matches, 1 if something differs, 2 if it could not ask."""
    parser = argparse.ArgumentParser("signalwire-rest", description="A client for SignalWire.")
    parser.add_argument("--version", action="version", version=__version__)
    command = parser.add_subparsers(required=True).add_parser(
        "check",
        help="compare the responses of a space with the contract",
        description="Call the read operations of the space that SIGNALWIRE_SPACE names, with "
        "SIGNALWIRE_PROJECT_ID and SIGNALWIRE_API_TOKEN, and print where the responses differ from "
        "the contract. It exits with 0 if all matches, 1 if something differs, 2 if it cannot ask.",
    )
    command.add_argument(
        "conference_id", nargs="?", type=_conference_id, help="default: the first one of the list"
    )
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    given = parser.parse_args(arguments)
    try:
        with RestClient() as client:
            reports = list(check(client, given.conference_id))
    except ValueError as error:
        print(f"signalwire-rest: {str(error).partition('; got ')[0]}", file=sys.stderr)
        return 2
    if given.json:
        print(json.dumps([each._asdict() for each in reports], indent=2))
    else:
        _print(reports)
    results = {each.result for each in reports}
    return 1 if "differs" in results else 2 if "failed" in results else 0
