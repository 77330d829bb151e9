"""``make generate`` derives the sync code, and ``make check-generated`` proves it up to date."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import ROOT
from tools.generate.__main__ import differences
from tools.generate.sync_code import derive, sync_name

pytestmark = pytest.mark.apart

SOURCE = ROOT / "src" / "signalwire_rest"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the client's source."""
    return Path(shutil.copytree(SOURCE, tmp_path / "signalwire_rest"))


def stale(source: Path, scratch: Path) -> list[str]:
    """Return what differs between the sync code and what the async code derives to."""
    return [
        line
        for path in derive(source, scratch)
        for line in differences(scratch / path, source / path)
    ]


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


def test_the_committed_sync_code_is_up_to_date(tmp_path: Path) -> None:
    assert stale(SOURCE, tmp_path) == []


def test_no_async_word_is_left_in_the_sync_code() -> None:
    for file in SOURCE.rglob("_sync/*.py"):
        code = file.read_text("utf-8").partition("\n")[2]
        assert "async" not in code.lower().replace("asyncio", ""), file
        assert "await " not in code, file


@pytest.mark.parametrize("folder", ["resources", "_core", "_http"])
def test_an_edited_missing_or_extra_file_is_found(
    source: Path, tmp_path: Path, folder: str
) -> None:
    sync = source / folder / "_sync"
    first = min(sync.glob("[a-z]*.py"))
    (sync / "extra.py").write_text("")
    assert stale(source, tmp_path / "1") == [f"not generated: {folder}/_sync/extra.py"]
    (sync / "extra.py").unlink()
    first.write_text("# edited\n")
    assert stale(source, tmp_path / "2") == [f"changed: {folder}/_sync/{first.name}"]
    first.unlink()
    assert stale(source, tmp_path / "3") == [f"missing: {folder}/_sync/{first.name}"]


def test_make_generate_derives_a_method_added_to_the_async_code(source: Path) -> None:
    file = source / "resources" / "_async" / "conferences.py"
    method = "    async def ping(self) -> None:\n        await self.get(ID)\n"
    text, end = file.read_text("utf-8"), "\n\nclass AsyncConferencesWith"
    file.write_text(text.replace(end, f"{method}{end}"))
    command = [sys.executable, "-m", "tools.generate", "--source", str(source)]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    (source / "_decoding" / "_sync").mkdir()
    (source / "_decoding" / "_sync" / "orphan.py").write_text("")
    for check, code in ((["--check"], 1), ([], 0), (["--check"], 0)):
        environment = {**os.environ, "PATH": path}
        done = subprocess.run([*command, *check], cwd=ROOT, env=environment, check=False)
        assert done.returncode == code

    assert not (source / "_decoding" / "_sync" / "orphan.py").exists()
    derived = (source / "resources" / "_sync" / "conferences.py").read_text("utf-8")
    assert "    def ping(self) -> None:\n        self.get(ID)\n" in derived
