"""``signalwire-rest-mock``: serve the mock API, or run the demo."""

import argparse
import signal
import sys
import threading
from types import FrameType

from rich.console import Console

from signalwire_rest_mock import demo
from signalwire_rest_mock.server import MockServer


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="signalwire-rest-mock", description=__doc__)
    parser.add_argument("task", nargs="?", choices=["serve", "demo"], default="serve")
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on (0: any free port)")
    parser.add_argument(
        "--allow-remote", action="store_true", help="allow an address that other machines can reach"
    )
    options = parser.parse_args(arguments)
    if options.task == "demo":
        demo.run(Console())
    else:
        try:
            server = MockServer(
                address=options.address, port=options.port, allow_remote=options.allow_remote
            )
        except (OSError, OverflowError, ValueError) as error:
            parser.error(f"cannot listen on {options.address}, port {options.port}: {error}")
        _serve(server)
    return 0


def _serve(server: MockServer) -> None:
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    with server:
        _show(server)
        stop.wait()
    print("stopped", flush=True)


def _show(server: MockServer) -> None:
    api = server.api
    # Plain lines without a frame, so that a script can read them.
    print(f"listening on http://{server.host}")
    print(f"project {api.project}")
    print(f"token {api.token}")
    for operation in api.contract.operations:
        print(f"\n{operation.method} {operation.path}")
        for each in api.cases.of(operation):
            key = api.cases.key(operation, each) or "-"
            print(f"{key:<36}  {each.status}  {each.name:<34}{each.summary}")
    print("\nOther ids are not found (404). Press Ctrl-C to stop.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
