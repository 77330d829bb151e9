"""The client and the vendor's package in one environment: they share the name ``signalwire``.

pip lets the package that is installed last overwrite the other. ``import signalwire_rest`` works
whatever happens, and the steps of the README leave both working.
"""

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.distributions import ROOT, Distribution, environment, run

pytestmark = pytest.mark.apart

_DEPENDENCIES = ("requests", "structlog", "urllib3", "charset_normalizer", "certifi", "idna")
_OWNER = """
try:
    from signalwire.rest import RestClient
    RestClient("project", "token", "example.signalwire.com").video.conferences
    print("ours" if RestClient.__module__.startswith("signalwire_rest") else "the vendor's")
except ImportError:
    print("nobody's")
"""


def vendor_wheel(folder: Path) -> Path:
    """Pack the vendor's package, as installed with hashes, into a wheel again."""
    (site,) = (ROOT / ".venv-incumbent" / "lib").glob("python*/site-packages")
    (metadata,) = site.glob("signalwire_sdk-*.dist-info")
    name = metadata.name.removesuffix(".dist-info")
    wheel = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, *_ in csv.reader((metadata / "RECORD").read_text("utf-8").splitlines()):
            if not path.startswith("..") and not path.endswith((".pyc", "INSTALLER", "REQUESTED")):
                archive.write(site / path, path)
    return wheel


class Environment:
    """An environment in which both packages are installed, in some order."""

    def __init__(self, folder: Path, ours: Path) -> None:
        self.folder = folder
        self.wheels = {"ours": ours, "the vendor's": vendor_wheel(folder)}
        self.names = {"ours": "signalwire-rest", "the vendor's": "signalwire-sdk"}
        self.python = environment(folder / "venv", ours)
        (vendor,) = (ROOT / ".venv-incumbent" / "lib").glob("python*/site-packages")
        (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
        for each in _DEPENDENCIES:
            if not (site / each).exists():
                (site / each).symlink_to(vendor / each)
        self.remove("ours")

    def pip(self, *arguments: str | Path) -> None:
        done = run(self.python, "-m", "pip", *arguments, cwd=self.folder)
        assert done.returncode == 0, done.stderr

    def install(self, *names: str) -> None:
        """Install packages one after the other; one that is installed is reinstalled."""
        options = ("--no-index", "--no-deps", "--force-reinstall")
        for name in names:
            self.pip("install", *options, self.wheels[name])

    def remove(self, *names: str) -> None:
        for name in names:
            self.pip("uninstall", "--yes", self.names[name])

    def owner(self) -> str:
        """Return whose ``signalwire.rest`` it is; check that ``signalwire_rest`` is always ours."""
        command = (
            "import signalwire_rest; signalwire_rest.RestClient('p', 't', 'example.com').video"
        )
        if "ours" in self.installed():
            done = run(self.python, "-c", command, cwd=self.folder)
            assert done.returncode == 0, done.stderr
        return run(self.python, "-c", _OWNER, cwd=self.folder).stdout.strip()

    def installed(self) -> list[str]:
        listed = run(self.python, "-m", "pip", "list", "--format=freeze", cwd=self.folder).stdout
        return [which for which, name in self.names.items() if f"{name}==" in listed]


@pytest.fixture(scope="module")
def client_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Distribution(ROOT, tmp_path_factory.mktemp("dist")).wheel


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, client_wheel: Path) -> Environment:
    return Environment(tmp_path_factory.mktemp("both"), client_wheel)


@pytest.fixture
def both(prepared: Environment) -> Iterator[Environment]:
    yield prepared
    prepared.remove(*prepared.installed())


OURS, VENDORS = "ours", "the vendor's"


def test_ours_first_and_the_vendor_s_last_leaves_both_working(both: Environment) -> None:
    both.install(OURS, VENDORS)
    assert both.owner() == VENDORS
    both.install(VENDORS)
    assert both.owner() == VENDORS


def test_ours_last_takes_the_name_until_the_vendor_s_is_reinstalled(both: Environment) -> None:
    both.install(VENDORS, OURS)
    assert both.owner() == OURS
    both.install(VENDORS)
    assert both.owner() == VENDORS


def test_an_upgrade_of_ours_takes_the_name_again(both: Environment) -> None:
    both.install(OURS, VENDORS, OURS)
    assert both.owner() == OURS
    both.install(VENDORS)
    assert both.owner() == VENDORS


@pytest.mark.parametrize("order", [(OURS, VENDORS), (VENDORS, OURS)], ids=["ours first", "last"])
@pytest.mark.parametrize("removed", [OURS, VENDORS])
def test_after_an_uninstall_a_reinstall_mends_the_other(
    both: Environment, order: tuple[str, str], removed: str
) -> None:
    both.install(*order)
    both.remove(removed)
    assert both.owner() == "nobody's"
    left = VENDORS if removed == OURS else OURS
    both.install(left)
    assert both.owner() == left
