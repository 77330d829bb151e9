"""What the templates add to generated code.

Keyword bodies, date-times with Z, hidden secrets, described fields, a singleton ``UNSET``, and a
client that is imported late.
"""

import copy
import inspect
import pickle
import pydoc
import subprocess
import sys
import typing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import attrs
import pytest
import signalwire_rest_wire.models as models
from signalwire_rest_wire.api.conferences import list_video_conferences
from signalwire_rest_wire.types import UNSET
from support.servers import CONTRACT

from tools import OPENAPI, ROOT
from tools.generate import generator
from tools.generate.__main__ import differences

SCHEMAS: dict[str, Any] = CONTRACT.document["components"]["schemas"]
BODIES = [name for name in SCHEMAS if name.endswith("Request")]
PASSWORDS = {
    (name, key): each
    for name, schema in SCHEMAS.items()
    for key, each in schema.get("properties", {}).items()
    if each.get("format") == "password"
}
SECRET = "rtmp://live.example.com/app/stream-key"
TOKEN = "vpt_62c65414de4d067d07415a7ced8183be"


@pytest.mark.parametrize("name", BODIES)
def test_the_keywords_of_a_body_are_the_attributes_of_its_model(name: str) -> None:
    model, keywords = getattr(models, name), getattr(models, f"{name}Dict")
    expected = typing.get_type_hints(model, localns=vars(models))
    del expected["additional_properties"]

    assert keywords.__required_keys__ == set(SCHEMAS[name].get("required", ()))
    assert typing.get_type_hints(keywords).keys() == expected.keys()
    for key, hint in typing.get_type_hints(keywords).items():
        kinds = {each for each in typing.get_args(expected[key]) if each.__name__ != "Unset"}
        optional = set() if key in keywords.__required_keys__ else {type(None)}
        assert set(typing.get_args(hint) or [hint]) == (kinds or {expected[key]}) | optional


def test_date_times_are_sent_in_utc_with_z() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    body = models.CreateConferenceRequest(display_name="x", join_from=noon)
    request = list_video_conferences._get_kwargs(
        starts_after=noon, ends_before=noon.astimezone(UTC)
    )

    assert body.to_dict()["join_from"] == "2026-01-01T10:00:00Z"
    assert request["params"] == {
        "starts_after": "2026-01-01T10:00:00Z",
        "ends_before": "2026-01-01T10:00:00Z",
    }


def test_a_fraction_of_a_second_is_sent() -> None:
    body = models.CreateConferenceRequest(
        display_name="x", join_from=datetime(2026, 1, 1, 0, 0, 0, 250, UTC)
    )

    assert body.to_dict()["join_from"] == "2026-01-01T00:00:00.000250Z"


def test_the_repr_shows_no_value_with_the_format_password() -> None:
    found = {(model.__name__, key) for model, keys in models.SECRETS.items() for key in keys}
    assert found == set(PASSWORDS)
    assert len(found) == 4
    for name, key in found:
        model = getattr(models, name)
        filled = {each.name: None for each in attrs.fields(model) if each.init} | {key: SECRET}
        secret = model(**filled)

        assert getattr(secret, key) == SECRET
        assert f"{key}='***'" in repr(secret)
        assert SECRET not in repr([secret])


def test_the_repr_of_a_page_shows_no_secret_and_null_as_null() -> None:
    for name, secret in (("conference-token-page", "vpt_6"), ("stream-page", "stream-key")):
        value = CONTRACT.example(name).value
        model = models.StreamPage if name == "stream-page" else models.ConferenceTokenPage
        page = model.from_dict(value)

        assert secret in str(value)
        assert secret not in repr(page)
        assert page.to_dict() == value
    without = models.Stream.from_dict(CONTRACT.example("stream-without-details").value)
    assert "url=None" in repr(without)


def test_the_repr_hides_tokens_in_properties_that_the_contract_does_not_describe() -> None:
    value = CONTRACT.example("created-conference").value
    tokens = [{"name": "moderator", "token": TOKEN}, f"guest\n{TOKEN}"]
    conference = models.Conference.from_dict({**value, "tokens": tokens})

    assert conference["tokens"] == tokens
    assert TOKEN not in repr(conference)
    assert repr(conference).count("vpt_***") == 2


def test_help_describes_each_field_as_the_contract_does() -> None:
    described = 0
    for model in models.DESCRIPTIONS:
        properties: dict[str, Any] = SCHEMAS.get(model.__name__, {}).get("properties", {})
        shown = " ".join(pydoc.plain(pydoc.render_doc(model)).replace("|", " ").split())
        for text in (each["description"] for each in properties.values() if "description" in each):
            assert " ".join(text.replace("|", " ").split()) in shown
            described += 1
    assert described > 80
    attribute: Any = vars(models.Conference)["id"]
    assert inspect.getdoc(attribute) == "The conference's ID."
    for model in models.DESCRIPTIONS:
        for method in ("to_dict", "from_dict"):
            assert inspect.getdoc(getattr(model, method)), model


@pytest.mark.parametrize("model", models.DESCRIPTIONS)
def test_iterating_over_a_model_is_an_error_that_says_what_to_do(model: Any) -> None:
    blank = object.__new__(model)
    for iterate in (iter, list, dict):
        with pytest.raises(TypeError, match=rf"a {model.__name__} cannot .*; use its to_dict\(\)"):
            iterate(blank)


def test_a_model_can_be_copied_and_pickled_with_its_other_fields() -> None:
    conference = models.Conference.from_dict({**CONTRACT.example("documented").value, "x": 1})
    for twin in (copy.copy(conference), copy.deepcopy(conference)):
        assert twin == conference
    assert pickle.loads(pickle.dumps(conference)) == conference


def test_unset_prints_its_name_and_stays_the_same_object() -> None:
    assert repr([UNSET]) == "[UNSET]"
    assert copy.copy(UNSET) is copy.deepcopy(UNSET) is pickle.loads(pickle.dumps(UNSET)) is UNSET


def test_the_generated_client_is_imported_when_it_is_asked_for() -> None:
    program = """
import sys, signalwire_rest_wire.models as models
assert "signalwire_rest_wire.client" not in sys.modules
from signalwire_rest_wire import AuthenticatedClient, Client
import signalwire_rest_wire
assert not hasattr(signalwire_rest_wire, "Other")
print(AuthenticatedClient.__name__, Client.__name__)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "AuthenticatedClient Client\n", done.stderr


def test_a_change_of_a_template_makes_the_committed_code_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator, "TEMPLATES", tmp_path)
    (made := tmp_path / "generated").mkdir()

    generator.generate(OPENAPI / "openapi.yaml", ROOT / "generator-config.yaml", made)

    stale = list(differences(made, ROOT / "generated"))
    assert any("models/__init__.py" in each for each in stale)
    assert any("models/conference.py" in each for each in stale)
    assert any("types.py" in each for each in stale)
