"""Show which conferences are live, and since when, on a page that updates itself."""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn
from opentelemetry import trace
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from signalwire_rest import AsyncRestClient, SignalWireRestError, SignalWireRestNotFoundError

logger, tracer = logging.getLogger("live_board"), trace.get_tracer("live_board")


class Board:
    """What the page shows."""

    def __init__(self) -> None:
        self.live: list[dict[str, Any]] = []
        self.problem: str | None = None
        self._shown = asyncio.Event()

    def show(self, live: list[dict[str, Any]], problem: str | None = None) -> None:
        self.live, self.problem = live, problem
        shown, self._shown = self._shown, asyncio.Event()
        shown.set()

    async def events(self) -> AsyncIterator[str]:
        """Yield what the page shows now, and then after each look, as server-sent events."""
        while True:
            state, shown = {"live": self.live, "problem": self.problem}, self._shown
            yield f"data: {json.dumps(state, default=datetime.isoformat)}\n\n"
            await shown.wait()


async def watch(client: AsyncRestClient, board: Board, interval: float) -> None:
    """Keep a board up to date. Each look is a trace of its own, with its requests and retries."""
    while True:
        with tracer.start_as_current_span("look"):
            try:
                conferences = client.video.conferences.paginate(include_active_session=True)
                live = [
                    {"name": each.display_name or each.name, "since": session.start_time or None}
                    async for each in conferences
                    if (session := each.active_session) and session.status == "in-progress"
                ]
                board.show(live)
            except SignalWireRestError as error:
                logger.warning("the board is out of date: %s", error)
                board.show(board.live, "SignalWire cannot be reached. This may be out of date.")
        await asyncio.sleep(interval)


async def page(request: Request) -> Response:
    return FileResponse(Path(__file__).with_name("page.html"))


async def events(request: Request) -> Response:
    return StreamingResponse(request.state.board.events(), media_type="text/event-stream")


async def conference(request: Request) -> Response:
    found = await request.state.client.video.conferences.get(request.path_params["id"])
    return JSONResponse(found.to_dict())


async def failed(request: Request, error: Exception) -> Response:
    """Map an error of a call to a response; its details are for the logs."""
    logger.warning("%s: %s", request.url.path, error)
    if isinstance(error, SignalWireRestNotFoundError):
        return JSONResponse({"error": "There is no such conference."}, 404)
    return JSONResponse({"error": "SignalWire cannot be reached."}, 502)


def create_app(
    make_client: Callable[[], AsyncRestClient] = AsyncRestClient, interval: float = 2.0
) -> Starlette:
    """Return the app. It looks for live conferences every ``interval`` seconds."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Any]]:
        board = Board()
        async with make_client() as client, asyncio.TaskGroup() as group:
            watching = group.create_task(watch(client, board, interval))
            yield {"client": client, "board": board}
            watching.cancel()

    named = Route("/conferences/{id:uuid}", conference)
    return Starlette(
        routes=[Route("/", page), Route("/events", events), named],
        lifespan=lifespan,
        exception_handlers={SignalWireRestError: failed},
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(ConsoleSpanExporter()))
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    trace.set_tracer_provider(provider)
    # An open page holds a connection, which would keep the server from stopping.
    port = int(os.environ.get("PORT", "8000"))
    uvicorn.run(create_app(), port=port, timeout_graceful_shutdown=1)
