"""The documented example, then the life of one conference, against a mock server over a socket."""

from http import HTTPStatus
from typing import Any

from rich.console import Console
from rich.syntax import Syntax

from signalwire_rest import RequestOptions, RestClient, SignalWireRestError
from signalwire_rest_mock.api import MockApi
from signalwire_rest_mock.messages import Request, Response
from signalwire_rest_mock.server import MockServer

EXAMPLE = """\
from signalwire.rest import RestClient

client = RestClient(
    project="your-project-id",
    token="your-api-token",
    host="your-space.signalwire.com",
)

conf = client.video.conferences.get("conference-id")
"""
"""The example of SignalWire's documentation, as printed there."""


class _OverloadedApi(MockApi):
    """A mock API that can refuse one request."""

    overloaded = False

    def respond(self, request: Request, number: int = 1) -> Response:
        if self.overloaded:
            self.overloaded = False
            return Response.of_error(HTTPStatus.SERVICE_UNAVAILABLE)
        return super().respond(request, number)


def run(console: Console) -> None:
    """Start a mock server, tell the story, and stop the server."""
    api, options = _OverloadedApi(), RequestOptions(retry_backoff=0.05)
    with MockServer(api) as server:
        _run_example(console, server)
        with RestClient(api.project, api.token, server.host, request_options=options) as client:
            _tell(console, client, api)


def _run_example(console: Console, server: MockServer) -> None:
    """Show the example as printed, and run it with its placeholders replaced."""
    console.print(Syntax(EXAMPLE.strip(), "python", background_color="default"))
    code = EXAMPLE
    for placeholder, value in {
        "your-project-id": server.api.project,
        "your-api-token": server.api.token,
        "your-space.signalwire.com": server.host,
        "conference-id": server.api.contract.example("documented").id,
    }.items():
        code = code.replace(placeholder, value)
    names: dict[str, Any] = {}
    exec(code, names)
    conference = names["conf"]
    names["client"].close()
    _line(console, "conf", f"{conference.name}, {conference.quality}, {conference.layout}\n")


def _tell(console: Console, client: RestClient, api: _OverloadedApi) -> None:
    conferences, tokens = client.video.conferences, client.video.conference_tokens

    def line(call: str, result: str) -> None:
        _line(console, call, result)

    new = conferences.create(name="stand-up", display_name="Stand-up")
    line("create", f"{new.name}, {new.size}, {new.quality}")
    names = [each.name for each in conferences.paginate(page_size=3)]
    line("list", f"{len(names)} conferences, 3 per page; the last is {names[-1]}")

    def show_session() -> None:
        session = conferences.get(new.id, include_active_session=True).active_session
        if not session:
            line("get", "no session yet")
        elif session.duration is None:
            line("get", f"session {session.status}, at most {session.max_members} members")
        else:
            line("get", f"session {session.status} after {session.duration} s")

    show_session()
    api.space.start_session(new.id)
    show_session()
    api.space.end_session(new.id)
    show_session()

    moderator = conferences.list_conference_tokens(new.id).data[0]
    if tokens.reset(moderator.id).token != moderator.token:
        line("reset", f"the {moderator.name}'s token has a new value")

    api.overloaded = True
    response = conferences.with_raw_response.get(new.id)
    line("get", f"503, tried again: {response.status_code} on attempt {response.attempts}")
    try:
        conferences.create(name=new.name, display_name="Another stand-up")
    except SignalWireRestError as error:
        line("create", f"[red]{type(error).__name__}[/]: {error.errors[0].message}")
    conferences.delete(new.id)
    line("delete", f"{len(list(conferences.paginate()))} conferences left")


def _line(console: Console, call: str, result: str) -> None:
    console.print(f"[cyan]{call:>6}[/]  {result}", highlight=False)
