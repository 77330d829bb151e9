"""A request that the contract does not describe."""

import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

import httpx
from attrs import field, frozen

from signalwire_rest._core.configuration import Configuration
from signalwire_rest._core.request import encode_query, make_request
from signalwire_rest._core.secrets import Secrets, secrets_of
from signalwire_rest._decoding.reading import read_body
from signalwire_rest._errors import Json

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_PATH = re.compile(r"/(?!/)[!\"$-\[\]-~]*")
"""An absolute path with an optional query: printable ASCII without spaces, fragment, backslash."""


@frozen(eq=False, repr=False)
class AnyRequest:
    """A :class:`RequestDescription` of any request, as described in :meth:`RestClient.request`."""

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
        from signalwire_rest_wire import models  # late: imported with the first client

        return secrets_of(models, self.json)

    def build(
        self, configuration: Configuration, headers: Mapping[str, str], query: str | None
    ) -> httpx.Request:
        """Return the request. See :meth:`RequestDescription.build`."""
        method, target = _text("method", self.method), _text("path", self.path)
        if method.upper() not in _METHODS:
            raise ValueError(f"method must be one of {', '.join(_METHODS)}; got {method[:100]!r}")
        path, _, own_query = target.partition("?")
        if not _PATH.fullmatch(target) or {".", ".."} & {*unquote(path).split("/")}:
            raise ValueError(
                "path must be an absolute path in ASCII, such as /api/video/conferences, without "
                f"white space, fragment, backslash, '.' and '..'; got {target[:100]!r}"
            )
        arguments = _encode_params(self.params)
        parts: dict[str, Any] = {"method": method.lower(), "url": path}
        if self.json is not None:
            parts["json"] = self.json
        query = "&".join(each for each in (own_query, arguments) if each)
        return make_request(configuration, headers, query, lambda: parts)

    def decode(self, status_code: int, body: bytes) -> Json:
        """Return the body as JSON; ``None`` if it is empty."""
        return read_body(body) if body else None


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str; got {type(value).__name__}")
    return str.__str__(value)


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
    found: dict[str, list[Any]] = {}
    for name, value in given.items():
        values = cast("list[object]", value) if isinstance(value, list | tuple) else [value]
        for each in values:
            if not isinstance(name, str) or not isinstance(each, str | int | float | None):
                raise TypeError(
                    f"params must map str to str, int, float, bool or a list of them; "
                    f"got {type(each).__name__} for {name!r:.100}"
                )
            if each is not None:
                found.setdefault(name, []).append(_plain(each))
    try:
        return encode_query(found)
    except ValueError:  # Python prints no int of thousands of digits, and encodes no surrogates.
        raise ValueError("params must be Unicode text and numbers of reasonable size") from None
