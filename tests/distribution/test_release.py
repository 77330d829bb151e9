"""The distributions in ``dist/``, as they will be published: ``make release-check``.

Needs the package index, from which it installs them into empty environments.
"""

import email
import json
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from email.message import Message
from pathlib import Path

import pytest
from support.distributions import BIN, ROOT, run
from support.pages import blocks

from signalwire_rest import __version__
from signalwire_rest_mock import MockServer

pytestmark = [pytest.mark.apart, pytest.mark.timeout(1200)]

RELEASE = ROOT / ".venv-release" / "bin"
DIST = ROOT / "dist"
CLIENT, MOCK = "signalwire_rest", "signalwire_rest_mock"
SOURCES = {CLIENT: ROOT, MOCK: ROOT / "mock"}
BUILT = [
    f"{name}-{__version__}{end}" for name in SOURCES for end in ("-py3-none-any.whl", ".tar.gz")
]
IN_PYPROJECT = [ROOT / "pyproject.toml", ROOT / "mock" / "pyproject.toml"]
# Not the tools of this repository, nor what is built from the checkout.
BEHAVIOUR = "core decoding http resources testing wire mock test_errors.py test_command.py".split()


def tracked(*folders: str) -> set[str]:
    """Return the files under version control below folders of this repository."""
    found = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()}


# How to reach the package index; a test sees none of it.
ENVIRONMENT = dict(os.environ)


def uv(*arguments: str | Path) -> None:
    command = [BIN / "uv", *arguments, "--quiet"]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(params=BUILT)
def built(request: pytest.FixtureRequest) -> Path:
    """Each file that ``make build`` wrote."""
    return DIST / str(request.param)


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build everything once more: from another folder, with other permissions and times."""
    folder = tmp_path_factory.mktemp("somewhere else")
    earlier = os.umask(0o077)
    try:
        for name in tracked():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
            os.utime(folder / name, (10**9, 10**9))
        for source in (folder, folder / "mock"):
            build = (BIN / "python", "-m", "build", "--no-isolation", "--outdir", folder / "dist")
            done = run(*build, source, cwd=folder)
            assert done.returncode == 0, done.stdout + done.stderr
    finally:
        os.umask(earlier)
    return folder / "dist"


def test_a_second_build_is_equal_byte_for_byte(built: Path, again: Path) -> None:
    assert (again / built.name).read_bytes() == built.read_bytes()


def test_twine_and_check_wheel_contents_find_nothing(built: Path) -> None:
    checked = run(RELEASE / "twine", "check", "--strict", built, cwd=ROOT)
    assert checked.returncode == 0, checked.stdout
    if built.suffix == ".whl":
        settings = SOURCES[built.name.partition("-")[0]]
        checked = run(RELEASE / "check-wheel-contents", built, cwd=settings)
        assert checked.returncode == 0, checked.stdout


def metadata(built: Path) -> Message:
    if built.suffix == ".whl":
        with zipfile.ZipFile(built) as wheel:
            (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
            return email.message_from_bytes(wheel.read(name))
    with tarfile.open(built) as sdist:
        member = sdist.extractfile(f"{built.name.removesuffix('.tar.gz')}/PKG-INFO")
        assert member
        return email.message_from_bytes(member.read())


def test_the_metadata_is_complete(built: Path) -> None:
    found = metadata(built)
    for field in ("Summary", "Author", "Keywords", "Requires-Python", "Classifier"):
        assert found[field], field
    assert found["Version"] == __version__
    assert found["License-Expression"] == "MIT"
    assert found["Description-Content-Type"] == "text/markdown"
    labels = {each.partition(",")[0] for each in found.get_all("Project-URL") or ()}
    assert labels == {"Documentation", "Source", "Issues", "Changelog"}
    # A package index shows the README elsewhere, where relative links lead nowhere.
    assert re.findall(r"\]\((?!https://)[^)]*\)", str(found.get_payload())) == []


def test_the_contents_are_those_of_the_list(built: Path) -> None:
    contract = tracked("openapi")
    if built.suffix == ".whl":
        with zipfile.ZipFile(built) as wheel:
            names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        package = {name.partition("/src/")[2] for name in tracked("mock/src")}
        expected = {
            CLIENT: {name.partition("/")[2] for name in tracked("src", "generated")},
            MOCK: package | {f"{MOCK}/{name}" for name in contract},
        }
    else:
        with tarfile.open(built) as sdist:
            names = {each.name.partition("/")[2] for each in sdist.getmembers()}
        both = {"LICENSE", "README.md", "pyproject.toml", "PKG-INFO", ".gitignore"}
        made_from = {"openapi/openapi.yaml", "generator-config.yaml"}
        generated = tracked("src", "generated", "generator-templates")
        package = {name.removeprefix("mock/") for name in tracked("mock/src")}
        expected = {
            CLIENT: both | made_from | generated,
            MOCK: both | contract | package | {"hatch_build.py", "_version.py"},
        }
    assert names == expected[built.name.partition("-")[0]]


@pytest.fixture(scope="module", params=["wheels", "sdists"])
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the client, and what the client needs."""
    folder = tmp_path_factory.mktemp(request.param)
    uv("venv", folder)
    uv("pip", "install", "--python", folder, DIST / BUILT[request.param == "sdists"])
    return folder / "bin" / "python"


