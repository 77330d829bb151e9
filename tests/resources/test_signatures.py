"""Editors, documentation tools and mocks see each method as users call it."""

import asyncio
import inspect
import pydoc
import re
import typing
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unittest import mock

import griffe
import httpx
import jedi
import pytest
from support.servers import example

import signalwire_rest
from signalwire_rest import (
    AsyncRestClient,
    Conference,
    ConferenceCapacity,
    ErrorDetail,
    RawResponse,
    RequestOptions,
    RestClient,
    SignalWireRestContractError,
    SignalWireRestError,
    SignalWireRestSessionTimeoutError,
    SignalWireRestTimeoutError,
)

CLIENTS = [RestClient, AsyncRestClient]
KEYWORD = inspect.Parameter.KEYWORD_ONLY
REQUIRED = {
    "create": {"display_name"},
    "create_stream": {"url"},
    "wait_for_session": {"timeout"},
}
SIGNATURE = (
    "(conference_id: str | uuid.UUID, *, include_active_session: bool | None = None, "
    "request_options: signalwire_rest._options.RequestOptions | None = None) -> {}"
)
CONFERENCE = "signalwire_rest_wire.models.conference.Conference"
RAW = f"signalwire_rest._core.raw_response.RawResponse[{CONFERENCE}]"


def client_of(client_class: Any) -> Any:
    return client_class("project", "secret-token", "example.signalwire.com")


@pytest.mark.parametrize("client_class", CLIENTS)
def test_inspect_sees_the_method_as_it_is_called(client_class: Any) -> None:
    conferences = client_of(client_class).video.conferences

    for method, result in ((conferences.get, CONFERENCE), (conferences.with_raw_response.get, RAW)):
        assert str(inspect.signature(method)) == SIGNATURE.format(result)
        assert inspect.iscoroutinefunction(method) is (client_class is AsyncRestClient)
        assert (inspect.getdoc(method) or "").startswith("Return a conference: ``GET /api/")


SIGNATURES = {
    "list": "starts_after ends_before include_active_session page_size page_number page_token",
    "paginate": "starts_after ends_before include_active_session page_size limit",
    "get": "include_active_session",
    "create": "display_name name description join_from join_until quality layout size … extras",
    "update": "display_name description join_from join_until quality layout size … extras",
    "delete": "missing_ok",
    "wait_for_session": "status poll_interval timeout",
    "list_conference_tokens": "page_size page_number page_token",
    "list_streams": "",
    "create_stream": "url extras",
}


@pytest.mark.parametrize("client_class", CLIENTS)
@pytest.mark.parametrize("name", SIGNATURES)
def test_inspect_sees_each_keyword_of_a_method(client_class: Any, name: str) -> None:
    conferences = client_of(client_class).video.conferences
    raw = getattr(conferences.with_raw_response, name, None)
    for method in (getattr(conferences, name), *([raw] if raw else [])):
        signature = inspect.signature(method)
        keywords = [each.name for each in signature.parameters.values() if each.kind is KEYWORD]
        first, _, last = f"{SIGNATURES[name]} request_options".strip().partition(" … ")
        assert " ".join(keywords).startswith(first)
        assert " ".join(keywords).endswith(last)
        required = {n for n, each in signature.parameters.items() if each.default is each.empty}
        assert required - {"conference_id"} == REQUIRED.get(name, set())
        assert ("RawResponse" in str(signature.return_annotation)) is (method is raw)


def test_a_keyword_has_its_type_in_the_signature() -> None:
    found = inspect.signature(client_of(RestClient).video.conferences.create).parameters
    assert found["display_name"].annotation is str
    assert found["join_from"].annotation == datetime | None
    assert found["size"].annotation == ConferenceCapacity | str | None


@pytest.mark.parametrize("client_class", CLIENTS)
def test_create_autospec_checks_the_keywords_of_a_body(client_class: Any) -> None:
    conferences = mock.create_autospec(client_class, instance=True).video.conferences

    for create in (conferences.create, conferences.with_raw_response.create):
        for wrong in ({}, {"display_name": "x", "colour": "red"}):
            with pytest.raises(TypeError):
                create(**wrong)
        result = create(display_name="x", size="large")
        if client_class is AsyncRestClient:
            result.close()


def test_help_shows_the_keywords_of_a_body() -> None:
    shown = pydoc.plain(pydoc.render_doc(RestClient.video.conferences.create))
    assert "display_name: str" in shown
    assert "enable_chat: bool | None = None" in shown
    assert "**fields" not in shown


def test_help_describes_each_option() -> None:
    shown = pydoc.plain(pydoc.render_doc(RequestOptions))
    for name in inspect.signature(RequestOptions).parameters:
        assert re.search(rf"\b{name}: [A-Z][a-z]", shown), name


@pytest.mark.parametrize("client_class", CLIENTS)
def test_help_shows_arguments_and_documentation(client_class: Any) -> None:
    conferences = client_of(client_class).video.conferences

    for found in (conferences, conferences.with_raw_response):
        shown = pydoc.plain(pydoc.render_doc(found))
        assert "get(" in shown
        # Python 3.13 shows a long signature on several lines.
        assert "conference_id: str | uuid.UUID," in shown
        assert "include_active_session: bool | None = None," in shown
        assert "conference_id: The conference's UUID." in shown


