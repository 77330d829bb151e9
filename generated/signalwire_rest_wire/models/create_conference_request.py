from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.conference_capacity import ConferenceCapacity
from ..models.video_layout import VideoLayout
from ..models.video_quality import VideoQuality
from ..types import UNSET, Unset

T = TypeVar("T", bound="CreateConferenceRequest")


@_attrs_define
class CreateConferenceRequest:
    """A conference to create. Colours are `#RRGGBB`. Undocumented properties that public code
    sends are accepted at least by some spaces (observed): `meta`, `tone_on_entry_and_exit`,
    `room_join_video_off` and `user_join_video_off`.

    """

    display_name: str
    """ The name shown to people, at most 200 characters. The vendor's specification requires
    it; an older one did not, and used `name` by default (contradictory).
     """
    name: str | Unset = UNSET
    """ The conference's unique name: at most 100 of the characters `A-Za-z0-9_-`. If omitted,
    the server chooses one (inferred). The vendor does not say whether it is unique per
    project or per space.
     """
    description: str | Unset = UNSET
    """ What the conference is for, at most 3000 characters. """
    join_from: datetime.datetime | Unset = UNSET
    """ Participants cannot join before this time. """
    join_until: datetime.datetime | Unset = UNSET
    """ Participants cannot join from this time on. It must not be before `join_from`.
     """
    quality: str | Unset | VideoQuality = UNSET
    """ The conference's resolution; by default, `720p`. Open enum; `VideoQuality` lists the
    known values.
     """
    layout: str | Unset | VideoLayout = UNSET
    """ The layout the conference starts with; by default, `grid-responsive`. Open enum;
    `VideoLayout` lists the known values.
     """
    size: ConferenceCapacity | str | Unset = UNSET
    """ The conference's size, which limits the number of members; by default, `medium`. Open
    enum; `ConferenceCapacity` lists the known values.
     """
    record_on_start: bool | Unset = UNSET
    """ Whether each session is recorded from its start. """
    enable_room_previews: bool | Unset = UNSET
    """ Whether a preview video of the conference is produced. """
    enable_chat: bool | Unset = UNSET
    """ Whether participants can use group chat; by default, they can. """
    dark_primary: str | Unset = UNSET
    """ In the dark theme, the colour of call-to-action buttons and selected items; by default,
    `#044EF4`.
     """
    dark_background: str | Unset = UNSET
    """ In the dark theme, the colour of the main background; by default, `#FFFFFF`.
     """
    dark_foreground: str | Unset = UNSET
    """ In the dark theme, the colour of the main foreground; by default, `#1D2127`.
     """
    dark_success: str | Unset = UNSET
    """ In the dark theme, the colour that indicates success; by default, `#17BB58`.
     """
    dark_negative: str | Unset = UNSET
    """ In the dark theme, the colour that indicates an error; by default, `#F42C50`.
     """
    light_primary: str | Unset = UNSET
    """ In the light theme, the colour of call-to-action buttons and selected items; by default,
    `#044EF4`.
     """
    light_background: str | Unset = UNSET
    """ In the light theme, the colour of the main background; by default, `#FFFFFF`.
     """
    light_foreground: str | Unset = UNSET
    """ In the light theme, the colour of the main foreground; by default, `#1D2127`.
     """
    light_success: str | Unset = UNSET
    """ In the light theme, the colour that indicates success; by default, `#17BB58`.
     """
    light_negative: str | Unset = UNSET
    """ In the light theme, the colour that indicates an error; by default, `#F42C50`.
     """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        display_name = self.display_name

        name = self.name

        description = self.description

        join_from: str | Unset = UNSET
        if not isinstance(self.join_from, Unset):
            join_from = self.join_from.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

        join_until: str | Unset = UNSET
        if not isinstance(self.join_until, Unset):
            join_until = self.join_until.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

        quality: str | Unset
        if isinstance(self.quality, Unset):
            quality = UNSET
        elif isinstance(self.quality, VideoQuality):
            quality = self.quality.value
        else:
            quality = self.quality

        layout: str | Unset
        if isinstance(self.layout, Unset):
            layout = UNSET
        elif isinstance(self.layout, VideoLayout):
            layout = self.layout.value
        else:
            layout = self.layout

        size: str | Unset
        if isinstance(self.size, Unset):
            size = UNSET
        elif isinstance(self.size, ConferenceCapacity):
            size = self.size.value
        else:
            size = self.size

        record_on_start = self.record_on_start

        enable_room_previews = self.enable_room_previews

        enable_chat = self.enable_chat

        dark_primary = self.dark_primary

        dark_background = self.dark_background

        dark_foreground = self.dark_foreground

        dark_success = self.dark_success

        dark_negative = self.dark_negative

        light_primary = self.light_primary

        light_background = self.light_background

        light_foreground = self.light_foreground

        light_success = self.light_success

        light_negative = self.light_negative

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "display_name": display_name,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if description is not UNSET:
            field_dict["description"] = description
        if join_from is not UNSET:
            field_dict["join_from"] = join_from
        if join_until is not UNSET:
            field_dict["join_until"] = join_until
        if quality is not UNSET:
            field_dict["quality"] = quality
        if layout is not UNSET:
            field_dict["layout"] = layout
        if size is not UNSET:
            field_dict["size"] = size
        if record_on_start is not UNSET:
            field_dict["record_on_start"] = record_on_start
        if enable_room_previews is not UNSET:
            field_dict["enable_room_previews"] = enable_room_previews
        if enable_chat is not UNSET:
            field_dict["enable_chat"] = enable_chat
        if dark_primary is not UNSET:
            field_dict["dark_primary"] = dark_primary
        if dark_background is not UNSET:
            field_dict["dark_background"] = dark_background
        if dark_foreground is not UNSET:
            field_dict["dark_foreground"] = dark_foreground
        if dark_success is not UNSET:
            field_dict["dark_success"] = dark_success
        if dark_negative is not UNSET:
            field_dict["dark_negative"] = dark_negative
        if light_primary is not UNSET:
            field_dict["light_primary"] = light_primary
        if light_background is not UNSET:
            field_dict["light_background"] = light_background
        if light_foreground is not UNSET:
            field_dict["light_foreground"] = light_foreground
        if light_success is not UNSET:
            field_dict["light_success"] = light_success
        if light_negative is not UNSET:
            field_dict["light_negative"] = light_negative

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        display_name = d.pop("display_name")

        name = d.pop("name", UNSET)

        description = d.pop("description", UNSET)

        _join_from = d.pop("join_from", UNSET)
        join_from: datetime.datetime | Unset
        if isinstance(_join_from, Unset):
            join_from = UNSET
        else:
            join_from = datetime.datetime.fromisoformat(_join_from)

        _join_until = d.pop("join_until", UNSET)
        join_until: datetime.datetime | Unset
        if isinstance(_join_until, Unset):
            join_until = UNSET
        else:
            join_until = datetime.datetime.fromisoformat(_join_until)

        def _parse_quality(data: object) -> str | Unset | VideoQuality:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                quality_type_0 = VideoQuality(data)

                return quality_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | Unset | VideoQuality, data)

        quality = _parse_quality(d.pop("quality", UNSET))

        def _parse_layout(data: object) -> str | Unset | VideoLayout:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                layout_type_0 = VideoLayout(data)

                return layout_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | Unset | VideoLayout, data)

        layout = _parse_layout(d.pop("layout", UNSET))

        def _parse_size(data: object) -> ConferenceCapacity | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                size_type_0 = ConferenceCapacity(data)

                return size_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ConferenceCapacity | str | Unset, data)

        size = _parse_size(d.pop("size", UNSET))

        record_on_start = d.pop("record_on_start", UNSET)

        enable_room_previews = d.pop("enable_room_previews", UNSET)

        enable_chat = d.pop("enable_chat", UNSET)

        dark_primary = d.pop("dark_primary", UNSET)

        dark_background = d.pop("dark_background", UNSET)

        dark_foreground = d.pop("dark_foreground", UNSET)

        dark_success = d.pop("dark_success", UNSET)

        dark_negative = d.pop("dark_negative", UNSET)

        light_primary = d.pop("light_primary", UNSET)

        light_background = d.pop("light_background", UNSET)

        light_foreground = d.pop("light_foreground", UNSET)

        light_success = d.pop("light_success", UNSET)

        light_negative = d.pop("light_negative", UNSET)

        create_conference_request = cls(
            display_name=display_name,
            name=name,
            description=description,
            join_from=join_from,
            join_until=join_until,
            quality=quality,
            layout=layout,
            size=size,
            record_on_start=record_on_start,
            enable_room_previews=enable_room_previews,
            enable_chat=enable_chat,
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
        )

        create_conference_request.additional_properties = d
        return create_conference_request

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
