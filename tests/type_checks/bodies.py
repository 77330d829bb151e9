"""What a type checker makes of the keywords of a body. mypy and pyright check this file."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import assert_type

from signalwire_rest import (
    AsyncPage,
    AsyncRestClient,
    Conference,
    ConferenceCapacity,
    ConferenceToken,
    Page,
    RawResponse,
    RestClient,
    Stream,
    UpdateConferenceRequestDict,
)

ID = "c22d24f6-5a47-4597-9a23-c7d01e696b92"
URL = "rtmp://live.example.com/app/key"
NOW = datetime.now(UTC)


def right_calls(client: RestClient, fields: UpdateConferenceRequestDict) -> None:
    conferences, raw = client.video.conferences, client.video.conferences.with_raw_response
    assert_type(conferences.create(display_name="Stand-up"), Conference)
    conferences.create(display_name="x", size=ConferenceCapacity.LARGE, quality="2160p", name=None)
    conferences.create(display_name="x", join_from=NOW, enable_chat=False, extras={"meta": {}})
    assert_type(raw.create(display_name="x"), RawResponse[Conference])
    conferences.update(ID)
    conferences.update(ID, description="Weekly", user_join_video_off=True)
    assert_type(conferences.update(ID, **fields), Conference)
    assert_type(conferences.create_stream(ID, url=URL), Stream)
    assert_type(client.video.streams.update(ID, url=URL), Stream)
    assert_type(client.video.conference_tokens.reset(ID), ConferenceToken)
    assert_type(conferences.delete(ID, missing_ok=True), None)
    assert_type(raw.delete(ID), RawResponse[None])


def right_lists(client: RestClient) -> None:
    conferences = client.video.conferences
    page = conferences.list(starts_after=NOW, page_size=7, page_number=1, page_token="PA")
    assert_type(page, Page[Conference])
    assert_type(page.data[0], Conference)
    assert_type(page.next_page(), Page[Conference] | None)
    assert_type(conferences.with_raw_response.list(), RawResponse[Page[Conference]])
    assert_type(conferences.list_conference_tokens(ID, page_size=7), Page[ConferenceToken])
    assert_type(conferences.list_streams(ID), Page[Stream])
    assert_type(conferences.paginate(ends_before=NOW, limit=7), Iterator[Conference])


async def right_async_calls(client: AsyncRestClient) -> None:
    conferences = client.video.conferences
    assert_type(await conferences.create(display_name="Stand-up"), Conference)
    assert_type(await client.video.streams.delete(ID), None)
    page = await conferences.list(include_active_session=True)
    assert_type(page, AsyncPage[Conference])
    assert_type(await page.next_page(), AsyncPage[Conference] | None)
    assert_type(conferences.paginate(), AsyncIterator[Conference])
    raw = await conferences.with_raw_response.list_streams(ID)
    assert_type(raw.parse(), AsyncPage[Stream])


def wrong_calls(client: RestClient) -> None:
    conferences = client.video.conferences
    create, update, list_ = conferences.create, conferences.update, conferences.list
    create()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    create("x")  # type: ignore[call-arg, arg-type]  # pyright: ignore[reportCallIssue]
    create(display_name="x", join_from="2026-01-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    create(display_name="x", size=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    create(display_name="x", colour="red")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    create(display_name=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    create(display_name="x", extras=["meta"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    update(ID, name="stand-up")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    update(display_name="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    conferences.create_stream(ID)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    conferences.with_raw_response.create()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    list_(starts_after="2026-01-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    list_(limit=7)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    conferences.paginate(page_number=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
