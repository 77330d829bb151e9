"""Guarantee 7: the arguments of a client are checked before anything is sent, and named."""

import enum
import ssl
import sys
from typing import Any

import httpx
import pytest
from support.runtimes import PROJECT, TOKEN, Runtime
from support.secrets import shown
from support.servers import RawServer, always, response

from signalwire_rest import RequestOptions

GOOD: dict[str, Any] = {"project": PROJECT, "token": TOKEN, "host": "example.signalwire.com"}


@pytest.mark.parametrize(
    ("argument", "variable"),
    [
        ("project", "SIGNALWIRE_PROJECT_ID"),
        ("token", "SIGNALWIRE_API_TOKEN"),
        ("host", "SIGNALWIRE_SPACE"),
    ],
)
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_argument_is_named_with_its_variable(
    runtime: Runtime,
    argument: str,
    variable: str,
    value: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if value is not None:
        monkeypatch.setenv(variable, value)
    arguments = {**GOOD, argument: None}

    with pytest.raises(ValueError, match=rf"^{argument} is missing.*{variable}") as caught:
        runtime.client_class(**arguments)

    assert TOKEN not in str(caught.value)


def test_all_three_arguments_default_to_the_environment(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawServer(always(response())) as server:
        monkeypatch.setenv("SIGNALWIRE_PROJECT_ID", PROJECT)
        monkeypatch.setenv("SIGNALWIRE_API_TOKEN", TOKEN)
        monkeypatch.setenv("SIGNALWIRE_SPACE", server.host)
        with runtime.client(host=None, project=None, token=None) as client:  # type: ignore[arg-type]
            client.get()

    authorization = httpx.BasicAuth(PROJECT, TOKEN)._auth_header
    assert f"Authorization: {authorization}\r\n".encode() in server.requests[0]


@pytest.mark.parametrize(
    "host",
    [
        "http://example.signalwire.com",
        "http://localhost.example.com",
        "ftp://example.signalwire.com",
        "https:example.signalwire.com",
        "http\u017f://example.signalwire.com",
        "https://",
        "https://user:pw@example.signalwire.com",
        "https://example.signalwire.com//",
        "https://https://example.signalwire.com",
        "example.signalwire.com/?x",
        "user@example.signalwire.com",
        "user:pw@example.signalwire.com",
        "example.signalwire.com/api",
        "example.signalwire.com?x",
        "example.signalwire.com#x",
        "example.signalwire.com:",
        "example.signalwire.com:port",
        "example.signalwire.com:0",
        "example.signalwire.com:65536",
        "example.signalwire.com:-1",
        "example.signalwire.com:٨٠",
        " example.signalwire.com",
        "example.signalwire.com\n",
        "example signalwire.com",
        "exam\tple.signalwire.com",
        "example..com",
        "[::1",
        "[1:2:3:4:5:6:7:8:9]",
        "[::zz]",
        "::1",
        ".",
        "..",
        "",
        "a" * 64 + ".com",
        "\\example.com",
        "example.com\\@evil.com",
    ],
    ids=repr,
)
def test_an_invalid_host_is_rejected(runtime: Runtime, host: str) -> None:
    with pytest.raises(ValueError, match="^host "):
        runtime.client_class(**{**GOOD, "host": host})


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"project": "a:b"}, ValueError, "project"),
        ({"project": "a\r\nb"}, ValueError, "project"),
        ({"project": "  "}, ValueError, "project"),
        ({"project": 7}, TypeError, "project"),
        ({"token": f"{TOKEN}\n"}, ValueError, "token"),
        ({"token": f"{TOKEN}\r\nX-Evil: 1"}, ValueError, "token"),
        ({"token": f"{TOKEN}\0"}, ValueError, "token"),
        ({"token": f"{TOKEN}\ud800"}, ValueError, "token"),
        ({"token": ""}, ValueError, "token"),
        ({"token": TOKEN.encode()}, TypeError, "token must be a str; got bytes"),
        ({"host": 7}, TypeError, "host"),
        ({"request_options": {"timeout": 1}}, TypeError, "request_options"),
        ({"http_client": 7}, TypeError, "http_client"),
        ({"ssl_context": True}, TypeError, "ssl_context"),
        ({"max_connections": 0}, ValueError, "max_connections"),
        ({"max_connections": -(10**5000)}, ValueError, "max_connections"),
        ({"max_connections": True}, TypeError, "max_connections"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else str(each)[:40],
)
def test_an_invalid_argument_is_named_without_the_token(
    runtime: Runtime, change: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=f"^{words}") as caught:
        runtime.client_class(**{**GOOD, **change})

    assert TOKEN not in str(caught.value)


