"""The sync client, and the arguments that it shares with the async one."""

import ssl
from types import TracebackType
from typing import Any, ClassVar, Generic, NoReturn, Self, TypeVar

import httpx

from signalwire.rest._caller import Caller
from signalwire.rest._configuration import configuration
from signalwire.rest._credentials import Credentials
from signalwire.rest._options import MAX_CONNECTIONS, Policy, RequestOptions
from signalwire.rest._video import Video

H = TypeVar("H", httpx.Client, httpx.AsyncClient)


class BaseClient(Generic[H]):
    """What the clients have in common."""

    _http_client_class: ClassVar[type[Any]]

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
    ) -> None:
        """Check the arguments; nothing is sent.

        Args:
            project: Project id. Default: the variable ``SIGNALWIRE_PROJECT_ID``.
            token: API token with the *Video* scope. Default: ``SIGNALWIRE_API_TOKEN``.
            host: Host of the space, ``example.signalwire.com`` say, with a port or without.
                Default: ``SIGNALWIRE_SPACE``. ``127.0.0.1``, ``localhost`` and ``[::1]`` are
                spoken to in plain http, every other host over TLS.
            request_options: Options of every call that does not say otherwise.
            http_client: A client of httpx of your own to send requests with, for its transport,
                proxies, TLS settings, limits and hooks. It is not closed, and no setting of it is
                changed; its base URL, headers, parameters, authentication and timeouts are not
                used. httpx puts a cookie of an answer into its jar.
            ssl_context: Verifies the host. Default: one made of the file of certificates that
                ``SIGNALWIRE_REST_CA_FILE`` or ``SSL_CERT_FILE`` names, else of certifi's.
            max_connections: Connections open at a time, at most. Default: 100.

        Raises:
            ValueError: An argument is missing, empty or malformed; the message names it.
            TypeError: An argument is of another type; the message names it.
        """
        credentials = Credentials(project, token)
        # From here on no frame of ours holds the token, not even one that was pasted elsewhere.
        del project, token
        host = credentials.redact(host) if isinstance(host, str) else host
        if http_client is not None and not isinstance(http_client, self._http_client_class):
            raise TypeError(
                f"http_client takes an httpx.{self._http_client_class.__name__}, "
                f"not {type(http_client).__name__}"
            )
        self._configuration = configuration(
            credentials,
            host,
            Policy().under(request_options),
            ssl_context,
            max_connections,
            own=http_client is not None,
        )
        self._open(http_client)

    def _open(self, http_client: H | None) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        # An error tracker may ask one that was refused, and never got that far.
        known = vars(self).get("_configuration")
        shown = (
            f"project={known.credentials.project!r}, host={known.host!r}" if known else "refused"
        )
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client is neither pickled nor copied: it holds a token and connections")


class RestClient(BaseClient[httpx.Client]):
    """A client of SignalWire's REST API, for sync code. Threads may share it.

    Use it as a context manager, or call :meth:`close`.
    """

    _http_client_class = httpx.Client

    def _open(self, http_client: httpx.Client | None) -> None:
        self._caller = Caller(self._configuration, http_client)
        self.video = Video(self._caller)
        """The video API (:class:`Video`)."""

    def close(self) -> None:
        """Close the connections; a second time does nothing. An ``http_client`` stays open."""
        self._caller.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
