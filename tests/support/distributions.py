"""Build the two distributions of this repository, and install them into empty environments."""

import os
import signal
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
# `make install` downloads them, so that the tests need no network.
_DEPENDENCIES = BIN.parent / "wheels"
_OFFLINE = ["--quiet", "--disable-pip-version-check", "--no-index"]

FIRST_CALL = """
import sys
from signalwire_rest import RestClient

host, project, token = sys.argv[1:]
with RestClient(project, token, host) as client:
    conference = client.video.conferences.get("c22d24f6-5a47-4597-9a23-c7d01e696b92")
assert not any("site-packages" not in getattr(m, "__file__", "site-packages")
               for n, m in list(sys.modules.items()) if n.startswith("signalwire"))
print(conference.name)
"""
"""Prints ``my_conference``; takes the host, the project and the token of a mock server."""


class Distribution:
    """The wheel and the sdist of a folder, both built from the checkout.

    Args:
        source: The folder with ``pyproject.toml``.
        target: The folder to build into.
        process: Keywords of :func:`subprocess.run`.
    """

    def __init__(self, source: Path, target: Path, **process: Any) -> None:
        command = [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel"]
        command += ["--outdir", str(target), str(source)]
        subprocess.run(command, check=True, capture_output=True, **process)
        (self.wheel,) = target.glob("*.whl")
        (self.sdist,) = target.glob("*.tar.gz")

    def in_wheel(self) -> set[str]:
        """Return the names of the files in the wheel, without its metadata."""
        names = zipfile.ZipFile(self.wheel).namelist()
        return {name for name in names if ".dist-info/" not in name}

    def metadata(self) -> dict[str, str]:
        """Return the wheel's metadata files by name."""
        with zipfile.ZipFile(self.wheel) as wheel:
            return {
                name.partition(".dist-info/")[2]: wheel.read(name).decode()
                for name in wheel.namelist()
                if ".dist-info/" in name
            }

    def in_sdist(self) -> set[str]:
        """Return the names of the files in the sdist, relative to its folder."""
        with tarfile.open(self.sdist) as archive:
            return {each.name.partition("/")[2] for each in archive.getmembers() if each.isfile()}

    def wheel_of_sdist(self, folder: Path) -> Path:
        """Build the wheel from the sdist, and return it."""
        pip = [sys.executable, "-m", "pip", "wheel", *_OFFLINE, "--no-deps", "--no-build-isolation"]
        subprocess.run([*pip, "-w", folder, self.sdist], check=True)
        (wheel,) = folder.glob("*.whl")
        return wheel


def files_below(folder: Path) -> set[str]:
    """Return the files below a folder that git does not ignore, relative to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if (folder / name).is_file()}


def environment(folder: Path, *wheels: Path) -> Path:
    """Make an environment with these wheels and their dependencies; return its interpreter."""
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install: list[str | Path] = [python, "-m", "pip", "install", *_OFFLINE]
    install += ["--find-links", _DEPENDENCIES]
    subprocess.run([*install, *wheels], check=True)
    return python


def run(*command: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command without the paths that this process imports from."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "MYPYPATH")}
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)


@contextmanager
def serving(command: Path, cwd: Path) -> Iterator[list[str]]:
    """Run the command of the mock server; yield the arguments of :data:`FIRST_CALL`."""
    with subprocess.Popen([command], cwd=cwd, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address, *credentials = (server.stdout.readline().split()[-1] for _ in range(3))
            yield [address, *credentials]
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=10)
    assert server.returncode == 0