def test_a_str_enum_means_its_value(runtime: Runtime) -> None:
    with RawServer(always(response())) as server:
        texts = {"PROJECT": PROJECT, "TOKEN": TOKEN, "HOST": server.host}
        make_enum: Any = enum.Enum
        setting = make_enum("Setting", texts, type=str)
        with runtime.client(setting.HOST, project=setting.PROJECT, token=setting.TOKEN) as client:
            client.get()
            assert repr(client.client).endswith(f"(project={PROJECT!r}, host={server.host!r})")

    authorization = httpx.BasicAuth(PROJECT, TOKEN)._auth_header
    assert f"Authorization: {authorization}\r\n".encode() in server.requests[0]
    assert f"Host: {server.host}\r\n".encode() in server.requests[0]


class Lying(str):
    """Text that claims to be something else."""

    def __str__(self) -> str:
        return "decoy.example.com"

    __format__ = __repr__ = lambda self, *_: "decoy.example.com"  # type: ignore[assignment]

    def isprintable(self) -> bool:
        return True

    def strip(self, *_: object) -> str:
        return "decoy"


def test_a_str_subclass_is_checked_by_its_value(runtime: Runtime) -> None:
    for argument, value in {"project": "a:b", "token": "a\nb", "host": "a/b"}.items():
        with pytest.raises(ValueError, match=f"^{argument} "):
            runtime.client_class(**{**GOOD, argument: Lying(value)})

    client = runtime.client_class(PROJECT, TOKEN, Lying("example.com"))
    assert client._configuration.origin == "https://example.com"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("example.signalwire.com", "https://example.signalwire.com"),
        ("EXAMPLE.signalwire.com:8443", "https://example.signalwire.com:8443"),
        ("127.0.0.1:80", "http://127.0.0.1"),
        ("localhost:8080", "http://localhost:8080"),
        ("LOCALHOST", "http://localhost"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("127.0.0.2:8080", "https://127.0.0.2:8080"),
        ("localhost.example.com", "https://localhost.example.com"),
        ("[::2]", "https://[::2]"),
        ("https://example.signalwire.com", "https://example.signalwire.com"),
        ("HTTPS://example.signalwire.com:8443/", "https://example.signalwire.com:8443"),
        ("example.signalwire.com/", "https://example.signalwire.com"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("https://localhost:8443", "https://localhost:8443"),
    ],
)
def test_only_loopback_uses_plain_http(runtime: Runtime, host: str, url: str) -> None:
    client = runtime.client_class(**{**GOOD, "host": host})

    assert httpx.URL(client._configuration.origin) == httpx.URL(url)


