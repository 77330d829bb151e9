"""Write the page, or the page and the archive, into ``dist/``."""

import argparse

import yaml

from tools import OPENAPI, ROOT
from tools.contract.publishing import bundle
from tools.contract.publishing.page import render

DIST = ROOT / "dist"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=["page", "bundle"])
    task = parser.parse_args().task
    text = (OPENAPI / "openapi.yaml").read_text("utf-8")
    page = render(OPENAPI).encode()
    DIST.mkdir(exist_ok=True)
    written = DIST / "contract.html"
    written.write_bytes(page)
    if task == "bundle":
        files = bundle.contents(text, page=page)
        written = bundle.write(bundle.name_of(yaml.safe_load(text)), files, DIST)
    print(written.relative_to(ROOT))


if __name__ == "__main__":
    main()
