"""Run Prism, a mock server that needs only the document and no Python."""

import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tools import OPENAPI
from tools.contract import nodejs

_LISTENING = re.compile(r"listening on http://(\S+:\d+)")


@contextmanager
def prism_server() -> Iterator[str]:
    """Run Prism on a free port; yield its host and port."""
    options = ["mock", str(OPENAPI / "openapi.yaml"), "--host", "127.0.0.1", "--port", "0"]
    command = ["timeout", "600", *nodejs.command(nodejs.PRISM), *options]
    with (
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=nodejs.environment(),
        ) as process,
        ThreadPoolExecutor() as pool,
    ):
        assert process.stdout is not None
        try:
            found = next(filter(None, map(_LISTENING.search, process.stdout)))
            # Without a reader, Prism would block once the pipe is full.
            pool.submit(process.stdout.read)
            yield found[1]
        finally:
            process.terminate()