@pytest.mark.parametrize(
    "space", ["joe:hunter2@example.com", "https://x/?api_key=hunter2", "http://example.com/hunter2"]
)
def test_a_malformed_space_from_the_environment_is_not_shown(
    runtime: Runtime, space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNALWIRE_SPACE", space)
    with pytest.raises(ValueError, match="^host must be a host name.*SIGNALWIRE_SPACE") as caught:
        runtime.client_class(PROJECT, TOKEN)
    assert "hunter2" not in str(caught.value)


def test_the_password_of_a_malformed_host_is_not_shown(runtime: Runtime) -> None:
    with pytest.raises(ValueError, match="got 'example.com'") as caught:
        runtime.client_class(PROJECT, TOKEN, "https://joe:hunter2@example.com")
    assert "hunter2" not in str(caught.value)


def test_an_http_client_of_the_other_kind_is_rejected(runtime: Runtime) -> None:
    other = httpx.Client() if runtime.is_async else httpx.AsyncClient()
    with pytest.raises(TypeError, match="http_client must be an httpx"):
        runtime.client_class(**GOOD, http_client=other)


@pytest.mark.parametrize("variable", ["SIGNALWIRE_REST_CA_FILE", "SSL_CERT_FILE"])
def test_a_certificate_file_that_is_not_read_is_not_checked(
    runtime: Runtime, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "/no/such/file.pem")
    with pytest.raises(ValueError, match=f"^{variable} must name an existing file"):
        runtime.client_class(**GOOD)

    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    runtime.client_class(**{**GOOD, "host": "127.0.0.1:8000"})
    runtime.client_class(**GOOD, ssl_context=ssl.create_default_context())
    runtime.client_class(**GOOD, http_client=kind(trust_env=False))
    if variable == "SSL_CERT_FILE":
        monkeypatch.setenv("SIGNALWIRE_REST_CA_FILE", __file__)
        runtime.client_class(**GOOD)


@pytest.mark.parametrize(
    "address",
    [
        *("socks9://proxy:1", "http://", "http://user:pw@pro xy", "ftp://user:pw@proxy"),
        *("http://user:pw@proxy:65536", "socks5://user:pw@proxy:99999"),
    ],
)
def test_an_invalid_proxy_variable_is_named_without_its_password(
    runtime: Runtime, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(ValueError, match=r"PROXY|SOCKS") as caught:
        runtime.client_class(**GOOD)
    for where, text in shown(caught.value):
        assert "pw" not in text, where


def test_a_socks_proxy_without_its_package_is_an_error_that_says_what_to_install(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://user:pw@proxy:1080")
    monkeypatch.setitem(sys.modules, "socksio", None)  # as if it were not installed
    with pytest.raises(ValueError, match=r"needs the package socksio: pip install") as caught:
        runtime.client_class(**GOOD)
    for where, text in shown(caught.value):
        assert "pw" not in text, where


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"timeout": 0}, ValueError),
        ({"timeout": -1}, ValueError),
        ({"timeout": float("inf")}, ValueError),
        ({"timeout": 1e10}, ValueError),
        ({"timeout": 10**400}, ValueError),
        ({"timeout": float("nan")}, ValueError),
        ({"timeout": True}, TypeError),
        ({"timeout": "5"}, TypeError),
        ({"timeout": 10**5000}, ValueError),
        ({"retry_backoff": -(10**5000)}, ValueError),
        ({"retries": -1}, ValueError),
        ({"retries": -(10**5000)}, ValueError),
        ({"max_response_bytes": 10**5000}, ValueError),
        ({"retry_on_status": [10**5000, "500"]}, TypeError),
        ({"retries": 1.5}, TypeError),
        ({"retry_on_status": ["500"]}, TypeError),
        ({"retry_on_status": 500}, TypeError),
        ({"retry_on_status": [[]]}, TypeError),
        ({"retry_backoff": -0.1}, ValueError),
        ({"max_response_bytes": -1}, ValueError),
        ({"abort_signal": 7}, TypeError),
    ],
    ids=lambda each: str(each)[:40] if not isinstance(each, dict) else next(iter(each)),
)
def test_an_invalid_option_is_named(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error, match=next(iter(arguments))):
        RequestOptions(**arguments)


def test_none_inherits_and_the_call_overrides_the_client() -> None:
    near = RequestOptions(timeout=1.0, retry_on_status=[418])
    far = RequestOptions(timeout=9.0, retries=5)

    merged = far.merge(near)

    assert (merged.timeout, merged.retries) == (1.0, 5)
    assert merged.retry_on_status == frozenset({418})
    assert far.merge(None) == far
    with pytest.raises(TypeError, match="RequestOptions"):
        far.merge(7)  # type: ignore[arg-type]


def test_an_http_client_makes_the_variables_irrelevant(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    own = kind(trust_env=False)
    monkeypatch.setenv("HTTPS_PROXY", "socks5://no.such.package:1")
    monkeypatch.setenv("SIGNALWIRE_REST_CA_FILE", "/no/such/file.pem")
    runtime.client_class(**GOOD, http_client=own)
    with pytest.raises(ValueError, match="^ssl_context"):
        runtime.client_class(**GOOD, http_client=own, ssl_context=ssl.create_default_context())
