"""What is read as a response, and what is refused, however the bytes are split."""

from collections.abc import Iterable

import pytest
from httpcore import RemoteProtocolError
from support.malformed import CHUNKED, CONTINUE, EMPTY, OK, REFUSED

from signalwire_rest._http.response_reader import ResponseReader


def outcome(parts: Iterable[bytes], has_body: bool = True) -> tuple[object, ...]:
    """Return the status and the body of a response and whether it is reusable, or the error."""
    reader = ResponseReader(has_body)
    body = b""
    try:
        for part in parts:
            body += reader.feed(part)
            if reader.is_complete:
                return reader.status, body, reader.is_reusable
    except RemoteProtocolError:
        return "error", reader.is_reusable
    return ("incomplete",)


def splits(data: bytes) -> Iterable[list[bytes]]:
    """Yield the data in one part, in each two parts, and byte by byte."""
    yield [data]
    yield from ([data[:at], data[at:]] for at in range(1, len(data)))
    yield [data[at : at + 1] for at in range(len(data))]


@pytest.mark.parametrize("name", REFUSED)
def test_what_deviates_from_http_is_refused(name: str) -> None:
    assert {outcome(parts) for parts in splits(REFUSED[name])} == {("error", False)}


@pytest.mark.parametrize(
    "data",
    [
        OK + b"X: " + b"x" * 200_000,
        OK + b"X: y\r\n" * 40_000,
        b"HTTP/1.1 200 " + b"x" * 200_000,
        CONTINUE * 8_000,
        CHUNKED + b"1;" + b"a" * 200_000,
        CHUNKED + b"1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\na\r\n" * 5_000,
        CHUNKED + b"0\r\nX: " + b"x" * 200_000,
        CHUNKED + b"0\r\n" + b"X: y\r\n" * 40_000,
    ],
    ids="header headers reason interim extension extensions trailer trailers".split(),
)
def test_bytes_outside_of_the_body_are_bounded(data: bytes) -> None:
    parts = [data[at : at + 4096] for at in range(0, 130_000, 4096)]
    assert outcome(parts) == ("error", False)


def test_many_small_chunks_are_not_too_many() -> None:
    data = CHUNKED + b"1\r\na\r\n" * 100_000 + b"0\r\n\r\n"
    assert outcome([data[:300_000], data[300_000:]]) == (200, b"a" * 100_000, True)


ACCEPTED = {
    "length": (OK + b"Content-Length: 2 \r\n\r\nab", b"ab"),
    "chunks": (CHUNKED + b'1;x=y\r\na\r\n01;q="\\""\r\nb\r\n0\r\n\r\n', b"ab"),
    "CHUNKED": (OK + b"transfer-encoding:CHUNKED\r\n\r\n2\r\nab\r\n0\r\n\r\n", b"ab"),
    "trailers": (CHUNKED + b"2\r\nab\r\n0\r\nX: y\r\nContent-Encoding: gzip\r\n\r\n", b"ab"),
    "interim responses": (
        CONTINUE + b"HTTP/1.1 103 X\r\nLink: x\r\nContent-Length: 7\r\n\r\n" + OK + EMPTY,
        b"",
    ),
    "no reason": (b"HTTP/1.1 200\r\n" + EMPTY, b""),
    "204": (b"HTTP/1.1 204 X\r\nTransfer-Encoding: chunked\r\n\r\n", b""),
    "304": (b"HTTP/1.1 304 X\r\nContent-Length: 7\r\n\r\n", b""),
    "HEAD": (OK + b"Content-Length: 7\r\n\r\n", b""),
    "HEAD in chunks": (CHUNKED, b""),
    "HTTP/1.0 keep-alive": (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + EMPTY, b""),
    "unasked upgrade": (OK + b"Connection: upgrade\r\nUpgrade: h2c\r\n" + EMPTY, b""),
}
BEYOND = [b"x", b"\r\n", b"\n", b"\0", CONTINUE, OK + b"Content-Length: 2\r\n\r\nno"]


def has_body(name: str) -> bool:
    return not name.startswith("HEAD")


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_response_is_the_same_however_it_is_split(name: str) -> None:
    data, body = ACCEPTED[name]
    found = {outcome(parts, has_body(name))[1:] for parts in splits(data)}
    assert found == {(body, True)}


@pytest.mark.parametrize("beyond", BEYOND)
@pytest.mark.parametrize("name", ACCEPTED)
def test_bytes_beyond_a_response_leave_it_as_it_is_but_end_the_connection(
    name: str, beyond: bytes
) -> None:
    data, body = ACCEPTED[name]
    for at in range(len(data)):
        parts = [data[:at], data[at:] + beyond] if at else [data + beyond]
        assert outcome(parts, has_body(name))[1:] == (body, False)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_truncated_response_is_an_error(name: str) -> None:
    data, _ = ACCEPTED[name]
    found = {outcome([data[:at], b""], has_body(name)) for at in range(1, len(data))}
    assert found == {("error", False)}
    assert outcome([b""]) == ("error", False)


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_a_body_without_framing_ends_with_its_connection(version: bytes) -> None:
    data = b"HTTP/" + version + b" 200 OK\r\n\r\n" + OK + EMPTY
    for parts in splits(data):
        assert outcome(parts) == ("incomplete",)
        assert outcome([*parts, b""]) == (200, OK + EMPTY, False)


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nConnection: close\r\n", b"HTTP/1.0 200 OK\r\n"]
)
def test_a_connection_that_the_server_will_close_is_not_reusable(head: bytes) -> None:
    assert {outcome(parts) for parts in splits(head + EMPTY)} == {(200, b"", False)}


def test_headers_are_those_of_the_final_response() -> None:
    head = b"HTTP/1.1 103 X\r\nLink: a\r\n\r\n" + CHUNKED[:-2] + b"X:  a\tb \t\r\nX: \xff\r\n\r\n"
    for parts in splits(head + b"0\r\nTrailer: x\r\n\r\n" + OK + b"Later: x\r\n" + EMPTY):
        reader = ResponseReader()
        for part in parts:
            reader.feed(part)
            if reader.is_complete:
                break
        expected = [(b"Transfer-Encoding", b"chunked"), (b"X", b"a\tb"), (b"X", b"\xff")]
        assert reader.headers == expected


class Struck(BaseException):
    """What a signal handler raises."""


@pytest.mark.parametrize("callback", ["on_header", "on_headers_complete", "on_body"])
def test_an_exception_that_strikes_in_a_callback_is_raised_itself(callback: str) -> None:
    def strike(*arguments: object) -> None:
        raise Struck

    reader = type("Reader", (ResponseReader,), {callback: strike})()
    with pytest.raises(Struck):
        reader.feed(OK + b"Content-Length: 2\r\n\r\nab")


def test_an_exception_that_the_caller_is_handling_is_not_raised_again() -> None:
    try:
        raise KeyError
    except KeyError:
        with pytest.raises(RemoteProtocolError):
            ResponseReader().feed(REFUSED["two lengths"])
