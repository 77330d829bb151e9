from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.conference_capacity import ConferenceCapacity
from ..models.video_layout import VideoLayout
from ..models.video_quality import VideoQuality
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.active_session import ActiveSession
    from ..models.conference_meta import ConferenceMeta


T = TypeVar("T", bound="Conference")


@_attrs_define
class Conference:
    """A video conference. Colours are strings: `#RRGGBB` is a rule for requests, so readers must
    accept any text.

    """

    id: UUID
    """ The conference's ID. """
    name: str
    """ The conference's unique name. The vendor does not say whether it is unique per project
    or per space. Requests accept the characters `A-Za-z0-9_-`, at most 100 of them.
     """
    display_name: None | str
    """ The name shown to people. Requests accept at most 200 characters. """
    description: None | str
    """ What the conference is for. Requests accept at most 3000 characters. """
    join_from: datetime.datetime | None
    """ Participants cannot join before this time. """
    join_until: datetime.datetime | None
    """ Participants cannot join from this time on. Participants already inside may stay; the
    conference ends when the last one leaves.
     """
    quality: str | VideoQuality
    """ The conference's resolution. Open enum; `VideoQuality` lists the known values.
     """
    layout: str | VideoLayout
    """ The layout the conference starts with. Open enum; `VideoLayout` lists the known values.
     """
    size: ConferenceCapacity | None | str
    """ The conference's size, which limits the number of members. Open enum;
    `ConferenceCapacity` lists the known values.
     """
    record_on_start: bool
    """ Whether each session is recorded from its start. """
    tone_on_entry_and_exit: bool
    """ Whether a tone sounds when a member joins or leaves. """
    user_join_video_off: bool
    """ Whether a user setting makes participants join with video off. """
    room_join_video_off: bool
    """ Whether a room setting makes participants join with video off. """
    enable_chat: bool
    """ Whether participants can use group chat. """
    enable_room_previews: bool | None
    """ Whether a preview video of the conference is produced. """
    dark_primary: None | str
    """ In the dark theme, the colour of call-to-action buttons and selected items. """
    dark_background: None | str
    """ In the dark theme, the colour of the main background. """
    dark_foreground: None | str
    """ In the dark theme, the colour of the main foreground. """
    dark_success: None | str
    """ In the dark theme, the colour that indicates success. """
    dark_negative: None | str
    """ In the dark theme, the colour that indicates an error. """
    light_primary: None | str
    """ In the light theme, the colour of call-to-action buttons and selected items. """
    light_background: None | str
    """ In the light theme, the colour of the main background. """
    light_foreground: None | str
    """ In the light theme, the colour of the main foreground. """
    light_success: None | str
    """ In the light theme, the colour that indicates success. """
    light_negative: None | str
    """ In the light theme, the colour that indicates an error. """
    meta: ConferenceMeta | None
    """ Custom metadata stored with the conference. """
    created_at: datetime.datetime
    """ When the conference was created. """
    updated_at: datetime.datetime
    """ When the conference was last updated. """
    active_session: ActiveSession | None | Unset = UNSET
    """ The conference's active session. Absent unless requested with `include_active_session`.
    If requested while no session is running, it can be absent or null (inferred).
     """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.active_session import ActiveSession  # noqa: PLC0415
        from ..models.conference_meta import ConferenceMeta  # noqa: PLC0415

        id = str(self.id)

        name = self.name

        display_name: None | str
        display_name = self.display_name

        description: None | str
        description = self.description

        join_from: None | str
        if isinstance(self.join_from, datetime.datetime):
            join_from = self.join_from.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
        else:
            join_from = self.join_from

        join_until: None | str
        if isinstance(self.join_until, datetime.datetime):
            join_until = self.join_until.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
        else:
            join_until = self.join_until

        quality: str
        if isinstance(self.quality, VideoQuality):
            quality = self.quality.value
        else:
            quality = self.quality

        layout: str
        if isinstance(self.layout, VideoLayout):
            layout = self.layout.value
        else:
            layout = self.layout

        size: None | str
        if isinstance(self.size, ConferenceCapacity):
            size = self.size.value
        else:
            size = self.size

        record_on_start = self.record_on_start

        tone_on_entry_and_exit = self.tone_on_entry_and_exit

        user_join_video_off = self.user_join_video_off

        room_join_video_off = self.room_join_video_off

        enable_chat = self.enable_chat

        enable_room_previews: bool | None
        enable_room_previews = self.enable_room_previews

        dark_primary: None | str
        dark_primary = self.dark_primary

        dark_background: None | str
        dark_background = self.dark_background

        dark_foreground: None | str
        dark_foreground = self.dark_foreground

        dark_success: None | str
        dark_success = self.dark_success

        dark_negative: None | str
        dark_negative = self.dark_negative

        light_primary: None | str
        light_primary = self.light_primary

        light_background: None | str
        light_background = self.light_background

        light_foreground: None | str
        light_foreground = self.light_foreground

        light_success: None | str
        light_success = self.light_success

        light_negative: None | str
        light_negative = self.light_negative

        meta: dict[str, Any] | None
        if isinstance(self.meta, ConferenceMeta):
            meta = self.meta.to_dict()
        else:
            meta = self.meta

        created_at = self.created_at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

        updated_at = self.updated_at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

        active_session: dict[str, Any] | None | Unset
        if isinstance(self.active_session, Unset):
            active_session = UNSET
        elif isinstance(self.active_session, ActiveSession):
            active_session = self.active_session.to_dict()
        else:
            active_session = self.active_session

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "display_name": display_name,
                "description": description,
                "join_from": join_from,
                "join_until": join_until,
                "quality": quality,
                "layout": layout,
                "size": size,
                "record_on_start": record_on_start,
                "tone_on_entry_and_exit": tone_on_entry_and_exit,
                "user_join_video_off": user_join_video_off,
                "room_join_video_off": room_join_video_off,
                "enable_chat": enable_chat,
                "enable_room_previews": enable_room_previews,
                "dark_primary": dark_primary,
                "dark_background": dark_background,
                "dark_foreground": dark_foreground,
                "dark_success": dark_success,
                "dark_negative": dark_negative,
                "light_primary": light_primary,
                "light_background": light_background,
                "light_foreground": light_foreground,
                "light_success": light_success,
                "light_negative": light_negative,
                "meta": meta,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )
        if active_session is not UNSET:
            field_dict["active_session"] = active_session

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.active_session import ActiveSession  # noqa: PLC0415
        from ..models.conference_meta import ConferenceMeta  # noqa: PLC0415

        d = dict(src_dict)
        id = UUID(d.pop("id"))

        name = d.pop("name")

        def _parse_display_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        display_name = _parse_display_name(d.pop("display_name"))

        def _parse_description(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        description = _parse_description(d.pop("description"))

        def _parse_join_from(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                join_from_type_0 = datetime.datetime.fromisoformat(data)

                return join_from_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        join_from = _parse_join_from(d.pop("join_from"))

        def _parse_join_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                join_until_type_0 = datetime.datetime.fromisoformat(data)

                return join_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        join_until = _parse_join_until(d.pop("join_until"))

        def _parse_quality(data: object) -> str | VideoQuality:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                quality_type_0 = VideoQuality(data)

                return quality_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | VideoQuality, data)

        quality = _parse_quality(d.pop("quality"))

        def _parse_layout(data: object) -> str | VideoLayout:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                layout_type_0 = VideoLayout(data)

                return layout_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | VideoLayout, data)

        layout = _parse_layout(d.pop("layout"))

        def _parse_size(data: object) -> ConferenceCapacity | None | str:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                size_type_0 = ConferenceCapacity(data)

                return size_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ConferenceCapacity | None | str, data)

        size = _parse_size(d.pop("size"))

        record_on_start = d.pop("record_on_start")

        tone_on_entry_and_exit = d.pop("tone_on_entry_and_exit")

        user_join_video_off = d.pop("user_join_video_off")

        room_join_video_off = d.pop("room_join_video_off")

        enable_chat = d.pop("enable_chat")

        def _parse_enable_room_previews(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        enable_room_previews = _parse_enable_room_previews(d.pop("enable_room_previews"))

        def _parse_dark_primary(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        dark_primary = _parse_dark_primary(d.pop("dark_primary"))

        def _parse_dark_background(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        dark_background = _parse_dark_background(d.pop("dark_background"))

        def _parse_dark_foreground(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        dark_foreground = _parse_dark_foreground(d.pop("dark_foreground"))

        def _parse_dark_success(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        dark_success = _parse_dark_success(d.pop("dark_success"))

        def _parse_dark_negative(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        dark_negative = _parse_dark_negative(d.pop("dark_negative"))

        def _parse_light_primary(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        light_primary = _parse_light_primary(d.pop("light_primary"))

        def _parse_light_background(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        light_background = _parse_light_background(d.pop("light_background"))

        def _parse_light_foreground(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        light_foreground = _parse_light_foreground(d.pop("light_foreground"))

        def _parse_light_success(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        light_success = _parse_light_success(d.pop("light_success"))

        def _parse_light_negative(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        light_negative = _parse_light_negative(d.pop("light_negative"))

        def _parse_meta(data: object) -> ConferenceMeta | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                meta_type_0 = ConferenceMeta.from_dict(data)

                return meta_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ConferenceMeta | None, data)

        meta = _parse_meta(d.pop("meta"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        def _parse_active_session(data: object) -> ActiveSession | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                active_session_type_0 = ActiveSession.from_dict(data)

                return active_session_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ActiveSession | None | Unset, data)

        active_session = _parse_active_session(d.pop("active_session", UNSET))

        conference = cls(
            id=id,
            name=name,
            display_name=display_name,
            description=description,
            join_from=join_from,
            join_until=join_until,
            quality=quality,
            layout=layout,
            size=size,
            record_on_start=record_on_start,
            tone_on_entry_and_exit=tone_on_entry_and_exit,
            user_join_video_off=user_join_video_off,
            room_join_video_off=room_join_video_off,
            enable_chat=enable_chat,
            enable_room_previews=enable_room_previews,
            dark_primary=dark_primary,
            dark_background=dark_background,
            dark_foreground=dark_foreground,
            dark_success=dark_success,
            dark_negative=dark_negative,
            light_primary=light_primary,
            light_background=light_background,
            light_foreground=light_foreground,
            light_success=light_success,
            light_negative=light_negative,
            meta=meta,
            created_at=created_at,
            updated_at=updated_at,
            active_session=active_session,
        )

        conference.additional_properties = d
        return conference

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
