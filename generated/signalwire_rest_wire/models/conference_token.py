from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ConferenceToken")


@_attrs_define
class ConferenceToken:
    """A token that admits participants to a conference. By default, it never expires."""

    id: UUID
    """ The conference token's ID. """
    name: None | str
    """ The token's name; in practice `moderator` or `guest` (observed). """
    token: str
    """ The secret that admits participants. In the vendor's sample, it is `vpt_` and 32
    hexadecimal digits.
     """
    scopes: list[str]
    """ The permissions that the token grants. The vendor may add permissions. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        name: None | str
        name = self.name

        token = self.token

        scopes = self.scopes

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "token": token,
                "scopes": scopes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        def _parse_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        name = _parse_name(d.pop("name"))

        token = d.pop("token")

        scopes = cast(list[str], d.pop("scopes"))

        conference_token = cls(
            id=id,
            name=name,
            token=token,
            scopes=scopes,
        )

        conference_token.additional_properties = d
        return conference_token

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
