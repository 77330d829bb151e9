from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.frames_per_second import FramesPerSecond
from ..models.session_status import SessionStatus
from ..models.video_quality import VideoQuality
from ..types import UNSET, Unset

T = TypeVar("T", bound="ActiveSession")


@_attrs_define
class ActiveSession:
    """A session of a conference. Any property can be absent or null (inferred from the vendor's
    room sessions, a sibling resource).

    """

    id: None | str | Unset = UNSET
    """ The session's ID. In practice a UUID, but not documented as one. """
    room_id: None | str | Unset = UNSET
    """ The ID of the session's room. Present only if the session was created from a room. In
    practice a UUID, but not documented as one.
     """
    name: None | str | Unset = UNSET
    """ The session's named identifier. """
    display_name: None | str | Unset = UNSET
    """ The session's display name, at most 200 characters; by default, `name`. """
    join_from: datetime.datetime | None | Unset = UNSET
    """ Participants cannot join before this time. """
    join_until: datetime.datetime | None | Unset = UNSET
    """ Participants cannot join from this time on. """
    remove_at: datetime.datetime | None | Unset = UNSET
    """ Participants still inside at this time are removed. """
    remove_after_seconds_elapsed: int | None | Unset = UNSET
    """ How long a member may stay, in seconds. """
    layout: None | str | Unset = UNSET
    """ The layout the session starts with. """
    max_members: int | None | Unset = UNSET
    """ The maximum number of members. """
    fps: FramesPerSecond | int | None | Unset = UNSET
    """ Frames per second. Documented as a number, so `20.0` means 20. Open enum;
    `FramesPerSecond` lists the known values.
     """
    quality: None | str | Unset | VideoQuality = UNSET
    """ The session's resolution. Open enum; `VideoQuality` lists the known values.
     """
    start_time: datetime.datetime | None | Unset = UNSET
    """ When the session started. """
    end_time: datetime.datetime | None | Unset = UNSET
    """ When the session ended. Unknown while it is in progress (inferred). """
    duration: int | None | Unset = UNSET
    """ How long the session lasted, in seconds. Unknown while it is in progress (inferred).
     """
    status: None | SessionStatus | str | Unset = UNSET
    """ Whether the session is still in progress. Open enum; `SessionStatus` lists the known
    values.
     """
    record_on_start: bool | None | Unset = UNSET
    """ Whether the session is recorded from its start. """
    enable_room_previews: bool | None | Unset = UNSET
    """ Whether a preview video of the session is produced. """
    preview_url: None | str | Unset = UNSET
    """ The URL of the preview video. Present only while previews are enabled and the session is
    in progress.
     """
    audio_video_sync: bool | None | Unset = UNSET
    """ Whether audio and video are kept in sync. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        room_id: None | str | Unset
        if isinstance(self.room_id, Unset):
            room_id = UNSET
        else:
            room_id = self.room_id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        display_name: None | str | Unset
        if isinstance(self.display_name, Unset):
            display_name = UNSET
        else:
            display_name = self.display_name

        join_from: None | str | Unset
        if isinstance(self.join_from, Unset):
            join_from = UNSET
        elif isinstance(self.join_from, datetime.datetime):
            join_from = self.join_from.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
        else:
            join_from = self.join_from

        join_until: None | str | Unset
        if isinstance(self.join_until, Unset):
            join_until = UNSET
        elif isinstance(self.join_until, datetime.datetime):
            join_until = self.join_until.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
        else:
            join_until = self.join_until

        remove_at: None | str | Unset
        if isinstance(self.remove_at, Unset):
            remove_at = UNSET
        elif isinstance(self.remove_at, datetime.datetime):
            remove_at = self.remove_at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
        else:
            remove_at = self.remove_at

        remove_after_seconds_elapsed: int | None | Unset
        if isinstance(self.remove_after_seconds_elapsed, Unset):
            remove_after_seconds_elapsed = UNSET
        else:
            remove_after_seconds_elapsed = self.remove_after_seconds_elapsed

        layout: None | str | Unset
        if isinstance(self.layout, Unset):
            layout = UNSET
        else:
            layout = self.layout

        max_members: int | None | Unset
        if isinstance(self.max_members, Unset):
            max_members = UNSET
        else:
            max_members = self.max_members

        fps: int | None | Unset
        if isinstance(self.fps, Unset):
            fps = UNSET
        elif isinstance(self.fps, FramesPerSecond):
            fps = self.fps.value
        else:
            fps = self.fps

        quality: None | str | Unset
        if isinstance(self.quality, Unset):
            quality = UNSET
        elif isinstance(self.quality, VideoQuality):
            quality = self.quality.value
        else:
            quality = self.quality

        start_time: None | str | Unset
        if isinstance(self.start_time, Unset):
            start_time = UNSET
        elif isinstance(self.start_time, datetime.datetime):
            start_time = self.start_time.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
        else:
            start_time = self.start_time

        end_time: None | str | Unset
        if isinstance(self.end_time, Unset):
            end_time = UNSET
        elif isinstance(self.end_time, datetime.datetime):
            end_time = self.end_time.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
        else:
            end_time = self.end_time

        duration: int | None | Unset
        if isinstance(self.duration, Unset):
            duration = UNSET
        else:
            duration = self.duration

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, SessionStatus):
            status = self.status.value
        else:
            status = self.status

        record_on_start: bool | None | Unset
        if isinstance(self.record_on_start, Unset):
            record_on_start = UNSET
        else:
            record_on_start = self.record_on_start

        enable_room_previews: bool | None | Unset
        if isinstance(self.enable_room_previews, Unset):
            enable_room_previews = UNSET
        else:
            enable_room_previews = self.enable_room_previews

        preview_url: None | str | Unset
        if isinstance(self.preview_url, Unset):
            preview_url = UNSET
        else:
            preview_url = self.preview_url

        audio_video_sync: bool | None | Unset
        if isinstance(self.audio_video_sync, Unset):
            audio_video_sync = UNSET
        else:
            audio_video_sync = self.audio_video_sync

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if room_id is not UNSET:
            field_dict["room_id"] = room_id
        if name is not UNSET:
            field_dict["name"] = name
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if join_from is not UNSET:
            field_dict["join_from"] = join_from
        if join_until is not UNSET:
            field_dict["join_until"] = join_until
        if remove_at is not UNSET:
            field_dict["remove_at"] = remove_at
        if remove_after_seconds_elapsed is not UNSET:
            field_dict["remove_after_seconds_elapsed"] = remove_after_seconds_elapsed
        if layout is not UNSET:
            field_dict["layout"] = layout
        if max_members is not UNSET:
            field_dict["max_members"] = max_members
        if fps is not UNSET:
            field_dict["fps"] = fps
        if quality is not UNSET:
            field_dict["quality"] = quality
        if start_time is not UNSET:
            field_dict["start_time"] = start_time
        if end_time is not UNSET:
            field_dict["end_time"] = end_time
        if duration is not UNSET:
            field_dict["duration"] = duration
        if status is not UNSET:
            field_dict["status"] = status
        if record_on_start is not UNSET:
            field_dict["record_on_start"] = record_on_start
        if enable_room_previews is not UNSET:
            field_dict["enable_room_previews"] = enable_room_previews
        if preview_url is not UNSET:
            field_dict["preview_url"] = preview_url
        if audio_video_sync is not UNSET:
            field_dict["audio_video_sync"] = audio_video_sync

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_room_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        room_id = _parse_room_id(d.pop("room_id", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_display_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        display_name = _parse_display_name(d.pop("display_name", UNSET))

        def _parse_join_from(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                join_from_type_0 = datetime.datetime.fromisoformat(data)

                return join_from_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        join_from = _parse_join_from(d.pop("join_from", UNSET))

        def _parse_join_until(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                join_until_type_0 = datetime.datetime.fromisoformat(data)

                return join_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        join_until = _parse_join_until(d.pop("join_until", UNSET))

        def _parse_remove_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                remove_at_type_0 = datetime.datetime.fromisoformat(data)

                return remove_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        remove_at = _parse_remove_at(d.pop("remove_at", UNSET))

        def _parse_remove_after_seconds_elapsed(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        remove_after_seconds_elapsed = _parse_remove_after_seconds_elapsed(
            d.pop("remove_after_seconds_elapsed", UNSET)
        )

        def _parse_layout(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        layout = _parse_layout(d.pop("layout", UNSET))

        def _parse_max_members(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_members = _parse_max_members(d.pop("max_members", UNSET))

        def _parse_fps(data: object) -> FramesPerSecond | int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, int):
                    raise TypeError()
                fps_type_0 = FramesPerSecond(data)

                return fps_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(FramesPerSecond | int | None | Unset, data)

        fps = _parse_fps(d.pop("fps", UNSET))

        def _parse_quality(data: object) -> None | str | Unset | VideoQuality:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                quality_type_0 = VideoQuality(data)

                return quality_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | str | Unset | VideoQuality, data)

        quality = _parse_quality(d.pop("quality", UNSET))

        def _parse_start_time(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                start_time_type_0 = datetime.datetime.fromisoformat(data)

                return start_time_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        start_time = _parse_start_time(d.pop("start_time", UNSET))

        def _parse_end_time(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                end_time_type_0 = datetime.datetime.fromisoformat(data)

                return end_time_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        end_time = _parse_end_time(d.pop("end_time", UNSET))

        def _parse_duration(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        duration = _parse_duration(d.pop("duration", UNSET))

        def _parse_status(data: object) -> None | SessionStatus | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_0 = SessionStatus(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SessionStatus | str | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_record_on_start(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        record_on_start = _parse_record_on_start(d.pop("record_on_start", UNSET))

        def _parse_enable_room_previews(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enable_room_previews = _parse_enable_room_previews(d.pop("enable_room_previews", UNSET))

        def _parse_preview_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        preview_url = _parse_preview_url(d.pop("preview_url", UNSET))

        def _parse_audio_video_sync(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        audio_video_sync = _parse_audio_video_sync(d.pop("audio_video_sync", UNSET))

        active_session = cls(
            id=id,
            room_id=room_id,
            name=name,
            display_name=display_name,
            join_from=join_from,
            join_until=join_until,
            remove_at=remove_at,
            remove_after_seconds_elapsed=remove_after_seconds_elapsed,
            layout=layout,
            max_members=max_members,
            fps=fps,
            quality=quality,
            start_time=start_time,
            end_time=end_time,
            duration=duration,
            status=status,
            record_on_start=record_on_start,
            enable_room_previews=enable_room_previews,
            preview_url=preview_url,
            audio_video_sync=audio_video_sync,
        )

        active_session.additional_properties = d
        return active_session

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
