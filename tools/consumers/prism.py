"""Prism, which serves the document alone: for a team that has no Python."""

import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tools.contract import bundle, nodejs

_LISTENING = re.compile(r"listening on http://(\S+:\d+)")


@contextmanager
def prism_server() -> Iterator[str]:
    """Run Prism on a port of the system's choice; yields address and port."""
    options = ["mock", str(bundle.OPENAPI / "openapi.yaml"), "--host", "127.0.0.1", "--port", "0"]
    # What it writes later on has somewhere to go, or it would stop to wait for a reader.
    command = ["timeout", "600", *nodejs.command(nodejs.PRISM), *options]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=nodejs.environment(),
    ) as process:
        assert process.stdout is not None
        drain = None
        try:
            found = next(filter(None, map(_LISTENING.search, process.stdout)))
            drain = threading.Thread(target=process.stdout.read)
            drain.start()
            yield found[1]
        finally:
            process.terminate()
            if drain is not None:
                drain.join()
