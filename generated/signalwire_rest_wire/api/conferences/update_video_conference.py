from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.conference import Conference
from ...models.error_list import ErrorList
from ...models.error_message import ErrorMessage
from ...models.update_conference_request import UpdateConferenceRequest
from ...types import Response


def _get_kwargs(
    id: UUID,
    *,
    body: UpdateConferenceRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/video/conferences/{id}".format(
            id=quote(str(id), safe=""),
        ),
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

    if response.status_code == 400:
        response_400 = ErrorMessage.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ErrorMessage.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ErrorMessage.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ErrorMessage.from_dict(response.json())

        return response_404

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
    id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateConferenceRequest,
) -> Response[Conference | ErrorList | ErrorMessage]:
    """Update a conference

     Changes a conference. The vendor's sources contradict each other about fields that are
    omitted: its Python reference says that the request replaces the conference and that all
    fields must be sent; an older guide and public code say that omitted fields keep their
    values. It is safe in either case to get the conference, change it, and send every
    documented field that is not null.

    Args:
        id (UUID):
        body (UpdateConferenceRequest): What to change in a conference. Nothing is required here:
            the vendor's specification
            requires `display_name`, but its own package, its guide and public code do not send it
            (contradictory). No field is documented as nullable; null probably clears a value
            (inferred). Colours are `#RRGGBB`. Public code also sends the undocumented `name` and
            `meta`
            (observed).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Conference | ErrorList | ErrorMessage]
    """

    kwargs = _get_kwargs(
        id=id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateConferenceRequest,
) -> Conference | ErrorList | ErrorMessage | None:
    """Update a conference

     Changes a conference. The vendor's sources contradict each other about fields that are
    omitted: its Python reference says that the request replaces the conference and that all
    fields must be sent; an older guide and public code say that omitted fields keep their
    values. It is safe in either case to get the conference, change it, and send every
    documented field that is not null.

    Args:
        id (UUID):
        body (UpdateConferenceRequest): What to change in a conference. Nothing is required here:
            the vendor's specification
            requires `display_name`, but its own package, its guide and public code do not send it
            (contradictory). No field is documented as nullable; null probably clears a value
            (inferred). Colours are `#RRGGBB`. Public code also sends the undocumented `name` and
            `meta`
            (observed).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Conference | ErrorList | ErrorMessage
    """

    return sync_detailed(
        id=id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateConferenceRequest,
) -> Response[Conference | ErrorList | ErrorMessage]:
    """Update a conference

     Changes a conference. The vendor's sources contradict each other about fields that are
    omitted: its Python reference says that the request replaces the conference and that all
    fields must be sent; an older guide and public code say that omitted fields keep their
    values. It is safe in either case to get the conference, change it, and send every
    documented field that is not null.

    Args:
        id (UUID):
        body (UpdateConferenceRequest): What to change in a conference. Nothing is required here:
            the vendor's specification
            requires `display_name`, but its own package, its guide and public code do not send it
            (contradictory). No field is documented as nullable; null probably clears a value
            (inferred). Colours are `#RRGGBB`. Public code also sends the undocumented `name` and
            `meta`
            (observed).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Conference | ErrorList | ErrorMessage]
    """

    kwargs = _get_kwargs(
        id=id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateConferenceRequest,
) -> Conference | ErrorList | ErrorMessage | None:
    """Update a conference

     Changes a conference. The vendor's sources contradict each other about fields that are
    omitted: its Python reference says that the request replaces the conference and that all
    fields must be sent; an older guide and public code say that omitted fields keep their
    values. It is safe in either case to get the conference, change it, and send every
    documented field that is not null.

    Args:
        id (UUID):
        body (UpdateConferenceRequest): What to change in a conference. Nothing is required here:
            the vendor's specification
            requires `display_name`, but its own package, its guide and public code do not send it
            (contradictory). No field is documented as nullable; null probably clears a value
            (inferred). Colours are `#RRGGBB`. Public code also sends the undocumented `name` and
            `meta`
            (observed).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Conference | ErrorList | ErrorMessage
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            body=body,
        )
    ).parsed
