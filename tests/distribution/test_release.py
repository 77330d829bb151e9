"""The files that a release publishes, which ``make build`` wrote: ``make release-check``."""

import json
import os
import re
import subprocess
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from support.distributions import BIN, FIRST_CALL, ROOT, Distribution, run, serving

from signalwire_rest import __version__

pytestmark = pytest.mark.apart

TOOLS = ROOT / ".venv-release" / "bin"
SOURCES = {"signalwire_rest": ".", "signalwire_rest_mock": "mock"}
NAMES = tuple(SOURCES)
SDIST, WHEEL = ".tar.gz", "-py3-none-any.whl"
TAG = os.environ.get("RELEASE_TAG")


def built(name: str, kind: str) -> Path:
    return ROOT / "dist" / f"{name}-{__version__}{kind}"


FILES = [built(name, kind) for name in NAMES for kind in (SDIST, WHEEL)]


def check(*command: str | Path) -> None:
    done = run(*command, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def metadata(name: str) -> Message:
    with zipfile.ZipFile(built(name, WHEEL)) as wheel:
        return message_from_bytes(wheel.read(f"{name}-{__version__}.dist-info/METADATA"))


def test_another_checkout_with_another_path_time_and_umask_gives_the_same_bytes(
    tmp_path: Path,
) -> None:
    changed = run("git", "status", "--porcelain", cwd=ROOT).stdout
    assert not changed, f"only what is committed can be compared:\n{changed}"
    checkout = tmp_path / "a longer path" / "checkout"
    subprocess.run(["git", "clone", "--quiet", ROOT, checkout], check=True, umask=0o077)
    for file in checkout.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    elsewhere = {**os.environ, "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    for name, source in SOURCES.items():
        again = Distribution(checkout / source, tmp_path / name, umask=0o077, env=elsewhere)
        for file in (again.sdist, again.wheel):
            assert file.read_bytes() == (ROOT / "dist" / file.name).read_bytes(), file.name


def test_the_index_can_read_the_metadata_and_show_the_description() -> None:
    check(TOOLS / "twine", "check", "--strict", *FILES)


@pytest.mark.parametrize("name", NAMES)
def test_the_wheel_has_only_its_own_packages_and_no_stray_file(name: str) -> None:
    config = ROOT / SOURCES[name] / "pyproject.toml"
    check(TOOLS / "check-wheel-contents", "--config", config, built(name, WHEEL))


@pytest.mark.parametrize("name", NAMES)
def test_the_metadata_is_complete(name: str) -> None:
    found = metadata(name)
    fields = ("Summary", "Author", "License-Expression", "Keywords", "Requires-Python")
    assert all(found[field] for field in fields)
    assert found["Version"] == __version__
    assert found["Description-Content-Type"] == "text/markdown"
    assert "Typing :: Typed" in found.get_all("Classifier", [])
    labels = {each.partition(",")[0] for each in found.get_all("Project-URL", [])}
    assert labels == {"Changelog", "Documentation", "Issues", "Source"}


def test_both_distributions_have_the_same_author_and_source() -> None:
    client, mock = map(metadata, NAMES)
    assert client["Author"] == mock["Author"]
    for url in client.get_all("Project-URL", []):
        assert url.startswith("Documentation") or url in mock.get_all("Project-URL", [])


@pytest.mark.parametrize("kind", [SDIST, WHEEL])
def test_each_installs_into_an_empty_environment_and_makes_the_first_call(
    kind: str, tmp_path: Path
) -> None:
    client, mock = (built(name, kind) for name in NAMES)
    for name, files in {"client": [client], "server": [client, mock]}.items():
        check(BIN / "uv", "venv", "--python", BIN / "python", tmp_path / name)
        install: list[str | Path] = [BIN / "uv", "pip", "install", "--system-certs"]
        check(*install, "--python", tmp_path / name, *files)
    with serving(tmp_path / "server" / "bin" / "signalwire-rest-mock", tmp_path) as arguments:
        python = tmp_path / "client" / "bin" / "python"
        found = run(python, "-I", "-c", FIRST_CALL, *arguments, cwd=tmp_path)
    assert found.stdout == "my_conference\n", found.stderr


def test_the_bill_of_materials_lists_the_client_and_its_dependencies() -> None:
    listed = json.loads((ROOT / "dist" / "signalwire_rest.cdx.json").read_text("utf-8"))
    components = {each["name"]: each["version"] for each in listed["components"]}
    assert components.pop("signalwire-rest") == __version__
    required = map(Requirement, metadata("signalwire_rest").get_all("Requires-Dist", []))
    for requirement in required:
        assert requirement.specifier.contains(components[requirement.name])


def test_the_tests_ran_with_every_lower_bound() -> None:
    """A higher bound of another dependency would leave a lower bound untested."""
    listed = (ROOT / ".venv-lowest-direct" / "runtime.txt").read_text("utf-8").splitlines()
    ran = dict(line.split("==") for line in listed if "==" in line)
    bounds = {
        requirement: each.version
        for name in NAMES
        for requirement in map(Requirement, metadata(name).get_all("Requires-Dist", []))
        for each in requirement.specifier
        if each.operator == ">="
    }
    assert len(bounds) > 8
    for requirement, lower in bounds.items():
        assert Version(ran[requirement.name]) == Version(lower), requirement


@pytest.mark.skipif(not TAG, reason="only with TAG=vX.Y.Z")
def test_the_tag_names_the_version_and_nothing_is_left_to_fill_in() -> None:
    assert f"v{__version__}" == TAG
    for log in (ROOT / "CHANGELOG.md", ROOT / "openapi" / "CHANGELOG.md"):
        assert "## Unreleased" not in log.read_text("utf-8"), log
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", changelog, re.MULTILINE)
    assert "signalwire-rest.example" not in str(metadata(NAMES[0])), "set [project.urls]"
