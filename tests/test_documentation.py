"""The code of the README and of the pages runs, against the mock server."""

import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.servers import example

from signalwire import rest
from signalwire_rest import RequestOptions, RestClient
from signalwire_rest._options import ResolvedOptions
from signalwire_rest_mock import MockServer

ROOT = Path(__file__).resolve().parents[1]


def blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(), re.DOTALL | re.MULTILINE)


def test_the_readme_s_code_runs_block_by_block(mock_server: MockServer) -> None:
    placeholders = {
        "your-project-id": mock_server.api.project,
        "your-api-token": mock_server.api.token,
        "your-space.signalwire.com": mock_server.host,
        "conference-id-of-nobody": mock_server.api.contract.example("not-found").id,
        "conference-id": mock_server.api.contract.example("documented").id,
    }
    names: dict[str, Any] = {"__name__": "readme"}
    for block in blocks("README.md"):
        for placeholder, value in placeholders.items():
            block = block.replace(placeholder, value)
        exec(compile(block, "README.md", "exec"), names)
    anyio.run(names["main"])
    names["client"].close()

    assert len(blocks("README.md")) >= 7
    assert names["conf"].name == "my_conference"


def test_the_readme_s_code_is_what_a_strict_type_checker_accepts(tmp_path: Path) -> None:
    file = tmp_path / "readme.py"
    file.write_text("\n".join(blocks("README.md")))
    mypy = str(Path(sys.executable).with_name("mypy"))
    command = [mypy, "--strict", "--cache-dir", str(tmp_path), str(file)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert found.returncode == 0, found.stdout


def test_the_readme_s_placeholder_left_as_it_is_is_named() -> None:
    client = RestClient("your-project-id", "your-api-token", "your-space.signalwire.com")
    with pytest.raises(ValueError, match="conference_id must be a UUID.*'conference-id'"):
        client.video.conferences.get("conference-id")


def test_the_page_on_testing_runs(httpx_mock: Any) -> None:
    names: dict[str, Any] = {}
    for block in blocks("docs/testing-your-code.md"):
        exec(compile(block, "testing-your-code.md", "exec"), names)
    names["test_the_name_is_shown"](httpx_mock, example())
    httpx_mock.reset()


@pytest.mark.httpx_mock(should_mock=lambda request: False)
def test_the_page_on_testing_runs_against_the_mock_server() -> None:
    names: dict[str, Any] = {}
    for block in blocks("docs/testing-your-code.md"):
        exec(compile(block, "testing-your-code.md", "exec"), names)
    names["test_against_the_mock_server"]()


@pytest.mark.httpx_mock(should_mock=lambda request: False)
def test_the_readme_of_the_mock_server_runs() -> None:
    names: dict[str, Any] = {}
    (block,) = blocks("mock/README.md")
    exec(compile(block, "mock/README.md", "exec"), names)
    names["test_the_session_is_running"]()


@pytest.mark.parametrize("page", sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("*/*.md")))
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    for text in (page, "README.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", (ROOT / text).read_text()):
            assert (ROOT / text).parent.joinpath(link).exists(), f"{text}: {link}"


def test_the_table_of_options_has_the_real_defaults() -> None:
    readme, policy = (ROOT / "README.md").read_text(), ResolvedOptions()
    assert f"| `timeout` | {policy.timeout:g} s |" in readme
    assert f"| {policy.connect_timeout:g} s, {policy.read_timeout:g} s |" in readme
    assert f"| `retries` | {policy.retries} |" in readme
    assert f"| {policy.retry_backoff:g} s, {policy.retry_wait_max:g} s |" in readme
    assert f"| `max_response_bytes` | {policy.max_response_bytes // 2**20} MiB |" in readme
    for name in inspect.signature(RequestOptions).parameters:
        assert f"`{name}`" in readme


def test_every_public_name_has_a_docstring_and_every_error_stands_in_the_tree() -> None:
    for name in rest.__all__:
        value = getattr(rest, name)
        if inspect.isclass(value) and value is not rest.Unset:  # the generator's, and undocumented
            assert inspect.getdoc(value), name
            if issubclass(value, rest.SignalWireRestError):
                assert name in (inspect.getdoc(inspect.getmodule(value)) or "")
