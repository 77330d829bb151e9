"""The sync client, and the arguments that it shares with the async one."""

import ssl
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, Self, TypeVar, Unpack, cast

import httpx
from attrs import evolve

from ._core._sync.executor import Executor
from ._core.configuration import make_configuration
from ._core.credentials import Credentials, plain
from ._core.raw_response import RawResponse
from ._http._sync.sender import Sender
from ._options import MAX_CONNECTIONS, Options, RequestOptions, ResolvedOptions
from .resources._any_request import AnyRequest
from .resources._resource import expand_keywords, resource

if TYPE_CHECKING:
    from .resources._sync.video import Video

H = TypeVar("H", httpx.Client, httpx.AsyncClient)


class BaseClient(Generic[H]):
    """The arguments of both clients."""

    _http_client_class: ClassVar[type[Any]]
    _owns_connections = True

    @expand_keywords
    def __init__(
        self,
        project: str | None = None,
        token: str | None = None,
        host: str | None = None,
        request_options: RequestOptions | None = None,
        *,
        http_client: H | None = None,
        ssl_context: ssl.SSLContext | None = None,
        max_connections: int = MAX_CONNECTIONS,
        app_info: str | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Check the arguments. Nothing is sent.

        Args:
            project: The project id. Default: the variable ``SIGNALWIRE_PROJECT_ID``.
            token: An API token with the *Video* scope. Default: ``SIGNALWIRE_API_TOKEN``.
            host: The host of the space, with an optional port, such as
                ``example.signalwire.com``. Default: ``SIGNALWIRE_SPACE``. ``https://`` in front
                and a slash at the end are ignored. ``127.0.0.1``, ``localhost`` and ``[::1]`` use
                plain http unless they start with ``https://``; all other hosts use TLS.
            request_options: The default options of every call.
            options: The same options as keywords, such as ``timeout=5``. They take precedence.
            http_client: Your own httpx client to send requests with, for its transport, proxies,
                TLS settings, limits and hooks. Its headers and cookies are sent too, unless this
                client sets the same header. It is neither closed nor changed. Its base URL,
                parameters, authentication and timeouts are not used, and redirects are not
                followed. httpx stores the cookies of a response in it.
            ssl_context: The TLS context that verifies the host. Default: one with the certificates
                of the file in ``SIGNALWIRE_REST_CA_FILE`` or ``SSL_CERT_FILE``, else certifi's.
            max_connections: The maximum number of open connections, per event loop in async code.
                Not used with ``http_client``.
            app_info: The name and version of your program, such as ``my-service/1.2``, added to
                the header ``User-Agent``.

        Raises:
            ValueError: An argument is missing, empty or malformed; the message names it.
            TypeError: An argument has the wrong type; the message names it.
        """
        credentials = Credentials(project, token)
        # From here on no frame of ours holds the token, not even one pasted into the host.
        del project, token
        host = cast("str | None", plain(host))
        host = credentials.redact(host) if type(host) is str else host
        if http_client is not None and not isinstance(http_client, self._http_client_class):
            raise TypeError(
                f"http_client must be an httpx.{self._http_client_class.__name__}; "
                f"got {type(http_client).__name__}"
            )
        self._configuration = make_configuration(
            credentials,
            host,
            ResolvedOptions().merge(request_options).merge(RequestOptions(**options)),
            ssl_context,
            max_connections,
            app_info,
            has_http_client=http_client is not None,
        )
        self._open(http_client)

    def _open(self, http_client: H | None) -> None:
        """Set up the sender and the executor."""

    @expand_keywords
    def with_options(self, **options: Unpack[Options]) -> Self:
        """Return a client with other default options, such as ``timeout=5``.

        It shares this client's connections. Closing it does nothing; this client closes them.

        Args:
            options: The fields of :class:`RequestOptions`. ``None`` keeps this client's.

        Raises:
            ValueError: An option is malformed; the message names it.
            TypeError: An option has the wrong type; the message names it.
        """
        made = object.__new__(type(self))
        merged = self._configuration.options.merge(RequestOptions(**options))
        configuration = evolve(self._configuration, options=merged)
        attributes = made.__dict__ = {**self.__dict__, "_configuration": configuration}
        attributes["_executor"] = evolve(attributes["_executor"], configuration=configuration)
        attributes["_owns_connections"] = False
        attributes.pop("video", None)  # It holds the executor of this client.
        return made

    def __repr__(self) -> str:
        # `__repr__` may run after `__init__` failed.
        known, name = vars(self).get("_configuration"), type(self).__name__
        if known is None:
            return f"{name}(invalid)"
        return f"{name}(project={known.credentials.project!r}, host={known.host!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client cannot be pickled or copied: it holds a token and connections")


def _video_class() -> "type[Video]":
    from .resources._sync.video import Video  # late: slow to import, as are the models

    return Video


class RestClient(BaseClient[httpx.Client]):
    """A sync client of SignalWire's REST API. Threads may share it.

    Use it as a context manager, or call :meth:`close`.
    """

    _http_client_class = httpx.Client

    video: "Video" = resource(_video_class)
    """The video API."""

    def _open(self, http_client: httpx.Client | None) -> None:
        # Now and not in the first call: a fork during an import would leave it locked.
        _video_class()
        self._sender = Sender(self._configuration.transport, http_client)
        self._executor = Executor(
            self._configuration, self._sender, clock=time.monotonic, sleep=time.sleep
        )

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        json: object = None,
        request_options: RequestOptions | None = None,
    ) -> RawResponse[Any]:
        """Make any request to the space, such as one that this client has no method for.

        It has the credentials, retries, time limits and errors of every call.

        Args:
            method: The HTTP method, in any case.
            path: An absolute path with an optional query, such as ``/api/video/rooms``.
            params: Query arguments (str, int, float, bool, or a list of these), added to the query
                of the path. ``None`` is not sent.
            json: The body. ``None`` sends none.
            request_options: The options of this call.

        Returns:
            The response. Its ``parse()`` returns the JSON; ``None`` if the body is empty.

        Raises:
            SignalWireRestError: The call failed; the subclass identifies the failure.
            ValueError: An argument is malformed. Nothing was sent.
            TypeError: An argument has the wrong type. Nothing was sent.
        """
        description = AnyRequest(method, path, params, json)
        del params, json  # A traceback would show them.
        return self._executor.send(description, request_options)

    def close(self) -> None:
        """Close the connections. Closing twice is harmless. An ``http_client`` stays open."""
        if self._owns_connections:
            self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
