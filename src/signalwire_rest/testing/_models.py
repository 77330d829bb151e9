"""Models for tests, taken from a new space: complete, plausible, and valid by the contract."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from signalwire_rest_wire.models import ActiveSession, Conference, ConferenceToken, Stream
from signalwire_rest_wire.types import Unset

from signalwire_rest._decoding.annotations import properties_of_model
from signalwire_rest._decoding.normalisation import normalise
from signalwire_rest._decoding.reading import ValidationError

from ._state import Json, State

M = TypeVar("M")


def make_conference(**overrides: Any) -> Conference:
    """Return a conference with an id of its own and the API's defaults.

    Args:
        overrides: Values of fields, as in the model or as in JSON; ``UNSET`` omits a field.

    Raises:
        TypeError: The model has no such field.
        ValueError: A value does not match the contract.
    """
    return _make(Conference, overrides)


def make_conference_token(**overrides: Any) -> ConferenceToken:
    """Return a moderator's token. For arguments and errors, see :func:`make_conference`."""
    return _make(ConferenceToken, overrides)


def make_session(**overrides: Any) -> ActiveSession:
    """Return a session in progress. For arguments and errors, see :func:`make_conference`."""
    return _make(ActiveSession, overrides)


def make_stream(**overrides: Any) -> Stream:
    """Return an RTMP stream. For arguments and errors, see :func:`make_conference`."""
    return _make(Stream, overrides)


def to_json(model: type, fields: Mapping[str, Any]) -> Json:
    """Return fields of a model as JSON, without those that are ``UNSET``.

    Raises:
        TypeError: The model has no such field.
        ValueError: A value does not match the contract.
    """
    properties = properties_of_model(model)
    if unknown := fields.keys() - properties.keys():
        raise TypeError(f"{model.__name__} has no field {min(unknown)!r}")
    given = {name: each for name, each in fields.items() if not isinstance(each, Unset)}
    for name in fields.keys() - given.keys():
        if not properties[name][1].optional:
            raise ValueError(f"{model.__name__}.{name} is required")
    found: Json = json.loads(json.dumps(given, default=_plain))
    try:
        return {name: normalise(properties[name][1], found[name], (name,)) for name in found}
    except ValidationError as error:
        raise ValueError(f"{model.__name__}.{error}") from None


def _make(model: type[M], overrides: Mapping[str, Any]) -> M:
    state = State(seed=None, clock=None)
    streams = [{"url": "rtmp://live.example.com/app/key"}]
    conference = state.add_conference({"display_name": "Conference"}, streams=streams)
    key = conference["id"]
    examples: dict[type, Json] = {
        ActiveSession: state.start_session(key),
        Conference: {**conference, "active_session": Unset()},
        ConferenceToken: state.all("conference_tokens", key)[0].value,
        Stream: state.all("streams", key)[0].value,
    }
    return cast(M, cast(Any, model).from_dict(to_json(model, {**examples[model], **overrides})))


def _plain(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    return value.isoformat() if isinstance(value, datetime) else str(value)
