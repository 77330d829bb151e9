"""One way to call a client, whatever its runtime: sync, asyncio or trio."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any

import anyio.from_thread

from signalwire_rest import AsyncRestClient, Conference, RestClient

ID = "c22d24f6-5a47-4597-9a23-c7d01e696b92"
PROJECT = "5f2c7a1e-0d3b-4c58-9a64-7be1d0c4f001"
TOKEN = "PT-canary-0123456789abcdef"


class Claim:
    """An object that claims to be of another class, as mocks do."""

    def __init__(self, kind: type) -> None:
        self._kind = kind

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return self._kind

    def __repr__(self) -> str:
        return f"Claim({self._kind.__name__})"


class BlockingClient:
    """A client behind one blocking ``get``."""

    def __init__(self, client: Any, portal: Any = None) -> None:
        self.client = client
        self.portal = portal

    def get(self, conference_id: Any = ID, **arguments: Any) -> Conference:
        method = self.client.video.conferences.get
        found: Conference = self.call(method, conference_id, **arguments)
        return found

    def call(self, method: Any, *arguments: Any, **options: Any) -> Any:
        """Call a method of the client, and wait for its result."""
        if self.portal is None:
            return method(*arguments, **options)
        return self.portal.call(lambda: method(*arguments, **options))

    def close(self) -> None:
        if self.portal is None:
            self.client.close()
        else:
            self.portal.call(self.client.aclose)


class Runtime:
    """One of the runtimes, by name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name != "sync"
        self.client_class: Any = AsyncRestClient if self.is_async else RestClient

    def __repr__(self) -> str:
        return self.name

    @contextmanager
    def client(self, host: str, **arguments: Any) -> Iterator[BlockingClient]:
        """Make a client, and close it at the end; a client of the test's own after it."""
        own: Any = arguments.get("http_client")
        arguments = {"project": PROJECT, "token": TOKEN, "host": host, **arguments}
        if not self.is_async:
            with RestClient(**arguments) as client, closing(own) if own else nullcontext():
                yield BlockingClient(client)
            return
        with anyio.from_thread.start_blocking_portal(self.name) as portal:
            caller = BlockingClient(AsyncRestClient(**arguments), portal)
            try:
                yield caller
            finally:
                caller.close()
                if own is not None:
                    portal.call(own.aclose)

    def get(self, host: str, conference_id: Any = ID, **arguments: Any) -> Conference:
        """Make one call with a client of its own; ``client`` holds arguments of the client."""
        with self.client(host, **arguments.pop("client", {})) as caller:
            return caller.get(conference_id, **arguments)


RUNTIMES = [Runtime("sync"), Runtime("asyncio"), Runtime("trio")]
