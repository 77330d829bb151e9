"""Lists: pages, the links between them, and iteration."""

import copy
import gc
import json
import pickle
import re
import threading
import weakref
from datetime import UTC, datetime
from typing import Any

import anyio
import pytest
from support.runtimes import ID, PROJECT, TOKEN, BlockingClient, Runtime
from support.servers import Connection, RawServer, Recorder, example, response

from signalwire_rest import (
    UNSET,
    AsyncRestClient,
    RequestOptions,
    RestClient,
    SignalWireRestContractError,
    SignalWireRestServerError,
)
from signalwire_rest._core import pagination

PATH = "/api/video/conferences"
FAST = RequestOptions(retry_backoff=0.0)


def page_of(names: list[str], next_link: object = None, **links: object) -> dict[str, Any]:
    links = {"self": PATH, "first": PATH, "next": next_link, **links}
    return {"data": [{**example(), "name": name} for name in names], "links": links}


def names_of(conferences: Any) -> list[str]:
    return [each.name for each in conferences]


class Space:
    """A script that serves pages by their request targets, ``{host}`` being its own address."""

    def __init__(self, pages: dict[str, dict[str, Any]]) -> None:
        self.pages = pages
        self.targets: list[str] = []

    def __call__(self, connection: Connection) -> None:
        while head := connection.read_request():
            target = head.split()[1].decode()
            self.targets.append(target)
            body = json.dumps(self.pages[target]).replace("{host}", connection.server.host)
            connection.send(response(200, body.encode()))


def listed(caller: BlockingClient, **arguments: Any) -> Any:
    return caller.call(caller.client.video.conferences.list, **arguments)


def collect(caller: BlockingClient, stop: int | None = None, **arguments: Any) -> list[str]:
    """Return the names that ``paginate`` yields, up to ``stop`` of them."""
    found: list[str] = []
    items = caller.client.video.conferences.paginate(**arguments)

    async def walk() -> None:
        async for each in items:
            found.append(each.name)
            if len(found) == stop:
                break

    if caller.portal is not None:
        caller.call(walk)
        return found
    for each in items:
        found.append(each.name)
        if len(found) == stop:
            break
    return found


def test_pages_are_followed_to_the_end(runtime: Runtime) -> None:
    space = Space(
        {
            PATH: page_of(["a", "b"], f"{PATH}?page_token=PA2"),
            f"{PATH}?page_token=PA2": page_of(["c"]),
        }
    )
    with RawServer(space) as server, runtime.client(server.host) as caller:
        first = listed(caller)
        second = caller.call(first.next_page)

        assert (names_of(first.data), names_of(second.data)) == (["a", "b"], ["c"])
        assert first.links.next_ == f"{PATH}?page_token=PA2"
        assert caller.call(second.next_page) is None
        assert names_of(caller.call(first.next_page).data) == ["c"]
        raw = caller.call(caller.client.video.conferences.with_raw_response.list)
        assert names_of(caller.call(raw.parse().next_page).data) == ["c"]
        assert collect(caller) == ["a", "b", "c"]


@pytest.mark.parametrize("end", [None, "", UNSET], ids=["null", "empty", "absent"])
def test_a_list_ends_without_a_next_link(runtime: Runtime, end: object) -> None:
    page = page_of(["a"], end)
    if end is UNSET:
        del page["links"]["next"]
    space = Space({PATH: page})
    with RawServer(space) as server, runtime.client(server.host) as caller:
        assert collect(caller) == ["a"]
        assert caller.call(listed(caller).next_page) is None

    assert space.targets == [PATH, PATH]


def test_a_list_of_streams_can_lack_links(runtime: Runtime) -> None:
    with RawServer(Recorder(response(200, example("stream-page")))) as server:
        with runtime.client(server.host) as caller:
            page = caller.call(caller.client.video.conferences.list_streams, ID)

            assert page.links is UNSET
            assert caller.call(page.next_page) is None


@pytest.mark.parametrize(
    "link",
    [
        "?page_token=PA2",
        f"{PATH}?page_token=PA2",
        "conferences?page_token=PA2",
        "//{host}/api/video/conferences?page_token=PA2",
        "http://{host}/api/video/conferences?page_token=PA2",
        "HTTP://{host}/api/video/conferences?page_token=PA2#",
    ],
)
def test_a_link_may_be_relative_or_absolute(runtime: Runtime, link: str) -> None:
    space = Space({PATH: page_of(["a"], link), f"{PATH}?page_token=PA2": page_of(["b"])})
    with RawServer(space) as server, runtime.client(server.host) as caller:
        assert collect(caller) == ["a", "b"]


