"""The documented example, run against the mock server over a real socket."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import Any

import attrs
from rich.console import Console
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table

from signalwire.rest import (
    Conference,
    RestClient,
    SignalWireRestError,
    Unset,
    VideoLayout,
    VideoQuality,
)
from signalwire_rest_mock.server import MockServer

_EXAMPLE = """\
from signalwire.rest import RestClient

client = RestClient(
    project="{project}",
    token="…",
    host="{host}",
)

conf = client.video.conferences.get(
    "{id}",
    include_active_session=True,
)
"""


def run(console: Console) -> None:
    """Start a mock server, call it, print the results, and stop it."""
    with MockServer() as server:
        api = server.api
        example = api.contract.example("documented")
        code = _EXAMPLE.format(project=api.project, host=server.host, id=example.id)
        console.print(Panel(Syntax(code.strip(), "python"), title="The example"))
        with RestClient(api.project, api.token, server.host) as client:
            get = client.video.conferences.get
            conference = get(example.id, include_active_session=True)
            console.print(_table("The conference", conference, without="active_session"))
            if session := conference.active_session:
                console.print(_table("Its active session", session))
            unknown = get(api.contract.example("unknown-values").id)
            console.print(Panel("\n".join(_kept(unknown)), title="Unknown values and extra fields"))
            try:
                get(api.contract.example("not-found").id)
            except SignalWireRestError as error:
                lines = [f"[bold]{type(error).__name__}[/]", str(error)]
                console.print(Panel("\n".join(lines), title="An error, handled"))


def _table(title: str, model: Any, without: str = "") -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("attribute", style="cyan", no_wrap=True)
    table.add_column("type", style="dim", no_wrap=True)
    table.add_column("value", overflow="fold")
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(model.__class__)
    for name in (each.name for each in fields if each.name != without):
        value = getattr(model, name)
        if not (isinstance(value, Unset) or (name == "additional_properties" and not value)):
            table.add_row(name, type(value).__name__, _shown(value))
    return table


def _shown(value: Any) -> str:
    if isinstance(value, Enum):
        return f"{value.value} [dim]({value.name})[/]"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S %Z}"
    return str(value.to_dict() if attrs.has(value.__class__) else value)


def _kept(conference: Conference) -> Iterator[str]:
    quality, layout = conference.quality, conference.layout
    known = isinstance(quality, VideoQuality) or isinstance(layout, VideoLayout)
    yield f"quality = {quality!r}, layout = {layout!r}: {'known' if known else 'plain strings'}"
    for name in conference.additional_keys:
        yield f"conference[{name!r}] = {conference[name]!r}"
