"""What downstream services already use sees our calls: tracing, mocking, proxies."""

import base64
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import pytest_httpx
import respx
import vcr
import wrapt
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from support.runtimes import ID, PROJECT, TOKEN, Runtime
from support.servers import Connection, RawServer, always, example, in_turn, response

from signalwire_rest import (
    AsyncRestClient,
    RequestOptions,
    SignalWireRestNotFoundError,
    SignalWireRestServerError,
    SignalWireRestTimeoutError,
    SignalWireRestTransportError,
)

URL = f"https://example.signalwire.com/api/video/conferences/{ID}"
FAST = RequestOptions(retry_backoff=0.0)


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    yield exporter
    HTTPXClientInstrumentor().uninstrument()


def test_opentelemetry_records_one_span_per_request(
    runtime: Runtime, spans: InMemorySpanExporter
) -> None:
    script = in_turn(response(503, b""), response())
    with RawServer(script) as server:
        runtime.get(server.host, request_options=FAST)

    found = spans.get_finished_spans()
    assert [dict(each.attributes or {})["http.status_code"] for each in found] == [503, 200]
    assert all(b"traceparent: " in request.lower() for request in server.requests)
    assert TOKEN not in str([each.to_json() for each in found])


def test_opentelemetry_sees_clients_made_before_it_was_enabled(runtime: Runtime) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with RawServer(always(response())) as server, runtime.client(server.host) as client:
        client.get()
        HTTPXClientInstrumentor().instrument(tracer_provider=provider)
        try:
            client.get()
        finally:
            HTTPXClientInstrumentor().uninstrument()

    assert len(exporter.get_finished_spans()) == 1


def test_pytest_httpx_intercepts(runtime: Runtime, httpx_mock: pytest_httpx.HTTPXMock) -> None:
    httpx_mock.add_response(url=f"{URL}?include_active_session=true", json=example())
    httpx_mock.add_response(url=URL, status_code=404, json={"error": "Not Found"})
    httpx_mock.add_exception(httpx.ReadTimeout("mocked"), url=URL)

    with runtime.client("example.signalwire.com", request_options=FAST.merge(ONCE)) as client:
        assert client.get(include_active_session=True).name == "my_conference"
        with pytest.raises(SignalWireRestNotFoundError):
            client.get()
        with pytest.raises(SignalWireRestTimeoutError):
            client.get()
    assert len(httpx_mock.get_requests()) == 3


ONCE = RequestOptions(retries=0)
SHORT = RequestOptions(timeout=0.3, retries=0)
OTHER_ID = "0b6f9a52-3c1d-4e8f-9a70-5d2c41e7b003"


def test_respx_intercepts(runtime: Runtime) -> None:
    with respx.mock() as router:
        route = router.get(URL)
        route.side_effect = [
            httpx.Response(503),
            httpx.Response(200, json=example()),
            httpx.ConnectError,
            httpx.Response(404, json={"error": "Not Found"}),
        ]
        with runtime.client("example.signalwire.com", request_options=FAST) as client:
            assert client.get().name == "my_conference"
            with pytest.raises(SignalWireRestNotFoundError):
                client.get()
    assert route.call_count == 4


def test_respx_intercepts_for_as_long_as_it_is_active(runtime: Runtime) -> None:
    with RawServer(always(response())) as server, runtime.client(server.host) as client:
        url = f"http://{server.host}/api/video/conferences/{ID}"
        with respx.mock() as router:
            router.get(url).respond(json={**example(), "name": "mocked"})
            assert client.get().name == "mocked"
        assert client.get().name == "my_conference"
        with respx.mock() as router:
            router.get(url).respond(json={**example(), "name": "mocked"})
            assert client.get().name == "mocked"
            router.get(url).pass_through()
            assert client.get().name == "my_conference"
        assert client.get().name == "my_conference"
    assert len(server.requests) == 3


def test_vcrpy_records_and_replays(runtime: Runtime, tmp_path: Path) -> None:
    cassette = str(tmp_path / "cassette.yaml")
    with RawServer(in_turn(response(), response(404, {"error": "Not Found"}))) as server:
        with runtime.client(server.host, request_options=ONCE) as client:
            for _ in range(2):
                with vcr.use_cassette(cassette, filter_headers=["authorization"]):
                    assert client.get().name == "my_conference"
            with pytest.raises(SignalWireRestNotFoundError):
                client.get()
    assert len(server.requests) == 2


