"""Guarantee 4: a response is buffered within bounds, whatever its content encoding."""

import gzip
from typing import Any

import httpx
import pytest

from signalwire_rest._http.buffered_response import BufferedResponse, ResponseBodyError


def started(coding: str | None = None, max_bytes: int = 100) -> BufferedResponse:
    buffered = BufferedResponse(max_bytes)
    headers = {} if coding is None else {"Content-Encoding": coding}
    assert buffered.start(httpx.Response(200, headers=headers, stream=httpx.ByteStream(b"")))
    return buffered


def test_chunks_are_joined() -> None:
    buffered = started()
    assert buffered.add(b"ab")
    assert buffered.add(b"c")
    buffered.finish()
    assert buffered.content == b"abc"
    assert buffered.failure is None


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP "])
def test_a_known_content_encoding_is_decoded(coding: str) -> None:
    buffered = started(coding)
    for byte in gzip.compress(b"abc"):
        assert buffered.add(bytes([byte]))
    buffered.finish()
    assert buffered.content == b"abc"
    assert buffered.failure is None


def test_two_headers_are_two_content_encodings() -> None:
    headers = [(b"Content-Encoding", b"gzip"), (b"content-encoding", b"gzip")]
    buffered = BufferedResponse(100)
    buffered.start(httpx.Response(200, headers=headers, stream=httpx.ByteStream(b"")))
    assert not buffered.add(gzip.compress(gzip.compress(b"abc")))
    assert "the content encoding was not asked for" in str(buffered.failure)


def test_an_unknown_content_encoding_matters_only_with_a_body() -> None:
    empty, full = started("br"), started("br")
    empty.finish()
    assert empty.failure is None
    assert not full.add(b"x")
    assert "the content encoding was not asked for" in str(full.failure)


def test_a_rejected_body_is_discarded_up_to_a_limit() -> None:
    buffered = started(max_bytes=3)
    assert buffered.add(b"abc")
    assert not buffered.add(b"d")
    assert not buffered.add(b"x" * 1024 * 1024)
    with pytest.raises(ResponseBodyError, match="longer than max_response_bytes"):
        buffered.add(b"x")


def test_the_first_failure_is_kept() -> None:
    buffered = started()
    first = httpx.ReadError("first")
    buffered.fail(first)
    buffered.fail(httpx.ReadError("second"))
    assert buffered.failure is first


@pytest.mark.parametrize("read", [httpx.Response.read, lambda response: list(response.iter_raw())])
def test_a_response_that_a_hook_refused_keeps_its_status(read: Any) -> None:
    request = httpx.Request("GET", "https://example.com")
    response = httpx.Response(503, stream=httpx.ByteStream(b"busy"), request=request)
    read(response)
    buffered = BufferedResponse(100)

    buffered.fail(httpx.HTTPStatusError("503", request=request, response=response))

    assert buffered.status_code == 503
    assert buffered.content in (b"busy", b"")
    assert isinstance(buffered.failure, httpx.HTTPStatusError)
