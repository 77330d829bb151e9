"""A page in Chromium, headless, with no network to reach."""

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
    # Every name is unknown, and the proxy for everything is a port that nobody listens on.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    # What a page says on its console comes on stderr.
    "--enable-logging=stderr",
    "--log-level=0",
]
_SECONDS = 90


def command() -> str | None:
    """Return the browser of this machine, None where it has none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def show(page: Path, *flags: str) -> "subprocess.CompletedProcess[str]":
    """Open a page in a browser that has never seen another."""
    browser = command()
    if browser is None:
        raise FileNotFoundError("this machine has no chromium")
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            [browser, *_FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()],
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS,
        )


def picture(page: Path, target: Path) -> None:
    """Write what the top of a page looks like."""
    show(page, "--window-size=1280,1500", f"--screenshot={target}")


if __name__ == "__main__":
    picture(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
