"""Open pages in headless Chromium without network access."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    # No host name resolves, and the proxy is a closed port.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    # Write console messages of the page to stderr.
    "--enable-logging=stderr",
    "--log-level=0",
]
_SECONDS = 90


def command() -> str | None:
    """Return the path of an installed browser, or None if no browser is installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def show(page: Path, *flags: str) -> "subprocess.CompletedProcess[str]":
    """Open a page in a browser with a new profile."""
    browser = command()
    if browser is None:
        raise FileNotFoundError("chromium is missing: install it")
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            [browser, *_FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()],
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS,
        )


def screenshot(page: Path, target: Path) -> None:
    """Write a screenshot of the top of a page."""
    show(page, "--window-size=1280,1500", f"--screenshot={target}")


if __name__ == "__main__":
    screenshot(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
