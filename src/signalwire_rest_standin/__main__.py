"""``signalwire-rest-standin``: serve the stand-in, or run the demo."""

import argparse
import signal
import sys
import threading
from types import FrameType

from rich.console import Console

from signalwire_rest_standin import demo
from signalwire_rest_standin.server import Server


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="signalwire-rest-standin", description=__doc__)
    parser.add_argument("task", nargs="?", choices=["serve", "demo"], default="serve")
    parser.add_argument("--address", default="127.0.0.1", help="where to listen (%(default)s)")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    options = parser.parse_args(arguments)
    if options.task == "demo":
        demo.run(Console())
    else:
        try:
            server = Server(address=options.address, port=options.port)
        except (OSError, OverflowError) as error:
            parser.error(f"cannot listen on {options.address}, port {options.port}: {error}")
        _serve(server)
    return 0


def _serve(server: Server) -> None:
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    with server:
        _show(server)
        stop.wait()
    print("stopped", flush=True)


def _show(server: Server) -> None:
    stand_in = server.stand_in
    # One line each and no frame, so that a script can read it, too.
    print(f"listening on http://{server.host}")
    print(f"project {stand_in.project}")
    print(f"token {stand_in.token}")
    for each in stand_in.cases:
        print(f"conference {each.id}  {each.status}  {each.name:<34}{each.summary}")
    print("Any other id is answered 404. Stop with Ctrl-C.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
