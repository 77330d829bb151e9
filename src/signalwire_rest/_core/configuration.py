"""The configuration of a client, from its arguments and the environment."""

import os
import re
import ssl
from functools import cache
from importlib import import_module
from urllib.request import getproxies, proxy_bypass

import httpx
from attrs import frozen

from signalwire_rest._http.settings import TransportSettings
from signalwire_rest._options import KEEPALIVE_EXPIRY, ResolvedOptions, is_header_value, shown
from signalwire_rest._version import __version__

from .credentials import Credentials

HOST_VARIABLE = "SIGNALWIRE_SPACE"
CA_FILE_VARIABLE = "SIGNALWIRE_REST_CA_FILE"

_USER_AGENT = f"signalwire-rest/{__version__} httpx/{httpx.__version__}"

# These hosts use plain http unless told otherwise, as in the vendor's clients. All others use TLS.
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = rf"(?P<name>{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{{1,5}}))?"
_BASE_URL = rf"(?:(?P<scheme>(?ai:https?))://)?(?P<host>{_HOST})/?"


@frozen(eq=False, repr=False)
class Configuration:
    """What every call of a client has in common."""

    credentials: Credentials  # First, so that nothing is copied before it refuses to be.
    host: str
    origin: str
    headers: httpx.Headers
    options: ResolvedOptions
    transport: TransportSettings


def make_configuration(
    credentials: Credentials,
    host: str | None,
    options: ResolvedOptions,
    ssl_context: object,
    max_connections: object,
    app_info: object,
    *,
    has_http_client: bool,
) -> Configuration:
    """Return the configuration for the arguments of a client, which documents them.

    Raises:
        ValueError: A value is missing, empty or malformed; the message names it.
        TypeError: A value has the wrong type; the message names it.
    """
    if credentials.problem is not None:
        raise credentials.problem
    if ssl_context is not None and not isinstance(ssl_context, ssl.SSLContext):
        raise TypeError(f"ssl_context must be an ssl.SSLContext; got {type(ssl_context).__name__}")
    if has_http_client and ssl_context is not None:
        raise ValueError(
            "ssl_context cannot be combined with http_client; configure TLS on that client"
        )
    if isinstance(max_connections, bool) or not isinstance(max_connections, int):
        raise TypeError(f"max_connections must be an int; got {type(max_connections).__name__}")
    if max_connections < 1:
        raise ValueError(f"max_connections must be 1 or more; got {shown(max_connections)}")
    user_agent = _user_agent(app_info, credentials)
    url = _base_url(host, credentials)
    netloc = url.netloc.decode("ascii")
    get_ssl_context = None
    if url.scheme == "https":
        # The user's client has its own certificates and proxies.
        ca_file = None if has_http_client or ssl_context else _ca_file()
        get_ssl_context = cache(lambda: ssl_context or _make_ssl_context(ca_file))
    proxy = None if has_http_client else _proxy(url)
    return Configuration(
        host=netloc,
        origin=str(url).rstrip("/"),
        headers=httpx.Headers(
            {
                "Host": netloc,
                "Accept": "application/json",
                # A compressed response could expand a thousandfold, and a conference is 2 KB.
                "Accept-Encoding": "identity",
                "Connection": "keep-alive",
                "User-Agent": user_agent,
                "Authorization": credentials.authorization,  # httpx shows it as `[secure]`.
            }
        ),
        credentials=credentials,
        options=options,
        transport=TransportSettings(get_ssl_context, proxy, max_connections, KEEPALIVE_EXPIRY),
    )


def _user_agent(app_info: object, credentials: Credentials) -> str:
    if app_info is None:
        return _USER_AGENT
    if not isinstance(app_info, str):
        raise TypeError(f"app_info must be a str; got {type(app_info).__name__}")
    text = str.__str__(app_info)
    if not text or not is_header_value(text):
        shown_text = credentials.redact(text)[:100]
        raise ValueError(
            "app_info must be printable ASCII without spaces around it, such as my-service/1.2; "
            f"got {shown_text!r}"
        )
    return f"{_USER_AGENT} {text}"


def _base_url(host: object, credentials: Credentials) -> httpx.URL:
    problem = f"{HOST_VARIABLE} is malformed"
    if host is None:
        # Never shown: a malformed one may hold a password.
        host = credentials.redact(os.environ.get(HOST_VARIABLE, ""))
        if not host:
            raise ValueError(f"host is missing: pass host= or set {HOST_VARIABLE}")
    elif type(host) is str:
        problem = f"got {host.rpartition('@')[2][:300]!r}"
    else:
        raise TypeError(f"host must be a str; got {type(host).__name__}")
    found = re.fullmatch(_BASE_URL, host)
    port = found and found["port"]
    if not found or len(found["host"]) > 253 or (port and not 0 < int(port) < 65536):
        del host, found  # A traceback would show them.
        raise ValueError(
            "host must be a host name with an optional port, such as example.signalwire.com; "
            f"{problem}"
        )
    is_loopback = found["name"].lower() in _LOOPBACK
    scheme = (found["scheme"] or ("http" if is_loopback else "https")).lower()
    if scheme == "http" and not is_loopback:
        raise ValueError(f"host must use https, except for loopback; {problem}")
    try:
        return httpx.URL(f"{scheme}://{found['host']}")
    except httpx.InvalidURL:
        raise ValueError(f"host must be a valid host name; {problem}") from None


def _ca_file() -> str | None:
    for variable in (CA_FILE_VARIABLE, "SSL_CERT_FILE"):
        if file := os.environ.get(variable):
            if not os.path.isfile(file):
                raise ValueError(f"{variable} must name an existing file; got {file!r}")
            return file
    return None


def _make_ssl_context(ca_file: str | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file) if ca_file else httpx.create_ssl_context()


def _proxy(url: httpx.URL) -> httpx.Proxy | None:
    """Return the environment's proxy for this host, if there is one.

    Loopback is never reached through a proxy: plain http would show it the token.
    """
    if url.scheme == "http" or proxy_bypass(url.netloc.decode("ascii")):
        return None
    proxies = getproxies()
    address = proxies.get("https") or proxies.get("all")
    if not address:
        return None
    problem = "HTTPS_PROXY or ALL_PROXY must be a proxy URL, such as http://proxy.example.com:3128"
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
        if proxy.url.scheme.startswith("socks"):
            import_module("socksio")
    except (ValueError, httpx.InvalidURL):
        proxy = None
    except ImportError:
        proxy = None
        problem = "a SOCKS proxy needs the package socksio: pip install 'httpx[socks]'"
    if (
        proxy is None
        or not re.fullmatch(_HOST, proxy.url.netloc.decode("ascii"))
        or not 0 < (proxy.url.port or 1) < 65536
    ):
        # Do not repeat the address, nor leave it to a traceback: it can hold a password.
        del address, proxies, proxy
        raise ValueError(problem)
    return proxy
