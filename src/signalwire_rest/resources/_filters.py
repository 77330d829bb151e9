"""The filters of lists, as keyword arguments. ``None`` is not sent."""

from datetime import datetime
from typing import TypedDict


class ConferenceFilters(TypedDict, total=False):
    """Which conferences a list has, and how."""

    starts_after: datetime | None
    """Only conferences whose ``join_from`` is at or after this time."""
    ends_before: datetime | None
    """Only conferences whose ``join_until`` is at or before this time."""
    include_active_session: bool | None
    """Whether to include the ``active_session`` of each conference that has one."""
    page_size: int | None
    """How many conferences a page has, from 1 to 1000. The API's default is 50."""
