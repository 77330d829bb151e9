"""Guarantee 1: a result is of its annotated types, or an error names the location."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from support.runtimes import Runtime
from support.servers import RawServer, always, example, response
from support.typed import assert_typed

from signalwire_rest import Conference, RequestOptions, SignalWireRestContractError

MISSING = object()
ATTACKS: dict[str, Any] = {
    "missing": MISSING,
    "null": None,
    "a list": [],
    "an object": {},
    "a number": 1.5,
    "an integer": 1,
    "a string": "soon",
    "a boolean": True,
}
ONCE = RequestOptions(retries=0)


def places() -> Iterator[tuple[str, ...]]:
    for name, value in example().items():
        yield (name,)
        if isinstance(value, dict):
            yield from ((name, inner) for inner in value)


def attacked(place: tuple[str, ...], value: Any) -> Any:
    whole = example()
    target = whole
    for name in place[:-1]:
        target = target[name]
    if value is MISSING:
        del target[place[-1]]
    else:
        target[place[-1]] = copy.deepcopy(value)
    return whole


@pytest.mark.parametrize("place", list(places()), ids=".".join)
def test_a_field_of_another_type_is_converted_or_named(
    place: tuple[str, ...], runtime: Runtime
) -> None:
    if runtime.name == "trio":
        pytest.skip("the decision is shared; two runtimes show it")
    turn: dict[str, Any] = {}

    def script(connection: Any) -> None:
        while connection.read_request():
            connection.send(response(200, turn["value"]))

    returned = []
    with RawServer(script) as server, runtime.client(server.host, request_options=ONCE) as client:
        for name, value in ATTACKS.items():
            turn["value"] = attacked(place, value)
            try:
                conference = client.get(include_active_session=True)
            except SignalWireRestContractError as error:
                assert error.path == ".".join(place)
                if value is MISSING:
                    assert f"{error.path}: missing; expected " in str(error)
                else:
                    assert f"{error.path}: expected " in str(error)
                    assert str(error).endswith(f"got {name}")
            else:
                assert_typed(conference)
                returned.append(name)
    assert len(returned) < len(ATTACKS), "a field that takes anything is not checked"


def get(runtime: Runtime, body: bytes) -> Conference:
    with RawServer(always(response(200, body))) as server:
        return runtime.get(server.host, request_options=ONCE, include_active_session=True)


def page(**changes: Any) -> bytes:
    return json.dumps({**example(), **changes}).encode()


REFUSED = {
    "NaN": page(meta={"x": float("nan")}),
    "Infinity": page(meta={"x": float("inf")}),
    "200,000 brackets": b"[" * 200_000,
    "200,000 brackets in meta": page().replace(
        b'"meta": {}', b'"meta": {"x": %b}' % (b"[" * 200_000)
    ),
    "10,000 digits": page().replace(b'"duration": 120', b'"duration": ' + b"9" * 10_000),
    "UTF-16": page().decode().encode("utf-16"),
    "no UTF-8": page(name="x").replace(b'"x"', b'"\xff"'),
    "empty": b"",
    "null": b"null",
    "a list": b"[]",
    "a string": b'"conference"',
    "HTML": b"<html><body>502 Bad Gateway</body></html>",
    "cut off": page()[:100],
    "two of them": page() + page(),
    "not a UUID": page(id="c22d24f6"),
    "not a date": page(created_at="tomorrow"),
    "day 32": page(created_at="2022-01-32T00:00:00Z"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mismatch_with_the_contract_is_a_contract_error(runtime: Runtime, name: str) -> None:
    with pytest.raises(SignalWireRestContractError) as caught:
        get(runtime, REFUSED[name])

    assert caught.value.status_code == 200
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


READ = {
    "a BOM": b"\xef\xbb\xbf" + page(),
    "duplicate keys, of which the last counts": page().replace(
        b'"name": "my_', b'"name": 1, "name": "my_'
    ),
    "a lone surrogate": page(name="\ud800"),
    "an integer as 20.0": page().replace(b'"fps": 20', b'"fps": 20.0'),
    "a deep meta": page(meta={"x": json.loads("[" * 200 + "]" * 200)}),
    "an empty session": page(active_session={}),
}


@pytest.mark.parametrize("name", READ)
def test_unusual_but_legal_responses_are_read(runtime: Runtime, name: str) -> None:
    conference = get(runtime, READ[name])

    assert_typed(conference)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2022-01-01t10:00:00z", "2022-01-01T10:00:00+00:00"),
        ("2022-01-01 10:00:00Z", "2022-01-01T10:00:00+00:00"),
        ("2022-01-01T10:00:00.5Z", "2022-01-01T10:00:00.500000+00:00"),
        ("2022-01-01T10:00:00.123456789Z", "2022-01-01T10:00:00.123456+00:00"),
        ("2022-01-01T10:00:00+05:30", "2022-01-01T10:00:00+05:30"),
        ("2022-01-01T10:00:00-00:00", "2022-01-01T10:00:00+00:00"),
        ("2022-01-01T10:00:00", "2022-01-01T10:00:00+00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("2016-12-31t23:59:60.25z", "2017-01-01T00:00:00.250000+00:00"),
    ],
)
@pytest.mark.parametrize("field", ["created_at", "join_from", "active_session"])
def test_every_rfc_3339_date_time_is_read_with_its_time_zone(
    runtime: Runtime, field: str, text: str, instant: str
) -> None:
    session = field == "active_session"
    conference = get(runtime, page(**{field: {"start_time": text} if session else text}))

    holder: Any = conference.active_session if session else conference
    assert getattr(holder, "start_time" if session else field).isoformat() == instant


def test_a_property_that_differs_only_in_case_is_another_property(runtime: Runtime) -> None:
    conference = get(runtime, page(**{"Created-At": 7, "created_at": "2022-01-01t00:00:00z"}))
    assert conference["Created-At"] == 7

    other = json.loads(page())
    other["NAME"] = other.pop("name")
    with pytest.raises(SignalWireRestContractError) as caught:
        get(runtime, json.dumps(other).encode())
    assert caught.value.path is not None


def test_an_integer_sent_as_a_float_becomes_an_int(runtime: Runtime) -> None:
    conference = get(runtime, READ["an integer as 20.0"])

    assert conference.active_session
    assert type(conference.active_session.fps).__name__ == "FramesPerSecond"
    assert conference.to_dict()["active_session"]["fps"] == 20