HOSTILE = {
    "another scheme": "https://{host}/api/video/conferences?page_token=PA2",
    "no scheme for the web": "file:///api/video/conferences?page_token=PA2",
    "another host": "http://example.com/api/video/conferences?page_token=PA2",
    "another host, same scheme": "//example.com/api/video/conferences?page_token=PA2",
    "another port": "http://{host}1/api/video/conferences?page_token=PA2",
    "a port out of range": "http://{host}99999/api/video/conferences?page_token=PA2",
    "user info": "http://user:password@{host}/api/video/conferences?page_token=PA2",
    "our host as user info": "http://{host}@example.com/api/video/conferences?page_token=PA2",
    "another path": "/api/video/rooms?page_token=PA2",
    "a longer path": "/api/video/conferences/?page_token=PA2",
    "a parent folder": "/api/video/conferences/..?page_token=PA2",
    "an encoded path": "/api/video/%63onferences?page_token=PA2",
    "no path": "http://{host}?page_token=PA2",
    "a fragment": "/api/video/conferences?page_token=PA2#top",
    "back slashes": "\\\\example.com\\api\\video\\conferences?page_token=PA2",
    "white space": " /api/video/conferences?page_token=PA2",
    "a line break": "/api/video/conferences?page_token=PA2\r\nX-Injected: 1",
    "a surrogate": "/api/video/conferences?page_token=\ud800",
    "an invalid host": "http://[::1/api/video/conferences",
    "too long": "?page_token=" + "A" * 70_000,
    "too long with the filters": "?page_token=" + "A" * 65_475,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_link_that_leads_elsewhere_is_an_error_and_nothing_is_sent(
    runtime: Runtime, name: str
) -> None:
    space = Space({f"{PATH}?page_size=1": page_of(["a"], HOSTILE[name])})
    with RawServer(space) as server, runtime.client(server.host) as caller:
        page = listed(caller, page_size=1)
        for _ in range(2):
            with pytest.raises(SignalWireRestContractError) as caught:
                caller.call(page.next_page)

    error = caught.value
    assert names_of(page.data) == ["a"]
    assert error.path == "links.next"
    assert "links.next must lead to a page of the same list; got " in str(error)
    assert HOSTILE[name].replace("{host}", server.host)[:20].strip() in str(error).replace(
        "\\\\", "\\"
    )
    assert (error.status_code, error.url) == (200, f"http://{server.host}{PATH}?page_size=1")
    assert copy.deepcopy(error).args == pickle.loads(pickle.dumps(error)).args == error.args
    assert len(space.targets) == 1
    assert server.accepted == 1


@pytest.mark.parametrize("start", range(250, 310, 3))
def test_a_link_with_the_token_keeps_no_part_of_it(start: int) -> None:
    space = Space({PATH: page_of([], "https://example.com/".ljust(start, "x") + TOKEN)})
    with RawServer(space) as server, RestClient(PROJECT, TOKEN, server.host) as client:
        with pytest.raises(SignalWireRestContractError) as caught:
            client.video.conferences.list().next_page()
    assert TOKEN[:6] not in f"{caught.value} {caught.value.args}"


@pytest.mark.parametrize("kind", [7, True, [], {}], ids=repr)
def test_a_link_of_another_type_is_an_error(runtime: Runtime, kind: object) -> None:
    with RawServer(Space({PATH: page_of(["a"], kind)})) as server:
        with runtime.client(server.host) as caller:
            with pytest.raises(SignalWireRestContractError) as caught:
                listed(caller)

    assert caught.value.path == "links.next"


@pytest.mark.parametrize(
    ("query", "added"),
    [
        ("page_number=1&page_number=1&page_token=PA-2", "&page_size=5"),
        ("page_token=a%2Fb+c&x=%zz&&y=&=z&page_size=6", ""),
        ("page_token=[a]|{b}'c'~!$*(),;:@/?", "&page_size=5"),
        ("PAGE_SIZE=6", "&page_size=5"),
    ],
)
def test_the_query_of_a_link_is_sent_as_it_came(runtime: Runtime, query: str, added: str) -> None:
    first, link = f"{PATH}?page_number=0&page_size=5", f"{PATH}?{query}"
    space = Space({first: page_of(["a"], link), f"{link}{added}": page_of(["b"])})
    with RawServer(space) as server, runtime.client(server.host) as caller:
        page = listed(caller, page_size=5, page_number=0)
        assert names_of(caller.call(page.next_page).data) == ["b"]


def test_the_position_of_the_caller_is_not_sent_with_a_link(runtime: Runtime) -> None:
    link = f"{PATH}?cursor=2"
    space = Space({f"{PATH}?page_number=1&page_token=PA1": page_of([], link), link: page_of(["b"])})
    with RawServer(space) as server, runtime.client(server.host) as caller:
        page = listed(caller, page_number=1, page_token="PA1")
        assert names_of(caller.call(page.next_page).data) == ["b"]


def test_filters_that_a_link_lacks_are_sent_again(runtime: Runtime) -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC)
    filters = "starts_after=2026-01-01T00%3A00%3A00Z&include_active_session=true&page_size=1"
    second = f"{PATH}?page_token=PA2&page_size=1"
    third = f"{PATH}?page_token=PA3"
    more = "starts_after=2026-01-01T00%3A00%3A00Z&include_active_session=true"
    space = Space(
        {
            f"{PATH}?{filters}": page_of(["a"], second),
            f"{second}&{more}": page_of(["b"], third),
            f"{third}&{filters}": page_of(["c"]),
        }
    )
    arguments: dict[str, Any] = {
        "starts_after": after,
        "include_active_session": True,
        "page_size": 1,
    }
    with RawServer(space) as server, runtime.client(server.host) as caller:
        assert collect(caller, **arguments) == ["a", "b", "c"]