@pytest.mark.parametrize("maker", ["a plain function", "wrapt"])
def test_a_wrapper_of_the_send_method_of_httpx_sees_each_request(
    runtime: Runtime, maker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    original, seen = kind.send, []

    def wrapper(client: Any, request: httpx.Request, **arguments: Any) -> Any:
        seen.append(request.method)
        request.headers["X-Trace"] = str(len(seen))
        return original(client, request, **arguments)

    def wrapt_wrapper(_: Any, client: Any, arguments: Any, options: Any) -> Any:
        return wrapper(client, *arguments, **options)

    script = in_turn(response(503, b"", {"Set-Cookie": "a=b"}), response())
    with (
        RawServer(script) as server,
        runtime.client(server.host, request_options=FAST, max_connections=1) as client,
        monkeypatch.context() as patched,
    ):
        wrapped = wrapt.FunctionWrapper(original, wrapt_wrapper) if maker == "wrapt" else wrapper
        patched.setattr(kind, "send", wrapped)
        client.get()
        patched.undo()
        client.get()

    assert seen == ["GET", "GET"]
    assert [b"X-Trace: " in request for request in server.requests] == [True, True, False]
    assert not any(b"cookie" in request.lower() for request in server.requests)
    assert server.accepted == 1


def test_the_trace_extension_of_a_wrapper_reports_each_request(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []

    def trace(name: str, info: dict[str, Any]) -> None:
        events.append(name)

    async def async_trace(name: str, info: dict[str, Any]) -> None:
        events.append(name)

    kind: Any = httpx.AsyncHTTPTransport if runtime.is_async else httpx.HTTPTransport
    method = "handle_async_request" if runtime.is_async else "handle_request"
    original = getattr(kind, method)

    def wrapper(transport: Any, request: httpx.Request) -> Any:
        request.extensions["trace"] = async_trace if runtime.is_async else trace
        return original(transport, request)

    monkeypatch.setattr(kind, method, wrapper)
    with RawServer(always(response())) as server, runtime.client(server.host) as client:
        client.get()
        client.get()
    exchange = ["http11.send_request_headers.started", "http11.receive_response_headers.complete"]
    assert events == ["connection.connect_tcp.started", *exchange, *exchange]


def test_the_debug_log_names_each_step_and_nothing_of_a_request(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "signalwire.rest.http")
    with RawServer(always(response())) as server, runtime.client(server.host) as client:
        client.get()
        client.get()
    lines = [each.getMessage() for each in caplog.records if each.name == "signalwire.rest.http"]
    exchange = [
        "http11.send_request_headers.started ",
        "http11.receive_response_headers.complete ",
    ]
    assert lines == ["connection.connect_tcp.started 127.0.0.1", *exchange, *exchange]


def test_an_async_client_works_on_uvloop() -> None:
    async def main(host: str) -> None:
        options = RequestOptions(timeout=5.0)
        async with AsyncRestClient(PROJECT, TOKEN, host, options, max_connections=4) as client:
            async with anyio.create_task_group() as group:
                for _ in range(20):
                    group.start_soon(client.video.conferences.get, ID)
            with pytest.raises(SignalWireRestTimeoutError):
                await client.video.conferences.get(OTHER_ID, request_options=SHORT)
            assert (await client.video.conferences.get(ID)).name == "my_conference"

    def script(connection: Connection) -> None:
        while request := connection.read_request():
            if OTHER_ID.encode() in request:
                connection.hold()
            else:
                connection.send(response())

    with RawServer(script) as server:
        anyio.run(main, server.host, backend_options={"use_uvloop": True})
    assert len(server.requests) == 22


def test_a_timeout_is_named_on_uvloop_whose_timers_end_early() -> None:
    messages: list[str] = []

    async def main(host: str) -> None:
        async with AsyncRestClient(PROJECT, TOKEN, host) as client:

            async def get(timeout: float) -> None:
                options = RequestOptions(timeout=timeout)
                with pytest.raises(SignalWireRestTimeoutError) as caught:
                    await client.video.conferences.get(ID, request_options=options)
                messages.append(str(caught.value))

            for _ in range(2):
                async with anyio.create_task_group() as group:
                    for each in range(50):
                        group.start_soon(get, 0.2 + each * 0.00113)

    with RawServer(lambda connection: connection.hold()) as server:
        anyio.run(main, server.host, backend_options={"use_uvloop": True})
    assert [each for each in messages if "(timeout)" not in each] == []


def test_a_response_from_a_mock_transport_is_read(runtime: Runtime) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == URL
        return httpx.Response(200, json=example())

    transport = httpx.MockTransport(handler)
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    conference = runtime.get(
        "example.signalwire.com", client={"http_client": kind(transport=transport)}
    )
    assert conference.name == "my_conference"


class Proxy:
    """A CONNECT proxy that takes note of what it was asked, and refuses it with a status."""

    def __init__(self, status: int = 502) -> None:
        self.status = status
        self.asked: list[str] = []
        self.server = RawServer(self.script)

    def script(self, connection: Any) -> None:
        while request := connection.read_request():
            self.asked.append(request.decode())
            connection.send(response(self.status, b"", reason="No Way"))


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_from_the_environment_never_sees_the_token(
    runtime: Runtime, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy()
    with proxy.server:
        monkeypatch.setenv(variable, f"http://user:pw@{proxy.server.host}")
        with pytest.raises(SignalWireRestTransportError, match="502") as caught:
            runtime.get("example.signalwire.com", request_options=ONCE)
    assert caught.value.may_have_been_processed is False

    (asked,) = proxy.asked
    assert asked.startswith("CONNECT example.signalwire.com:443 HTTP/1.1\r\n")
    credentials = base64.b64encode(b"user:pw").decode()
    assert f"proxy-authorization: basic {credentials}".lower() in asked.lower()
    assert "\r\nauthorization" not in asked.lower()


@pytest.mark.parametrize(
    ("status", "times"), [(407, 1), (403, 1), (401, 1), (404, 1), (502, 3), (503, 3), (429, 3)]
)
@pytest.mark.parametrize("given", [False, True], ids=["our transport", "http_client"])
def test_a_proxy_that_refuses_is_asked_once(
    runtime: Runtime, status: int, times: int, given: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy(status)
    with proxy.server:
        address = f"http://user:wrong@{proxy.server.host}"
        kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
        monkeypatch.setenv("HTTPS_PROXY", address)
        arguments = {"http_client": kind(proxy=address)} if given else {}
        with pytest.raises(SignalWireRestTransportError, match=f"ProxyError: {status}") as caught:
            runtime.get("example.signalwire.com", client=arguments, request_options=FAST)

    assert len(proxy.asked) == caught.value.attempts == times


def test_no_proxy_is_honoured(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy()
    with proxy.server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.server.host}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.2")
        with pytest.raises(SignalWireRestTransportError):
            runtime.get("127.0.0.2:9", request_options=ONCE)

    assert proxy.asked == []


def test_loopback_is_never_reached_through_a_proxy(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy()
    with proxy.server, RawServer(always(response())) as server:
        for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(variable, f"http://{proxy.server.host}")
        runtime.get(server.host)

    assert proxy.asked == []


class OwnClients:
    """Clients of the user, and what must not change on them."""

    @staticmethod
    def make(runtime: Runtime, **arguments: Any) -> Any:
        kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
        return kind(
            auth=("other", "secret"),
            headers={"Authorization": "Bearer other", "X-Mine": "1"},
            params={"page": "2"},
            cookies={"a": "b"},
            base_url="https://elsewhere.example.com",
            follow_redirects=True,
            timeout=99.0,
            **arguments,
        )

    @staticmethod
    def state(client: Any) -> Any:
        return (
            dict(client.headers),
            dict(client.params),
            dict(client.cookies),
            str(client.base_url),
            client.timeout,
            client.auth,
            client.follow_redirects,
            client.event_hooks,
        )


def test_an_http_client_is_used_but_neither_changed_nor_closed(
    runtime: Runtime,
) -> None:
    seen: list[str] = []

    def hook(request: httpx.Request) -> None:
        seen.append(str(request.url))

    async def async_hook(request: httpx.Request) -> None:
        hook(request)

    own = OwnClients.make(
        runtime, event_hooks={"request": [async_hook if runtime.is_async else hook]}
    )
    before = OwnClients.state(own)
    with RawServer(always(response())) as server:
        with runtime.client(server.host, http_client=own) as client:
            client.get(include_active_session=True)
            assert OwnClients.state(own) == before
            client.close()
            assert not own.is_closed

    (request,) = server.requests
    head = request.decode().lower()
    assert head.startswith(f"get /api/video/conferences/{ID}?include_active_session=true http/1.1")
    expected = base64.b64encode(f"{PROJECT}:{TOKEN}".encode()).decode()
    assert f"Authorization: Basic {expected}\r\n" in request.decode()
    assert "bearer" not in head
    assert "page=2" not in head
    assert len(seen) == 1


def test_the_headers_and_cookies_of_an_http_client_are_sent_but_never_replace_ours(
    runtime: Runtime,
) -> None:
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    cookies = httpx.Cookies({"a": "b"})
    cookies.set("other", "1", domain="elsewhere.example.com")
    headers = [
        *(("authorization", "Bearer other"), ("ACCEPT", "text/html"), ("user-agent", "other")),
        *(("Accept-Encoding", "gzip"), ("hOST", "elsewhere"), ("X-Mine", "1"), ("X-Mine", "2")),
    ]
    own = kind(headers=headers, cookies=cookies)
    busy = response(503, b"", {"Set-Cookie": "c=d"})
    with RawServer(in_turn(busy, response())) as server:
        runtime.get(server.host, client={"http_client": own}, request_options=FAST)

    fields = [
        [tuple(line.split(": ", 1)) for line in request.decode().split("\r\n")[1:-2]]
        for request in server.requests
    ]
    for sent, cookie in zip(fields, ("a=b", "a=b; c=d"), strict=True):
        found = [(name.lower(), value) for name, value in sent]
        names = [name for name, _ in found if name != "x-mine"]
        assert len(names) == len(set(names))
        values = dict(found)
        assert values["authorization"] == httpx.BasicAuth(PROJECT, TOKEN)._auth_header
        assert (values["accept"], values["accept-encoding"]) == ("application/json", "identity")
        assert values["host"] == server.host
        assert values["user-agent"].startswith("signalwire-rest/")
        assert [value for name, value in found if name == "x-mine"] == ["1", "2"]
        assert sorted(values["cookie"].split("; ")) == cookie.split("; ")


def test_a_cookie_header_of_an_http_client_is_sent_with_every_attempt(runtime: Runtime) -> None:
    kind: Any = httpx.AsyncClient if runtime.is_async else httpx.Client
    own = kind(headers={"cookie": "mine=1"})
    busy = response(503, b"", {"Set-Cookie": "c=d"})
    with RawServer(in_turn(busy, response())) as server:
        runtime.get(server.host, client={"http_client": own}, request_options=FAST)

    assert [b"\r\ncookie: mine=1\r\n" in request.lower() for request in server.requests] == [
        True,
        True,
    ]


def test_redirects_are_never_followed(runtime: Runtime) -> None:
    with RawServer(always(response())) as elsewhere:
        location = {"Location": f"http://{elsewhere.host}/"}
        with RawServer(always(response(302, b"", location))) as server:
            for own in (None, OwnClients.make(runtime)):
                with pytest.raises(Exception, match="302"):
                    runtime.get(server.host, client={"http_client": own})

    assert elsewhere.accepted == 0


def test_a_hook_that_raises_for_status_gives_the_usual_error(runtime: Runtime) -> None:
    def hook(response: httpx.Response) -> None:
        response.raise_for_status()

    async def async_hook(response: httpx.Response) -> None:
        response.raise_for_status()

    hooks = {"response": [async_hook if runtime.is_async else hook]}
    with RawServer(always(response(503, b""))) as server:
        with pytest.raises(SignalWireRestServerError) as caught:
            runtime.get(
                server.host,
                client={"http_client": OwnClients.make(runtime, event_hooks=hooks)},
                request_options=FAST,
            )
    assert caught.value.attempts == 3


def test_a_response_that_a_hook_has_read_is_still_readable(runtime: Runtime) -> None:
    def hook(response: httpx.Response) -> None:
        response.read()

    async def async_hook(response: httpx.Response) -> None:
        await response.aread()

    hooks = {"response": [async_hook if runtime.is_async else hook]}
    with RawServer(always(response())) as server:
        own = OwnClients.make(runtime, event_hooks=hooks)
        assert runtime.get(server.host, client={"http_client": own}).name == "my_conference"


def test_a_closed_http_client_is_a_clear_error(runtime: Runtime) -> None:
    own = OwnClients.make(runtime)
    if runtime.is_async:
        import anyio

        anyio.run(own.aclose)
    else:
        own.close()
    with pytest.raises(RuntimeError, match="http_client of this client is closed"):
        runtime.get("example.signalwire.com", client={"http_client": own})


def test_the_first_calls_of_many_threads_share_one_pool() -> None:
    from signalwire_rest import RestClient

    barrier = threading.Barrier(32)
    names: list[str] = []
    with RawServer(always(response())) as server:
        with RestClient("p", TOKEN, server.host, max_connections=4) as client:

            def call() -> None:
                barrier.wait()
                names.append(client.video.conferences.get(ID).name)

            threads = [threading.Thread(target=call) for _ in range(32)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    assert names == ["my_conference"] * 32
    assert server.accepted <= 4
