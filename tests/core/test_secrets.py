"""Guarantee 6: the secrets in any JSON that is sent are known by the names of the contract."""

import pytest
from signalwire_rest_wire import models

from signalwire_rest._core.secrets import secrets_of

ADDRESS = "rtmp://live.example.com/app/key"
SENT = {ADDRESS, "live.example.com/app/key"}


@pytest.mark.parametrize(
    "body",
    [
        {"url": ADDRESS, "name": "x"},
        {"name": "x", "a": {"b": {"url": ADDRESS}}},
        {"a": [{"name": "x"}, {"url": ADDRESS}, "x"]},
        {"url": ADDRESS, "a": ["x"]},
        {"url": [ADDRESS]},
        ({"url": ADDRESS, "token": None},),
        [[{"token": ADDRESS}], {"name": "x"}],
    ],
)
def test_a_value_under_the_name_of_a_secret_is_one_at_any_depth(body: object) -> None:
    found = secrets_of(models, body)
    assert set(found.sent) == SENT
    assert found.names == {"token", "url"}


@pytest.mark.parametrize("body", [None, {"name": ADDRESS}, ["url", ADDRESS], ADDRESS, 7])
def test_other_values_are_none(body: object) -> None:
    found = secrets_of(models, body)
    assert found.sent == ()
    assert found.names == {"token", "url"}


def test_the_secrets_of_a_model_are_its_attributes_of_these_names() -> None:
    found = secrets_of(models, models.CreateStreamRequest(url=ADDRESS))
    assert set(found.sent) == SENT
    assert found.hide({"url": ADDRESS, "name": "x"})["name"] == "x"
    assert ADDRESS not in str(found.hide({"url": ADDRESS, "name": "x"}))