def test_the_client_makes_the_first_call_in_an_empty_environment(
    installed: Path, tmp_path: Path
) -> None:
    first = blocks("README.md")[0]
    with MockServer() as server:
        code = first.code.replace("your-space.signalwire.com", server.host)
        code = code.replace("your-project-id", server.api.project)
        code = code.replace("your-api-token", server.api.token)
        found = run(installed, "-I", "-c", code, cwd=tmp_path)
    assert found.stdout == first.output, found.stderr


def test_the_mock_server_makes_it_too_and_names_its_missing_extra(
    installed: Path, tmp_path: Path
) -> None:
    mock = BUILT[2:][installed.parents[1].name.startswith("sdists")]
    uv("pip", "install", "--python", installed, DIST / mock)
    command = installed.with_name("signalwire-rest-mock")
    shown = run(command, "demo", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "my_conference" in shown.stdout
    refused = run(command, "serve", "--tls", "ca.pem", cwd=tmp_path)
    assert refused.returncode == 2
    assert "install signalwire-rest-mock[tls]" in refused.stderr


def test_the_sbom_lists_what_an_environment_with_the_client_holds(installed: Path) -> None:
    sbom = DIST / "signalwire-rest.cdx.json"
    project = ("--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "-o", sbom)
    done = run(RELEASE / "cyclonedx-py", "environment", *project, installed, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    listed = {each["name"] for each in json.loads(sbom.read_text("utf-8"))["components"]}
    assert {"attrs", "httpx", "httptools", "anyio", "certifi"} <= listed


@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
def test_the_tests_pass_with_the_lowest_and_the_newest_versions(
    resolution: str, tmp_path: Path
) -> None:
    python, pins = tmp_path / "bin" / "python", tmp_path / "pins.txt"
    uv("venv", tmp_path)
    development = ROOT / "requirements" / "development.txt"
    uv("pip", "install", "--python", python, "--no-deps", "--require-hashes", "-r", development)
    options = ("--resolution", resolution, "--no-emit-package", "signalwire-rest", "-o", pins)
    uv("pip", "compile", "--python", python, *options, *IN_PYPROJECT)
    wheels = [DIST / name for name in BUILT if name.endswith(".whl")]
    uv("pip", "install", "--python", python, "--no-deps", "-r", pins, *wheels)
    tests = (f"tests/{each}" for each in BEHAVIOUR)
    done = run(python, "-m", "pytest", "-n", "2", *tests, cwd=ROOT)
    assert done.returncode == 0, pins.read_text("utf-8") + done.stdout[-5000:]


def test_a_tag_publishes_its_own_version_from_its_own_repository() -> None:
    tag = os.environ.get("RELEASE_TAG")
    if not tag:
        pytest.skip("RELEASE_TAG is not set")
    assert tag == f"v{__version__}"
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert re.fullmatch(rf"{re.escape(__version__)} - \d{{4}}-\d\d-\d\d", headings[0])
    for file in IN_PYPROJECT:
        urls = tomllib.loads(file.read_text("utf-8"))["project"]["urls"]
        assert urls["Source"] == os.environ["REPOSITORY_URL"]
