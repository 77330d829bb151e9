from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.conference_token import ConferenceToken
    from ..models.pagination_links import PaginationLinks


T = TypeVar("T", bound="ConferenceTokenPage")


@_attrs_define
class ConferenceTokenPage:
    """One page of conference tokens."""

    links: PaginationLinks
    """ Links to pages. They are absolute in the vendor's specification and start with `/api/` in
    its paging guide (contradictory): accept both. Send the query of a link as it is, and
    credentials only to your own space.
     """
    data: list[ConferenceToken]
    """ The entries of the page. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        links = self.links.to_dict()

        data = []
        for data_item_data in self.data:
            data_item = data_item_data.to_dict()
            data.append(data_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "links": links,
                "data": data,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.conference_token import ConferenceToken  # noqa: PLC0415
        from ..models.pagination_links import PaginationLinks  # noqa: PLC0415

        d = dict(src_dict)
        links = PaginationLinks.from_dict(d.pop("links"))

        data = []
        _data = d.pop("data")
        for data_item_data in _data:
            data_item = ConferenceToken.from_dict(data_item_data)

            data.append(data_item)

        conference_token_page = cls(
            links=links,
            data=data,
        )

        conference_token_page.additional_properties = d
        return conference_token_page

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
