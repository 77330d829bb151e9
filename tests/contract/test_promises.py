"""The page of promises: its table has this package, and no contract that was never described."""

import re

from support.servers import CONTRACT
from support.vectors import OPENAPI

from signalwire_rest import __version__
from tools.contract.versions import numbers

PAGE = (OPENAPI / "PROMISES.md").read_text("utf-8")
LOG = (OPENAPI / "CHANGELOG.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d[\d.]*) \| (\d[\d.]*) \|$", PAGE, re.MULTILINE)


def test_the_last_row_is_this_package_and_the_contract_that_it_carries() -> None:
    assert ROWS[-1] == (__version__, CONTRACT.document["info"]["version"])


def test_each_package_has_one_row_and_versions_go_up() -> None:
    packages, contracts = ([numbers(row[column]) for row in ROWS] for column in (0, 1))

    assert packages == sorted(set(packages))
    assert contracts == sorted(contracts)


def test_every_contract_of_the_table_has_its_entry_in_the_change_log() -> None:
    entries = set(re.findall(r"^## (\S+) - ", LOG, re.MULTILINE))

    assert {contract for _, contract in ROWS} <= entries
