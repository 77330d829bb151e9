"""Who is called, by whom and how: the arguments of a client, the environment, and their checks."""

import os
import re
import ssl
from importlib.util import find_spec
from urllib.request import getproxies, proxy_bypass

import httpx
from attrs import field, frozen

from signalwire.rest._credentials import Credentials
from signalwire.rest._options import Policy
from signalwire.rest._version import __version__

HOST_VARIABLE = "SIGNALWIRE_SPACE"
CA_FILE_VARIABLE = "SIGNALWIRE_REST_CA_FILE"

_HEADERS = {
    "Accept": "application/json",
    # A coded answer could grow a thousandfold, and a conference is 2 KB.
    "Accept-Encoding": "identity",
    "Connection": "keep-alive",
    "User-Agent": f"signalwire-rest/{__version__} httpx/{httpx.__version__}",
}

# Spoken to in plain http, as in the vendor's clients. Every other host is spoken to over TLS.
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(
    rf"(?P<name>{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{{1,5}}))?"
)


@frozen
class Configuration:
    """What every call of a client has in common."""

    host: str
    origin: str
    headers: httpx.Headers
    credentials: Credentials
    policy: Policy
    max_connections: int
    proxy: httpx.Proxy | None = field(repr=False)
    ssl_context: ssl.SSLContext | None = field(repr=False)
    ca_file: str | None

    def tls(self) -> ssl.SSLContext:
        """Return the TLS context to verify the host with. Making one takes some 30 ms.

        Raises:
            OSError: The file of certificates cannot be read (:class:`ssl.SSLError` is one, too).
        """
        if self.ssl_context is not None:
            return self.ssl_context
        if self.ca_file is not None:
            return ssl.create_default_context(cafile=self.ca_file)
        return httpx.create_ssl_context()


def configuration(
    credentials: Credentials,
    host: str | None,
    policy: Policy,
    ssl_context: object,
    max_connections: object,
    *,
    own: bool,
) -> Configuration:
    """Return the configuration that the arguments of a client and the environment make.

    Raises:
        ValueError: Something is missing, empty or malformed; the message names it.
        TypeError: Something is of another type; the message names it.
    """
    credentials.check()
    if ssl_context is not None and not isinstance(ssl_context, ssl.SSLContext):
        raise TypeError(f"ssl_context takes an SSLContext, not {type(ssl_context).__name__}")
    if own and ssl_context is not None:
        raise ValueError("ssl_context is of no use with an http_client: give it to that")
    if isinstance(max_connections, bool) or not isinstance(max_connections, int):
        raise TypeError(f"max_connections takes an int, not {type(max_connections).__name__}")
    if max_connections < 1:
        raise ValueError(f"max_connections takes a number above 0, not {max_connections}")
    host = host if host is not None else os.environ.get(HOST_VARIABLE) or None
    url = _base_url(host)
    ca_file = None
    # A client of the user's own has answered these questions by itself.
    for variable in () if own or ssl_context is not None else (CA_FILE_VARIABLE, "SSL_CERT_FILE"):
        file = os.environ.get(variable)
        if file and not os.path.isfile(file):
            raise ValueError(f"{variable} names {file!r}, which is no file")
        ca_file = ca_file or file or None
    return Configuration(
        host=str(host),
        origin=str(url).rstrip("/"),
        headers=credentials.headers({"Host": url.netloc.decode("ascii"), **_HEADERS}),
        credentials=credentials,
        policy=policy,
        max_connections=max_connections,
        proxy=None if own else _proxy(url),
        ssl_context=ssl_context,
        ca_file=ca_file,
    )


def _base_url(host: object) -> httpx.URL:
    if host is None:
        raise ValueError(f"host is missing: pass host=, or set {HOST_VARIABLE}")
    if not isinstance(host, str):
        raise TypeError(f"host takes a str, not {type(host).__name__}")
    found = _HOST.fullmatch(host)
    if not found or len(host) > 253 or (found["port"] and not 0 < int(found["port"]) < 65536):
        raise ValueError(
            f"host takes the name of a host, example.signalwire.com say, with a port or without, "
            f"and no scheme, user, path, query or white space; not {host[:300]!r}"
        )
    scheme = "http" if found["name"].lower() in _LOOPBACK else "https"
    try:
        return httpx.URL(f"{scheme}://{host}")
    except httpx.InvalidURL as error:
        raise ValueError(f"host is not one: {host!r}: {error}") from None


def _proxy(url: httpx.URL) -> httpx.Proxy | None:
    """Return the proxy that the environment has for this host, None where it has none.

    Loopback is never spoken to through a proxy: plain http would show it the token.
    """
    if url.scheme == "http" or proxy_bypass(url.netloc.decode("ascii")):
        return None
    proxies = getproxies()
    address = proxies.get("https") or proxies.get("all")
    if not address:
        return None
    if address.startswith("socks") and not find_spec("socksio"):
        raise ValueError("a SOCKS proxy needs the package socksio: pip install 'httpx[socks]'")
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
    except (ValueError, httpx.InvalidURL):
        proxy = None
    if proxy is None or not _HOST.fullmatch(proxy.url.netloc.decode("ascii")):
        # The address is not repeated: it can hold a password.
        raise ValueError("HTTPS_PROXY or ALL_PROXY is not the address of a proxy")
    return proxy
