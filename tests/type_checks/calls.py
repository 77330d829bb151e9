"""What a type checker makes of the client. mypy and pyright check this file; nothing runs it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, assert_type
from uuid import UUID

import signalwire.rest
import signalwire_rest
from signalwire_rest import (
    AsyncRestClient,
    Conference,
    ErrorDetail,
    RawResponse,
    RequestOptions,
    RestClient,
    SessionStatus,
    SignalWireRestContractError,
    SignalWireRestError,
    SignalWireRestSessionTimeoutError,
    SignalWireRestTimeoutError,
    from_json,
    to_json,
)

ID = "c22d24f6-5a47-4597-9a23-c7d01e696b92"


def sync_calls(client: RestClient) -> None:
    get = client.video.conferences.get
    assert_type(get(ID), Conference)
    assert_type(get(UUID(ID), include_active_session=True), Conference)
    assert_type(get(conference_id=ID, request_options=RequestOptions(timeout=5)), Conference)

    wait = client.video.conferences.wait_for_session
    assert_type(wait(ID, timeout=60), Conference)
    assert_type(wait(UUID(ID), status="completed", poll_interval=1, timeout=0.5), Conference)
    assert_type(wait(ID, status=SessionStatus.IN_PROGRESS, timeout=60), Conference)
    wait(ID, status=None, timeout=60, request_options=RequestOptions(retries=0))

    raw = client.video.conferences.with_raw_response.get(ID, include_active_session=None)
    assert_type(raw, RawResponse[Conference])
    assert_type(raw.parse(), Conference)
    assert_type(raw.status_code, int)
    assert_type(raw.request_id, str | None)

    assert_type(
        client.request("GET", "/api/video/rooms", params={"page_size": 2}), RawResponse[Any]
    )
    assert_type(client.with_options(timeout=5, retries=0, headers={"X-Team": "blue"}), RestClient)
    RestClient(timeout=5, headers={"X-Team": "blue"}, app_info="my-service/1.2")


async def async_calls(client: AsyncRestClient) -> None:
    assert_type(await client.request("DELETE", "/x", json={"a": [1]}), RawResponse[Any])
    assert_type(client.with_options(timeout=None), AsyncRestClient)
    get = client.video.conferences.get
    assert_type(await get(ID), Conference)
    assert_type(await get(conference_id=UUID(ID)), Conference)
    assert_type(await client.video.conferences.wait_for_session(ID, timeout=60), Conference)
    task = asyncio.create_task(client.video.conferences.with_raw_response.get(ID))
    assert_type(await task, RawResponse[Conference])
    pending: Coroutine[Any, Any, Conference] = get(ID)
    assert_type(await pending, Conference)

    raw = await client.video.conferences.with_raw_response.get(ID)
    assert_type(raw, RawResponse[Conference])
    assert_type(raw.parse(), Conference)


def wrong_calls(client: RestClient) -> None:
    get = client.video.conferences.get
    get()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    get(7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    get(ID, True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    get(ID, include_active_session="yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    get(ID, include_session=True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    get(ID, request_options={"timeout": 5})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.with_options(timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.with_options(time_out=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    RestClient(retries=1.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.video.conferences.with_raw_response.get()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.video.conferences.wait_for_session(ID)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.video.conferences.wait_for_session(ID, status="running", timeout=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.video.meetings  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    signalwire_rest.Conferense  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    signalwire.rest.Conferense  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    RequestOptions(retry_on_status=500)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    RequestOptions(timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def models_as_json(conference: Conference) -> None:
    assert_type(to_json(conference), str)
    assert_type(to_json([conference], indent=2), str)
    assert_type(from_json(Conference, "{}"), Conference)
    assert_type(from_json(list[Conference], b"[]"), list[Conference])
    to_json({"name": "x"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    from_json(Conference, {"name": "x"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def late(error: SignalWireRestSessionTimeoutError) -> None:
    assert_type(error.last_seen, Conference | None)


def errors(error: SignalWireRestError, mismatch: SignalWireRestContractError) -> None:
    assert_type(error.body, dict[str, Any] | list[Any] | str | int | float | bool | None)
    assert_type(error.errors, tuple[ErrorDetail, ...])
    assert_type(error.headers["a"], str)
    assert_type(mismatch.path, str | None)
    SignalWireRestContractError(200, {}, "https://h/x", path="a", attempts=2)
    SignalWireRestContractError(200, {}, "https://h/x", pfad="a")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    SignalWireRestTimeoutError("late", "https://h/x", attempts="2")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    SignalWireRestTimeoutError(print, "https://h/x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def both_names_are_the_same_class(client: signalwire_rest.RestClient) -> signalwire.rest.RestClient:
    return client


def a_callback_of_the_callers(fetch: Callable[[str], Conference]) -> None: ...


def passes_a_method(client: RestClient) -> None:
    a_callback_of_the_callers(client.video.conferences.get)
