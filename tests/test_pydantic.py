"""Pydantic and FastAPI take a model as a field, a body and a response, and describe it."""

import subprocess
import sys
from typing import Annotated, Any
from uuid import UUID

import anyio
import httpx
import pydantic
import pytest
from fastapi import Body, FastAPI
from support.runtimes import ID
from support.servers import CONTRACT, example
from support.typed import assert_typed

from signalwire_rest import Conference, Stream, from_json, to_json

app = FastAPI()


@app.get("/conferences/{conference_id}")
async def show(conference_id: UUID) -> Conference:
    return Conference.from_dict({**example(), "id": str(conference_id), "waiting_room": True})


@app.get("/conferences")
async def conferences() -> list[Conference]:
    return [Conference.from_dict(example(name)) for name in ("documented", "created-conference")]


@app.post("/name")
async def name_of(conference: Annotated[Conference, Body()]) -> str:
    assert_typed(conference)
    return conference.name


class Booking(pydantic.BaseModel):
    """A user's own model."""

    conference: Conference
    stream: Stream | None = None


def request(method: str, path: str, **arguments: Any) -> httpx.Response:
    """Send a request to the app, without a socket."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
            return await client.request(method, path, **arguments)

    return anyio.run(send)


def schemas() -> dict[str, Any]:
    found: dict[str, Any] = app.openapi()["components"]["schemas"]
    return found


def test_an_endpoint_returns_models_as_their_json() -> None:
    expected = {**example(), "id": ID, "waiting_room": True}
    assert request("GET", f"/conferences/{ID}").json() == expected
    assert [each["name"] for each in request("GET", "/conferences").json()] == [
        "my_conference",
        example("created-conference")["name"],
    ]


def test_an_endpoint_checks_a_body_as_a_response_is_checked() -> None:
    assert request("POST", "/name", json=example()).json() == "my_conference"
    found = request("POST", "/name", json={**example(), "created_at": "soon"})
    assert found.status_code == 422
    assert "created_at: expected a string (date-time)" in found.json()["detail"][0]["msg"]


@pytest.mark.parametrize("name", ["Conference", "ActiveSession"])
def test_the_openapi_document_has_every_field_of_the_contract(name: str) -> None:
    contract, found = CONTRACT.document["components"]["schemas"][name], schemas()[name]

    assert found["properties"].keys() == contract["properties"].keys()
    assert set(found.get("required", ())) == set(contract.get("required", ()))
    assert found["additionalProperties"] is True
    assert found["description"].split() == contract["description"].split()
    for key, each in contract["properties"].items():
        described = found["properties"][key]
        assert described["description"] == " ".join(each["description"].split())
        nullable = "null" in str(each.get("type")) or {"type": "null"} in each.get("anyOf", ())
        assert ({"type": "null"} in described.get("anyOf", ())) is nullable, key


def test_the_openapi_document_names_formats_nested_models_and_open_enums() -> None:
    properties = schemas()["Conference"]["properties"]
    kinds = {
        key: [each.get("$ref", "").rpartition("/")[2] or each["type"] for each in value["anyOf"]]
        for key, value in properties.items()
        if "anyOf" in value
    }
    assert properties["id"]["format"] == "uuid"
    assert properties["created_at"]["format"] == "date-time"
    assert set(kinds["quality"]) == {"VideoQuality", "string"}
    assert set(kinds["size"]) == {"ConferenceCapacity", "string", "null"}
    assert kinds["active_session"] == ["ActiveSession", "null"]
    assert set(schemas()["VideoQuality"]["enum"]) == {"720p", "1080p"}


def test_a_model_is_a_field_of_a_pydantic_model() -> None:
    booking = Booking.model_validate({"conference": example(), "stream": example("stream")})

    assert_typed(booking.conference)
    assert Booking.model_validate_json(booking.model_dump_json()) == booking
    assert booking.model_dump()["conference"] == example()
    assert Booking(conference=booking.conference).conference is booking.conference
    assert from_json(Conference, to_json(booking.conference)) == booking.conference
    with pytest.raises(pydantic.ValidationError, match="missing; expected a string"):
        Booking.model_validate({"conference": {}})


def test_the_client_does_not_import_pydantic() -> None:
    code = "import sys, signalwire_rest; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
