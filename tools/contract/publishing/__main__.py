"""Write the page, the archive of a release, or the released versions for the site."""

import argparse

import yaml

from tools import OPENAPI, ROOT
from tools.contract.publishing import bundle, releases
from tools.contract.publishing.page import render

DIST = ROOT / "dist"
SITE = ROOT / "build" / "site" / "contract"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=["page", "bundle", "site"])
    task = parser.parse_args().task
    if task == "site":
        releases.write_site(SITE)
        print(SITE.relative_to(ROOT))
        return
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
