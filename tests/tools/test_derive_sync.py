"""``make generate`` derives the sync code, and ``make check-generated`` proves it up to date."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.derive_sync import SOURCE, sync_name

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the client's source."""
    return Path(shutil.copytree(SOURCE, tmp_path / "signalwire_rest"))


def run(source: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tools.derive_sync", "--source", str(source), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AsyncRestClient", "RestClient"),
        ("_AsyncThing", "_Thing"),
        ("async_raw", "raw"),
        ("_async", "_sync"),
        ("aclose", "close"),
        ("asynchronous", "asynchronous"),
        ("Asynchronous", "Asynchronous"),
    ],
)
def test_a_name_loses_its_async_prefix(name: str, expected: str) -> None:
    assert sync_name(name) == expected


def test_the_committed_sync_code_is_up_to_date(source: Path) -> None:
    assert run(source, "--check").returncode == 0


def test_no_async_word_is_left_in_the_sync_code() -> None:
    for file in SOURCE.rglob("_sync/*.py"):
        code = file.read_text("utf-8").partition("\n")[2]
        assert "async" not in code.lower().replace("asyncio", ""), file
        assert "await " not in code, file


@pytest.mark.parametrize("folder", ["resources", "_core", "_http"])
def test_an_edited_missing_or_extra_file_is_found_and_mended(source: Path, folder: str) -> None:
    files = sorted((source / folder / "_sync").glob("[a-z]*.py"))
    for damage in (
        lambda: files[0].write_text("# edited\n"),
        lambda: files[0].unlink(),
        lambda: files[0].with_name("extra.py").write_text(""),
    ):
        damage()
        checked = run(source, "--check")
        assert checked.returncode == 1
        assert "Run: make generate" in checked.stdout
        assert run(source).returncode == 0
        assert run(source, "--check").returncode == 0


def test_a_method_added_to_the_async_code_appears_in_the_sync_code(source: Path) -> None:
    file = source / "resources" / "_async" / "conferences.py"
    method = "    async def ping(self) -> None:\n        await self.get(ID)\n"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("\n\nclass AsyncConferencesWith", f"{method}\n\nclass AsyncConferencesWith")
    )

    assert run(source, "--check").returncode == 1
    assert run(source).returncode == 0
    derived = (source / "resources" / "_sync" / "conferences.py").read_text("utf-8")
    assert "    def ping(self) -> None:\n        self.get(ID)\n" in derived