@pytest.mark.parametrize("client_class", CLIENTS)
@pytest.mark.parametrize("instance", [True, False])
def test_create_autospec_checks_the_arguments_of_a_method(
    client_class: Any, instance: bool
) -> None:
    mocked = mock.create_autospec(client_class, instance=instance)

    for get in (
        mocked.video.conferences.get,
        mocked.video.conferences.with_raw_response.get,
    ):
        with pytest.raises(TypeError):
            get()
        with pytest.raises(TypeError):
            get("id", include_session=True)
        get.return_value = "conference"
        result = get("id", include_active_session=True)
        if client_class is RestClient:
            assert result == "conference"
        else:
            assert asyncio.run(result) == "conference"
        get.assert_called_once_with("id", include_active_session=True)


@pytest.mark.parametrize("client_class", CLIENTS)
def test_a_mock_specced_on_the_class_or_an_instance_has_the_resources(client_class: Any) -> None:
    for spec in (client_class, client_of(client_class)):
        mocked = mock.Mock(spec=spec)
        mocked.video.conferences.get.return_value = "conference"
        assert mocked.video.conferences.get("id") == "conference"
        with pytest.raises(AttributeError):
            _ = mocked.vidio


@pytest.mark.parametrize("client_class", CLIENTS)
def test_a_resource_is_made_once(client_class: Any) -> None:
    client = client_of(client_class)

    assert client.video is client.video
    assert client.video.conferences.with_raw_response is client.video.conferences.with_raw_response
    assert client.video is not client_of(client_class).video


@pytest.mark.parametrize(
    ("name", "labels"),
    [("_sync.conferences.Conferences", set()), ("_async.conferences.AsyncConferences", {"async"})],
)
def test_griffe_sees_parameters_result_and_documentation(name: str, labels: set[str]) -> None:
    package = griffe.load("signalwire_rest", search_paths=["src"])
    method = package[f"resources.{name}.get"]

    assert [parameter.name for parameter in method.parameters] == [
        "self",
        "conference_id",
        "include_active_session",
        "request_options",
    ]
    assert str(method.returns) == "Conference"
    assert set(method.labels) == labels
    assert str(package[f"resources.{name}.with_raw_response"].annotation).endswith(
        "ConferencesWithRawResponse"
    )


@pytest.mark.parametrize("module", ["signalwire.rest", "signalwire_rest"])
@pytest.mark.parametrize(
    ("client", "result"), [("RestClient", "Conference"), ("AsyncRestClient", "CoroutineType")]
)
def test_jedi_completes_and_shows_the_method(module: str, client: str, result: str) -> None:
    code = f"from {module} import {client}\nclient = {client}()\nclient.video.conferences.ge"
    script = jedi.Script(code)

    (completion,) = script.complete()
    assert completion.name == "get"
    (signature,) = jedi.Script(f"{code}t(").get_signatures()
    assert [each.name for each in signature.params] == [
        "conference_id",
        "include_active_session",
        "request_options",
    ]
    assert signature.to_string().startswith("get(conference_id: str | UUID, *, ")
    (inferred,) = jedi.Script(f"{code}t('x')").infer()
    assert inferred.name == result


INSTANCES = [
    *(client_of(each) for each in CLIENTS),
    RequestOptions(),
    RawResponse(200, httpx.Headers(), b"", 1, 0.1, decode=lambda: None),
    ErrorDetail(None, None, None, None, None),
    SignalWireRestError(404, "x", "https://h/x"),
    SignalWireRestContractError(404, "x", "https://h/x", path="a"),
    SignalWireRestTimeoutError("late", "https://h/x"),
    SignalWireRestSessionTimeoutError("late", "https://h/x"),
    Conference.from_dict(example()),
    Conference.from_dict(example()).active_session,
]


@pytest.mark.parametrize("instance", INSTANCES, ids=lambda each: type(each).__name__)
def test_a_mock_specced_on_a_public_class_has_every_attribute(instance: Any) -> None:
    mocked = mock.create_autospec(type(instance), instance=True)

    names = {*dir(instance), *getattr(instance, "__dict__", ())}
    for name in sorted(name for name in names if not name.startswith("_")):
        assert getattr(mocked, name) is not None
    with pytest.raises(AttributeError):
        _ = mocked.no_such_name


def public_functions() -> Iterator[tuple[str, Any]]:
    conferences = client_of(RestClient).video.conferences, client_of(AsyncRestClient).video
    classes = {getattr(signalwire_rest, name) for name in signalwire_rest.__all__}
    classes |= {type(each) for each in (*conferences, conferences[1].conferences)}
    for kind in sorted(filter(inspect.isclass, classes), key=lambda each: each.__name__):
        if kind.__module__.startswith("signalwire_rest."):
            for name, member in inspect.getmembers(kind):
                function = member.fget if isinstance(member, property) else member
                ours = inspect.isfunction(function) and function.__module__ != "typing"
                if ours and (name == "__init__" or name[0] != "_"):
                    yield f"{kind.__name__}.{name}", function


def test_no_public_signature_says_any() -> None:
    found = list(public_functions())

    for name, function in found:
        hints = typing.get_type_hints(function, vars(inspect.getmodule(function)))
        signature = inspect.signature(function)
        # The keywords of a body are types of its TypedDict.
        keywords = {each.name: each.annotation for each in signature.parameters.values()}
        hints = {**keywords, **hints}
        if name == "RawResponse.json":
            continue  # It is what it is: any JSON.
        for each in (*(set(keywords) - {"self"}), "return"):
            found_type = hints.get(each, Any)
            assert found_type not in (Any, inspect.Parameter.empty), f"{name}: {each}"
    assert len(found) > 20