LOOPS = {
    "the same page": {PATH: f"{PATH}"},
    "the same page without its query": {f"{PATH}?page_size=1": PATH},
    "an empty query": {f"{PATH}?page_size=1": f"{PATH}?"},
    "the first page": {PATH: "?page_token=2", f"{PATH}?page_token=2": PATH},
    "a later page": {
        PATH: "?page_token=2",
        f"{PATH}?page_token=2": "?page_token=3",
        f"{PATH}?page_token=3": "?page_token=4",
        f"{PATH}?page_token=4": "?page_token=2",
    },
}


@pytest.mark.parametrize("name", LOOPS)
def test_a_link_that_was_followed_before_is_an_error_that_names_it(
    runtime: Runtime, name: str
) -> None:
    pages = LOOPS[name]
    space = Space({target: page_of([target], link) for target, link in pages.items()})
    arguments: dict[str, Any] = {"page_size": 1} if "page_size" in str(pages) else {}
    with RawServer(space) as server, runtime.client(server.host) as caller:
        with pytest.raises(SignalWireRestContractError) as caught:
            collect(caller, **arguments)

    assert caught.value.path == "links.next"
    assert f"leads back to an earlier page; got {[*pages.values()][-1]!r}" in str(caught.value)
    assert space.targets == list(pages)


def test_empty_pages_without_end_are_an_error_that_names_the_link(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "EMPTY_PAGES_MAX", 5)
    recorder = Recorder(*(response(200, page_of([], f"?page_token={n}")) for n in range(9)))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        with pytest.raises(SignalWireRestContractError) as caught:
            collect(caller)

    assert "comes after 5 pages without entries; got '?page_token=4'" in str(caught.value)
    assert len(recorder.requests) == 5


def test_an_empty_page_with_a_next_link_is_not_the_end(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "EMPTY_PAGES_MAX", 3)
    names = [["a"], [], [], ["b"], [], [], ["c"]]
    pages = [page_of(each, f"?page_token={n}") for n, each in enumerate(names)]
    pages[-1]["links"]["next"] = None
    recorder = Recorder(*(response(200, each) for each in pages))
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        assert collect(caller) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("limit", "names", "requests"),
    [(None, "abcd", 3), (0, "", 0), (1, "a", 1), (2, "ab", 1), (3, "abc", 2), (9, "abcd", 3)],
)
def test_pages_are_requested_when_needed_and_up_to_the_limit(
    runtime: Runtime, limit: int | None, names: str, requests: int
) -> None:
    tokens = [PATH, f"{PATH}?page_token=2", f"{PATH}?page_token=3"]
    pages = (page_of(["a", "b"], tokens[1]), page_of(["c", "d"], tokens[2]), page_of([]))
    space = Space(dict(zip(tokens, pages, strict=True)))
    with RawServer(space) as server, runtime.client(server.host) as caller:
        items = caller.client.video.conferences.paginate(limit=limit)
        assert space.targets == []
        assert "".join(collect(caller, limit=limit)) == names
        del items

    assert space.targets == tokens[:requests]


