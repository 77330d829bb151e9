from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.conference import Conference
from ...models.create_conference_request import CreateConferenceRequest
from ...models.error_list import ErrorList
from ...models.error_message import ErrorMessage
from ...types import Response


def _get_kwargs(
    *,
    body: CreateConferenceRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/video/conferences",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Conference | ErrorList | ErrorMessage | None:
    if response.status_code == 200:
        response_200 = Conference.from_dict(response.json())

        return response_200

    if response.status_code == 201:
        response_201 = Conference.from_dict(response.json())

        return response_201

    if response.status_code == 400:
        response_400 = ErrorMessage.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ErrorMessage.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ErrorMessage.from_dict(response.json())

        return response_403

    if response.status_code == 422:
        response_422 = ErrorList.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = ErrorList.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = ErrorMessage.from_dict(response.json())

        return response_500

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Conference | ErrorList | ErrorMessage]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateConferenceRequest,
) -> Response[Conference | ErrorList | ErrorMessage]:
    """Create a conference

     Creates a conference, together with a token for moderators and one for guests. The vendor's
    FAQ says that the response includes these tokens, its specification does not
    (contradictory): expect them as unknown properties, or list the conference's tokens.

    Do not send this request twice: without `name`, that creates a second conference. With
    `name`, the second request should be rejected because the name is taken (inferred).

    Args:
        body (CreateConferenceRequest): A conference to create. Colours are `#RRGGBB`.
            Undocumented properties that public code
            sends are accepted at least by some spaces (observed): `meta`, `tone_on_entry_and_exit`,
            `room_join_video_off` and `user_join_video_off`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Conference | ErrorList | ErrorMessage]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: CreateConferenceRequest,
) -> Conference | ErrorList | ErrorMessage | None:
    """Create a conference

     Creates a conference, together with a token for moderators and one for guests. The vendor's
    FAQ says that the response includes these tokens, its specification does not
    (contradictory): expect them as unknown properties, or list the conference's tokens.

    Do not send this request twice: without `name`, that creates a second conference. With
    `name`, the second request should be rejected because the name is taken (inferred).

    Args:
        body (CreateConferenceRequest): A conference to create. Colours are `#RRGGBB`.
            Undocumented properties that public code
            sends are accepted at least by some spaces (observed): `meta`, `tone_on_entry_and_exit`,
            `room_join_video_off` and `user_join_video_off`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Conference | ErrorList | ErrorMessage
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateConferenceRequest,
) -> Response[Conference | ErrorList | ErrorMessage]:
    """Create a conference

     Creates a conference, together with a token for moderators and one for guests. The vendor's
    FAQ says that the response includes these tokens, its specification does not
    (contradictory): expect them as unknown properties, or list the conference's tokens.

    Do not send this request twice: without `name`, that creates a second conference. With
    `name`, the second request should be rejected because the name is taken (inferred).

    Args:
        body (CreateConferenceRequest): A conference to create. Colours are `#RRGGBB`.
            Undocumented properties that public code
            sends are accepted at least by some spaces (observed): `meta`, `tone_on_entry_and_exit`,
            `room_join_video_off` and `user_join_video_off`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Conference | ErrorList | ErrorMessage]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateConferenceRequest,
) -> Conference | ErrorList | ErrorMessage | None:
    """Create a conference

     Creates a conference, together with a token for moderators and one for guests. The vendor's
    FAQ says that the response includes these tokens, its specification does not
    (contradictory): expect them as unknown properties, or list the conference's tokens.

    Do not send this request twice: without `name`, that creates a second conference. With
    `name`, the second request should be rejected because the name is taken (inferred).

    Args:
        body (CreateConferenceRequest): A conference to create. Colours are `#RRGGBB`.
            Undocumented properties that public code
            sends are accepted at least by some spaces (observed): `meta`, `tone_on_entry_and_exit`,
            `room_join_video_off` and `user_join_video_off`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Conference | ErrorList | ErrorMessage
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
