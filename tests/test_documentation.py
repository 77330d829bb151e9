"""The documentation is true: its code runs as printed, its links lead somewhere."""

import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from support.pages import ROOT, VENDOR_EXAMPLE, Block, blocks, links, run_python

from signalwire import rest
from signalwire_rest import RequestOptions
from signalwire_rest._options import ResolvedOptions
from signalwire_rest_mock import MockApi, MockServer

PAGES = [
    page
    for pattern in ("*.md", "*/*.md", "*/*/*.md")
    for page in sorted(ROOT.glob(pattern))
    if not page.relative_to(ROOT).parts[0].startswith((".", "build"))
]
BLOCKS = [block for page in PAGES for block in blocks(str(page.relative_to(ROOT)))]
# A block with a test is a test file.
TESTS = [block for block in BLOCKS if "def test_" in block.code]
PROGRAMS = [block for block in BLOCKS if block not in TESTS]
FIRST_CALL = PROGRAMS[0]
CONFERENCE_ID = "c22d24f6-5a47-4597-9a23-c7d01e696b92"


def placeholders(server: MockServer) -> dict[str, str]:
    """Return what a reader of the vendor's example puts in place of its placeholders."""
    return {
        "your-project-id": server.api.project,
        "your-api-token": server.api.token,
        "your-space.signalwire.com": server.host,
    }


@pytest.mark.parametrize("block", PROGRAMS, ids=str)
def test_a_block_prints_what_is_beneath_it(block: Block, tmp_path: Path) -> None:
    """Each block runs alone, against a fresh mock server that the environment names.

    Nothing in it is changed but the placeholders of the first call.
    """
    with MockServer() as server:
        code = block.code
        if block == FIRST_CALL:
            for placeholder, value in placeholders(server).items():
                code = code.replace(placeholder, value)
        variables = {
            "SIGNALWIRE_PROJECT_ID": server.api.project,
            "SIGNALWIRE_API_TOKEN": server.api.token,
            "SIGNALWIRE_SPACE": server.host,
        }
        found = run_python("-c", code, cwd=tmp_path, variables=variables)

    assert found.stderr == ""
    assert found.stdout == (block.output or "")
    assert found.returncode == 0


def test_the_readme_begins_with_the_vendors_example() -> None:
    example = VENDOR_EXAMPLE.replace("conference-id", CONFERENCE_ID)
    assert FIRST_CALL.page == "README.md"
    assert FIRST_CALL.code.startswith(example)
    for block in PROGRAMS[1:]:
        assert "your-" not in block.code


def test_the_readme_is_short_and_reads_well_on_a_package_index() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 120
    addresses = re.findall(r"\]\(([^)]*)\)", text)
    base = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    # `make docs` follows them.
    assert addresses
    assert all(each.startswith(base["Documentation"]) for each in addresses)


def test_the_page_on_the_client_exports_what_the_mock_server_expects() -> None:
    page, api = (ROOT / "docs" / "client.md").read_text("utf-8"), MockApi()
    assert f"export SIGNALWIRE_PROJECT_ID={api.project}\n" in page
    assert f"export SIGNALWIRE_API_TOKEN={api.token}\n" in page


def test_a_strict_type_checker_accepts_the_code_of_every_page(tmp_path: Path) -> None:
    files = [block.write(tmp_path) for block in BLOCKS]
    mypy = Path(sys.executable).with_name("mypy")
    # pandas has no annotations.
    options: list[str | Path] = ["--strict", "--ignore-missing-imports", "--cache-dir", tmp_path]
    command = [mypy, *options, *files]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("block", TESTS, ids=str)
def test_a_test_file_shown_in_a_page_passes_as_printed(block: Block, tmp_path: Path) -> None:
    file = block.write(tmp_path)
    command: list[str | Path] = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command.append(file)
    found = run_python(*command, cwd=tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr
    assert re.search(r"^[1-9]\d* passed", found.stdout, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for link in links(page):
        assert link.exists(), str(link)


def test_every_decision_has_its_sections_and_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index, decisions = folder / "README.md", sorted(folder.glob("[0-9]*.md"))
    assert [link.resolve() for link in links(index) if link.parent == folder] == decisions
    for number, decision in enumerate(decisions, 1):
        text = decision.read_text("utf-8")
        assert text.startswith(f"# {number}. ")
        assert decision.name.startswith(f"{number:04}-")
        for section in ("Status", "Context", "Decision", "Consequence"):
            assert f"\n**{section}:** " in text, f"{decision.name}: {section}"


def test_the_table_of_options_has_the_real_defaults() -> None:
    page = (ROOT / "docs" / "options.md").read_text("utf-8")
    policy = ResolvedOptions()
    assert f"| `timeout` | {policy.timeout:g} s |" in page
    assert f"| {policy.connect_timeout:g} s, {policy.read_timeout:g} s |" in page
    assert f"| `retries` | {policy.retries} |" in page
    assert f"| {policy.retry_backoff:g} s, {policy.retry_wait_max:g} s |" in page
    assert f"| `max_response_bytes` | {policy.max_response_bytes // 2**20} MiB |" in page
    for name in inspect.signature(RequestOptions).parameters:
        assert f"`{name}`" in page


def test_every_public_name_has_a_docstring_and_the_tree_every_error() -> None:
    for name in rest.__all__:
        value = getattr(rest, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name
            if inspect.isclass(value) and issubclass(value, rest.SignalWireRestError):
                assert name in (inspect.getdoc(inspect.getmodule(value)) or "")


def test_make_lists_fewer_than_thirty_targets_in_groups() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = re.findall(r"^  [a-z-]+ ", done.stdout, re.MULTILINE)
    groups = re.findall(r"^\w.*\n  ", done.stdout, re.MULTILINE)
    assert 20 < len(targets) < 30
    assert 5 <= len(groups) <= 8