def test_each_page_has_its_own_retries(runtime: Runtime) -> None:
    busy = response(503, b"")
    recorder = Recorder(
        busy,
        busy,
        response(200, page_of(["a"], "?page_token=2")),
        busy,
        busy,
        response(200, page_of(["b"])),
    )
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        assert collect(caller, request_options=FAST) == ["a", "b"]

    assert len(recorder.requests) == 6


def test_iteration_goes_on_after_a_page_that_failed(runtime: Runtime) -> None:
    recorder = Recorder(
        response(200, page_of(["a"], "?page_token=2")),
        response(503, b""),
        response(200, page_of(["b"])),
    )
    options = RequestOptions(retries=0)
    with RawServer(recorder) as server, runtime.client(server.host) as caller:
        items = caller.client.video.conferences.paginate(request_options=options)
        following = items.__anext__ if runtime.is_async else items.__next__
        assert caller.call(following).name == "a"
        with pytest.raises(SignalWireRestServerError):
            caller.call(following)
        assert caller.call(following).name == "b"
        for _ in range(2):
            with pytest.raises(StopAsyncIteration if runtime.is_async else StopIteration):
                caller.call(following)

    assert len(recorder.requests) == 3


def test_a_loop_that_is_left_early_leaves_no_connection_behind(runtime: Runtime) -> None:
    pages = {PATH: page_of(["a", "b"], f"{PATH}?page_token=2")}
    pages[f"{PATH}?page_token=2"] = page_of(["c", "d"])
    with RawServer(Space(pages)) as server:
        with runtime.client(server.host, max_connections=1) as caller:
            for stop in (1, 2, 3):
                assert collect(caller, stop) == ["a", "b", "c"][:stop]
            gc.collect()
            assert collect(caller) == ["a", "b", "c", "d"]

    assert server.accepted == 1


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_iteration_leaves_no_connection_behind(backend: str) -> None:
    asked = threading.Event()

    def script(connection: Connection) -> None:
        if connection.number == 1:
            connection.read_request()
            connection.send(response(200, page_of(["a"], "?page_token=2")))
            connection.read_request()
            asked.set()
            connection.hold()
        Space({PATH: page_of(["b"])})(connection)

    async def main(host: str) -> None:
        async with AsyncRestClient(PROJECT, TOKEN, host, max_connections=1) as client:
            async with anyio.create_task_group() as group:

                async def walk() -> None:
                    async for _ in client.video.conferences.paginate():
                        pass

                group.start_soon(walk)
                await anyio.to_thread.run_sync(asked.wait)
                group.cancel_scope.cancel()
            assert names_of((await client.video.conferences.list()).data) == ["b"]

    with RawServer(script) as server:
        anyio.run(main, server.host, backend=backend)

    assert server.accepted == 2


def test_iteration_holds_one_page_at_a_time() -> None:
    alive: list[int] = []
    read: list[Any] = []

    class Pages(Space):
        def __call__(self, connection: Connection) -> None:
            while head := connection.read_request():
                gc.collect()
                alive.append(sum(each() is not None for each in read))
                number = int(re.findall(rb"token=(\d)", head)[0]) if b"token" in head else 0
                link = f"?page_token={number + 1}" if number < 5 else None
                connection.send(response(200, page_of(["a"] * 10, link)))

    with RawServer(Pages({})) as server, RestClient(PROJECT, TOKEN, server.host) as client:
        for each in client.video.conferences.paginate():
            read.append(weakref.ref(each))

    # The loop's own variable holds the last conference of the page before.
    assert alive == [0, 1, 1, 1, 1, 1]


def test_a_page_shows_its_data_but_not_how_to_go_on(runtime: Runtime) -> None:
    with RawServer(Space({PATH: page_of(["a"], "?page_token=2")})) as server:
        with runtime.client(server.host) as caller:
            shown = repr(listed(caller))

    assert "name='a'" in shown
    assert "next_='?page_token=2'" in shown
    assert "pages" not in shown
