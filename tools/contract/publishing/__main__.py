"""Write the page, the archive of a release, or the released versions for the site."""

import argparse

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
    page = render(OPENAPI).encode()
    DIST.mkdir(exist_ok=True)
    written = DIST / "contract.html"
    written.write_bytes(page)
    if task == "bundle":
        files = bundle.contents((OPENAPI / "openapi.yaml").read_text("utf-8"))
        written = bundle.write({**files, "index.html": page}, DIST)
    print(written.relative_to(ROOT))


if __name__ == "__main__":
    main()
