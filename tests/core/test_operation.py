"""The request of an operation."""

import string

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalwire_rest._core.request import _url

ORIGINS = ["https://example.signalwire.com", "http://127.0.0.1:8080", "https://[::1]"]
CHARACTERS = string.ascii_letters + string.digits + "-._~!$&'()*+,;=:@/% \"<>[]{}|^`\\é\n#?"


@given(
    st.sampled_from(ORIGINS),
    st.text(CHARACTERS, max_size=30),
    st.text(CHARACTERS, max_size=30) | st.just(""),
)
def test_a_url_is_what_httpx_makes_of_its_text(origin: str, path: str, query: str) -> None:
    path, query = f"/{path.replace('?', '').replace('#', '')}", query.replace("#", "")
    try:
        expected = httpx.URL(f"{origin}{path}{'?' if query else ''}{query}")
    except httpx.InvalidURL:
        with pytest.raises(httpx.InvalidURL):
            _url(origin, path, query)
        return
    url = _url(origin, path, query)
    assert vars(url) == vars(expected)
    assert url.raw_path == expected.raw_path


@given(st.from_regex(r"(/[\w-]+)+", fullmatch=True), st.text(CHARACTERS, max_size=30))
def test_the_url_of_a_plain_path_is_what_httpx_makes_of_it(path: str, value: str) -> None:
    query = str(httpx.QueryParams({"name": value}))
    assert vars(_url(ORIGINS[0], path, query)) == vars(httpx.URL(f"{ORIGINS[0]}{path}?{query}"))
