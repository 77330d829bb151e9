"""Guarantee 1: a result is of its annotated types, or an error names the location."""

import copy
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from support.runtimes import ID, Runtime
from support.servers import RawServer, always, example, response
from support.typed import assert_typed

from signalwire_rest import UNSET, Conference, RequestOptions, SignalWireRestContractError
from signalwire_rest._decoding.decode import decode

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


TIMES = ("T10:00:00Z", "t10:00:00z")


def parse(value: Any) -> Conference:
    return Conference.from_dict(value)


def timed_decode(body: Any) -> float:
    started = time.thread_time()
    assert decode(Conference, parse, body).id
    return time.thread_time() - started


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
    "a list of pairs": json.dumps(list(example().items())).encode(),
    **{
        f"date-time {text}": page(created_at=text)
        for text in (
            *("2022-01-01", "20220101", "2022-W01-1", "2022-W01-1T10:00:00Z", "20220101T000000Z"),
            *("2022-01-01T10", "2022-01-01T10:30", "2022-01-01T10:00Z", "2022-01-01T24:00:00Z"),
            *("2022-01-01x10:00:00Z", "2022-01-01T10:00:00,5Z", "2022-01-01T10:00:00.Z"),
            *("2022-01-01T10:00:00+05", "2022-01-01T10:00:00+0530", "2022-01-01T10:00:00+05:99"),
            *("2022-01-01T10:00:00+24:00", "2022-01-01T10:00:00+05:30:15", "2022-01-01T10:00:61Z"),
            *("2022-01-01T10:00:60Z", "2022-01-01T10:00:00Z\n", " 2022-01-01T10:00:00Z"),
            *("٢٠٢٢-01-01T10:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:60Z", "1641031200"),
        )
    },
    **{
        f"UUID {text}": page(id=text)
        for text in (
            *(f"{{{ID}}}", f"urn:uuid:{ID}", ID.replace("-", ""), f"0x{ID.replace('-', '')[2:]}"),
            *(f"+{ID.replace('-', '')[1:]}", ID.replace("c", "\u0661"), ID.replace("22", "2_", 1)),
            *(f" {ID}", f"{ID}\n", "-" * 50 + ID, ID.replace("-", "", 1) + "-"),
        )
    },
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
    "a UUID in capitals": page(id=ID.upper()),
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
        ("2017-01-01T05:29:60+05:30", "2017-01-01T05:30:00+05:30"),
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


@pytest.mark.parametrize("created_at", ["2022-01-01T10:00:00Z", "2022-01-01t10:00:00z"])
@pytest.mark.parametrize(
    "name", ["activeSession", "Active-Session", "ACTIVE_SESSION", "active_session_", "id "]
)
@pytest.mark.parametrize("value", [7, {"fps": "twenty"}, "2022-01-01t10:00:00z"], ids=repr)
def test_a_property_with_a_similar_name_is_another_property(
    runtime: Runtime, name: str, value: Any, created_at: str
) -> None:
    body = {**example(), name: value, "created_at": created_at}
    del body["active_session"]

    conference = get(runtime, json.dumps(body).encode())

    assert conference.additional_properties == {name: value}
    assert conference.active_session is UNSET


def test_a_required_property_is_not_replaced_by_a_similar_one(runtime: Runtime) -> None:
    body = example()
    body["NAME"] = body.pop("name")

    with pytest.raises(SignalWireRestContractError) as caught:
        get(runtime, json.dumps(body).encode())

    assert caught.value.path == "name"


def test_a_date_time_that_is_normalised_costs_no_walk_over_the_rest() -> None:
    many = {f"unknown{i}": 0 for i in range(300_000)}
    bodies = [{**many, **example(), "created_at": f"2022-01-01{text}"} for text in TIMES]

    usual, unusual = (min(timed_decode(body) for _ in range(3)) for body in bodies)

    assert unusual < 5 * usual + 0.05


def test_an_integer_sent_as_a_float_becomes_an_int(runtime: Runtime) -> None:
    conference = get(runtime, READ["an integer as 20.0"])

    assert conference.active_session
    assert type(conference.active_session.fps).__name__ == "FramesPerSecond"
    assert conference.to_dict()["active_session"]["fps"] == 20
