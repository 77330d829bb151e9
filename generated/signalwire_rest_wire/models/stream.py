from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Stream")


@_attrs_define
class Stream:
    """A stream that sends each session of a conference to another platform."""

    id: UUID
    """ The stream's ID. """
    url: None | str
    """ The RTMP or RTMPS address. It may end in a stream key, so the whole address is a secret.
     """
    stream_type: None | str
    """ The type of the stream, such as `rtmp`. """
    width: int | None
    """ The width of the video, in pixels. """
    height: int | None
    """ The height of the video, in pixels. """
    fps: int | None
    """ The frames per second. """
    created_at: datetime.datetime
    """ When the stream was created. """
    updated_at: datetime.datetime
    """ When the stream was last updated. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        url: None | str
        url = self.url

        stream_type: None | str
        stream_type = self.stream_type

        width: int | None
        width = self.width

        height: int | None
        height = self.height

        fps: int | None
        fps = self.fps

        created_at = self.created_at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

        updated_at = self.updated_at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "url": url,
                "stream_type": stream_type,
                "width": width,
                "height": height,
                "fps": fps,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        def _parse_url(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        url = _parse_url(d.pop("url"))

        def _parse_stream_type(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stream_type = _parse_stream_type(d.pop("stream_type"))

        def _parse_width(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        width = _parse_width(d.pop("width"))

        def _parse_height(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        height = _parse_height(d.pop("height"))

        def _parse_fps(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        fps = _parse_fps(d.pop("fps"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        stream = cls(
            id=id,
            url=url,
            stream_type=stream_type,
            width=width,
            height=height,
            fps=fps,
            created_at=created_at,
            updated_at=updated_at,
        )

        stream.additional_properties = d
        return stream

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
