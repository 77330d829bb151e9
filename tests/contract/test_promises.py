"""The table of ``PROMISES.md`` lists this package and only released contracts."""

import re

from support.servers import CONTRACT
from support.vectors import OPENAPI

from signalwire_rest import __version__
from tools.versioning.grades import parse_version

PAGE = (OPENAPI / "PROMISES.md").read_text("utf-8")
LOG = (OPENAPI / "CHANGELOG.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d[\d.]*) \| (\d[\d.]*) \|$", PAGE, re.MULTILINE)


def test_the_last_row_is_this_package_and_its_contract() -> None:
    assert ROWS[-1] == (__version__, CONTRACT.document["info"]["version"])


def test_each_package_has_one_row_in_ascending_order() -> None:
    packages, contracts = ([parse_version(row[column]) for row in ROWS] for column in (0, 1))

    assert packages == sorted(set(packages))
    assert contracts == sorted(contracts)


def test_every_contract_in_the_table_is_in_the_change_log() -> None:
    entries = set(re.findall(r"^## (\S+) - ", LOG, re.MULTILINE))

    assert {contract for _, contract in ROWS} <= entries
