"""A request that the contract does not describe."""

import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

import httpx
from attrs import field, frozen

from signalwire_rest._core.configuration import Configuration
from signalwire_rest._core.request import make_request
from signalwire_rest._core.secrets import Secrets, secrets_of_json
from signalwire_rest._decoding.decode import read_body
from signalwire_rest._errors import Json

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_PATH = re.compile(r"/(?!/)[!-~]*")
"""An absolute path with an optional query: printable ASCII without spaces."""


@frozen(eq=False, repr=False)
class AnyRequest:
    """A :class:`RequestDescription` of any request to the space.

    Args:
        method: The method, in any case.
        path: The path, with an optional query.
        params: Query arguments, added to the query of the path.
        json: The body, or ``None`` for none.
    """

    method: object
    path: object
    # rich shows the attributes of a class that has no repr as well.
    params: object = field(repr=False)
    json: object = field(repr=False)

    operation = None
    path_template = None

    @property
    def secrets(self) -> Secrets:
        """The values in the body under the names that hold secrets elsewhere."""
        from signalwire_rest_wire.models import SECRETS  # late: imported with the first client

        return secrets_of_json(SECRETS, self.json)

    def build(
        self, configuration: Configuration, headers: Mapping[str, str], query: str | None
    ) -> httpx.Request:
        """Return the request. See :meth:`RequestDescription.build`."""
        method, (path, _, own_query) = _check_method(self.method), _check_path(self.path)
        arguments = _encode_params(self.params)
        parts: dict[str, Any] = {"method": method.lower(), "url": path}
        if self.json is not None:
            parts["json"] = self.json
        query = "&".join(each for each in (own_query, arguments) if each)
        return make_request(configuration, headers, query, lambda: parts)

    def decode(self, status_code: int, body: bytes) -> Json:
        """Return the body as JSON; ``None`` if it is empty."""
        return read_body(body) if body else None


def _check_method(method: object) -> str:
    if not isinstance(method, str):
        raise TypeError(f"method must be a str; got {type(method).__name__}")
    name = str.__str__(method)
    if name.upper() not in _METHODS:
        raise ValueError(f"method must be one of {', '.join(_METHODS)}; got {name[:100]!r}")
    return name


def _check_path(path: object) -> tuple[str, str, str]:
    if not isinstance(path, str):
        raise TypeError(f"path must be a str; got {type(path).__name__}")
    text = str.__str__(path)
    parts = text.partition("?")
    segments = unquote(parts[0]).split("/")
    if not _PATH.fullmatch(text) or not {"#", "\\"}.isdisjoint(text) or {".", ".."} & {*segments}:
        raise ValueError(
            "path must be an absolute path in ASCII, such as /api/video/conferences, without white "
            f"space, fragment, backslash, '.' and '..'; got {text[:100]!r}"
        )
    return parts


def _plain(value: str | int | float) -> str | int | float:
    """Return a value as a plain one: a subclass, such as an Enum, may print something else."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, float):
        return float.__float__(value)
    return value if isinstance(value, bool) else int.__index__(value)


def _encode_params(params: object) -> str:
    if not isinstance(params, Mapping | None):
        raise TypeError(f"params must be a mapping; got {type(params).__name__}")
    given = cast("Mapping[object, object]", params or {})
    found: list[tuple[str, Any]] = []
    for name, value in given.items():
        values = cast("list[object]", value) if isinstance(value, list | tuple) else [value]
        for each in values:
            if not isinstance(name, str) or not isinstance(each, str | int | float | None):
                raise TypeError(
                    f"params must map str to str, int, float, bool or a list of them; "
                    f"got {type(each).__name__} for {name!r:.100}"
                )
            if each is not None:
                found.append((name, _plain(each)))
    try:
        return str(httpx.QueryParams(found))
    except ValueError:  # Python prints no int of thousands of digits, and encodes no surrogates.
        raise ValueError("params must be Unicode text and numbers of reasonable size") from None
