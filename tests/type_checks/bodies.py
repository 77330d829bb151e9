"""What a type checker makes of a request body as keywords. mypy and pyright check this file."""

from datetime import UTC, datetime
from typing import Unpack

from signalwire_rest_wire.models import (
    ConferenceCapacity,
    CreateConferenceRequest,
    CreateConferenceRequestDict,
    CreateStreamRequestDict,
    UpdateConferenceRequestDict,
)


def create(**fields: Unpack[CreateConferenceRequestDict]) -> CreateConferenceRequest:
    return CreateConferenceRequest(**fields)


def update(**fields: Unpack[UpdateConferenceRequestDict]) -> None: ...


def create_stream(**fields: Unpack[CreateStreamRequestDict]) -> None: ...


def right_calls() -> None:
    create(display_name="Stand-up")
    create(display_name="Stand-up", size=ConferenceCapacity.LARGE, quality="2160p")
    create(display_name="Stand-up", size="stadium", join_from=datetime.now(UTC), enable_chat=False)
    update()
    update(description="Weekly", user_join_video_off=True)
    create_stream(url="rtmp://live.example.com/app/key")


def wrong_calls() -> None:
    create()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    create(display_name="Stand-up", join_from="2026-01-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    create(display_name="Stand-up", size=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    create(display_name="Stand-up", colour="red")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    create(display_name=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    update(name="stand-up")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    create_stream()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
