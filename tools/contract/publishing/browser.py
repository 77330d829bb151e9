"""Open pages in headless Chromium without network access."""

import shutil
import subprocess
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
    # No host name resolves, and the proxy, which loopback does not use, is a closed port.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--proxy-server=127.0.0.1:9",
    # Write console messages of the page to stderr.
    "--enable-logging=stderr",
    "--log-level=0",
]


def command() -> str | None:
    """Return the path of an installed browser, or None if no browser is installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def arguments(url: str, profile: Path, *flags: str) -> list[str]:
    """Return the command line that opens a page with the profile in a folder."""
    browser = command()
    if browser is None:
        raise FileNotFoundError("chromium is missing: install it")
    return [browser, *_FLAGS, f"--user-data-dir={profile}", *flags, url]


def show(url: str, *flags: str) -> "subprocess.CompletedProcess[str]":
    """Open a page in a browser with a new profile."""
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            arguments(url, Path(profile), *flags),
            capture_output=True,
            text=True,
            check=True,
            timeout=90,
        )
