"""Whether a connection can be used for another request."""

from typing import Any


def can_be_reused(connection: Any) -> bool:
    """Return whether one of httpcore's connections is idle and holds no unread bytes.

    Bytes beyond a response belong to no request, so they must not be read as the next response.
    httpcore looks at the socket before it reuses a connection, but not at what h11 has already
    read. Two of these names are private; a test fails by name if they disappear.
    """
    if not connection.is_idle():
        return False
    # A mocking tool may have responded without a connection.
    http11 = getattr(connection, "_connection", None)
    return http11 is None or not http11._h11_state.trailing_data[0]
