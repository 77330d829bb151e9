"""``signalwire-rest check``: does the contract still match the API?

It calls the read operations of a space and prints where the responses differ from the contract:
names and types of fields, and never a value.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from attrs import asdict, field, frozen
from signalwire_rest_wire.models import (
    Conference,
    ConferencePage,
    ConferenceToken,
    ConferenceTokenPage,
    Stream,
    StreamPage,
)

from ._client import RestClient
from ._decoding.annotations import annotation_of
from ._decoding.differences import Difference, differences
from ._errors import (
    SignalWireRestAuthenticationError,
    SignalWireRestContractError,
    SignalWireRestError,
    SignalWireRestTransportError,
    status,
)
from ._version import __version__


@frozen
class Step:
    """A read operation, what it needs the id of, and what it lists."""

    operation: str
    model: type[Any]
    needs: str = ""
    lists: str = ""
    arguments: Mapping[str, Any] = field(factory=dict[str, Any])


_STEPS = (
    Step("conferences.list", ConferencePage, lists="conference", arguments={"page_size": 100}),
    Step("conferences.get", Conference, "conference", arguments={"include_active_session": True}),
    Step("conferences.list_conference_tokens", ConferenceTokenPage, "conference", "token"),
    Step("conferences.list_streams", StreamPage, "conference", "stream"),
    Step("conference_tokens.get", ConferenceToken, "token"),
    Step("streams.get", Stream, "stream"),
)


@frozen
class Report:
    """What one operation showed."""

    operation: str
    result: str
    """``matches``, ``differs``, ``skipped`` or ``failed``."""
    reason: str = ""
    """Why it was skipped, or failed."""
    differences: tuple[dict[str, Any], ...] = ()
    """The fields of each :class:`Difference`, and its ``count``."""


def check(client: RestClient, conference_id: str | None) -> Iterator[Report]:
    """Call the read operations, and yield a report of each.

    Args:
        client: The client of the space.
        conference_id: The conference to look at; ``None`` for the first of the list.
    """
    ids: dict[str, Any] = {"conference": conference_id}
    for step in _STEPS:
        name, needs = step.operation, step.needs
        if needs and not ids.get(needs):
            yield Report(name, "skipped", f"no {needs} to look at")
            continue
        resource, _, method = name.partition(".")
        call = getattr(getattr(client.video, resource).with_raw_response, method)
        try:
            raw = call(*([ids[needs]] if needs else ()), **step.arguments)
        except SignalWireRestError as error:
            code = error.status_code
            yield Report(name, "failed", status(code) if code else type(error).__name__)
            if isinstance(error, SignalWireRestAuthenticationError | SignalWireRestTransportError):
                return
            continue
        found = _differences(raw, step.model)
        yield Report(name, "differs" if found else "matches", differences=found)
        ids[step.lists] = ids.get(step.lists) or _first_id(raw)


def _differences(raw: Any, model: Any) -> tuple[dict[str, Any], ...]:
    try:
        found = Counter(differences(annotation_of(model), raw.json()))
        if not found:
            raw.parse()
    except (ValueError, RecursionError):
        found = Counter([Difference("", "type", "JSON", "no JSON")])
    except SignalWireRestContractError:
        found = Counter([Difference("", "type", "a documented response", status(raw.status_code))])
    return tuple({**each._asdict(), "count": count} for each, count in sorted(found.items()))


def _first_id(raw: Any) -> str | None:
    try:
        return str(UUID(raw.json()["data"][0]["id"]))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _print(reports: list[Report]) -> None:
    """Print the reports: as a table on a terminal if rich is installed, else as text."""
    table: Any = None
    if sys.stdout.isatty():
        try:
            from rich.table import Table
        except ImportError:
            pass
        else:
            table = Table("operation", "field", "difference", "expected", "found", "count")
    for each in reports:
        outcome = f"{each.result}: {each.reason}" if each.reason else each.result
        rows = [[str(value) for value in found.values()] for found in each.differences]
        if table is not None:
            table.add_row(each.operation, "", outcome)
            for row in rows:
                table.add_row("", *row)
            continue
        print(f"{each.operation}: {outcome}")
        for name, kind, expected, found, count in rows:
            place = name or "(the whole response)"
            print(f"  {place}: {kind}: expected {expected}; found {found} ({count} times)")
    if table is not None:
        from rich.console import Console

        Console().print(table)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 if all matches, 1 if something differs, 2 if it could not ask."""
    parser = argparse.ArgumentParser("signalwire-rest", description="A client for SignalWire.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser(
        "check",
        help="compare the responses of a space with the contract",
        description="Call the read operations of the space that SIGNALWIRE_SPACE names, with "
        "SIGNALWIRE_PROJECT_ID and SIGNALWIRE_API_TOKEN, and print where the responses differ from "
        "the contract. No value is printed. The exit status is 0 if all matches, 1 if something "
        "differs, and 2 if the space could not be asked.",
    )
    command.add_argument("conference_id", nargs="?", help="default: the first one of the list")
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    given = parser.parse_args(arguments)
    try:
        with RestClient() as client:
            reports = list(check(client, given.conference_id))
    except (ValueError, TypeError) as error:
        print(f"signalwire-rest: {error}", file=sys.stderr)
        return 2
    if given.json:
        print(json.dumps([asdict(each) for each in reports], indent=2))
    else:
        _print(reports)
    results = {each.result for each in reports}
    return 1 if "differs" in results else 2 if "failed" in results else 0
