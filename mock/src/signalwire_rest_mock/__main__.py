"""``signalwire-rest-mock``: serve the mock API, or run the demo."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from rich.console import Console

from signalwire_rest.testing import Space
from signalwire_rest_mock import demo
from signalwire_rest_mock.api import MockApi
from signalwire_rest_mock.contract import Contract
from signalwire_rest_mock.examples import add_examples
from signalwire_rest_mock.server import MockServer
from signalwire_rest_mock.tls import server_context


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.task == "demo":
        demo.run(Console())
        return 0
    contract, space = Contract.load(), Space(seed=options.seed)
    if not options.empty:
        add_examples(space, contract)
    api = MockApi(contract, space=space, stateful=not options.stateless)
    names = [*options.tls_name, "localhost", "127.0.0.1"]
    try:
        server = MockServer(
            api,
            options.address,
            options.port,
            allow_remote=options.allow_remote,
            tls=server_context(options.tls, names) if options.tls else None,
        )
    except (ImportError, OSError, OverflowError, ValueError) as error:
        parser.error(f"cannot listen on {options.address}, port {options.port}: {error}")
    _serve(server, options.tls, options.tls_name)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="signalwire-rest-mock", description=__doc__)
    add = parser.add_argument
    add("task", nargs="?", choices=["serve", "demo"], default="serve")
    add("--address", default="127.0.0.1", help="address to listen on (%(default)s)")
    add("--port", type=int, default=0, help="port to listen on (0: any free port)")
    add("--allow-remote", action="store_true", help="allow an address that others can reach")
    add("--empty", action="store_true", help="start with an empty space, without the examples")
    add("--seed", type=int, default=0, help="determines the ids and tokens (%(default)s)")
    add("--stateless", action="store_true", help="remember nothing: examples and vectors only")
    add("--tls", type=Path, metavar="CA_FILE", help="serve TLS; write the CA to this file")
    add("--tls-name", action="append", default=[], help="another host name to serve TLS for")
    return parser


def _serve(server: MockServer, ca_file: Path | None, names: list[str]) -> None:
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    with server:
        _show(server, ca_file, names)
        stop.wait()
    print("stopped", flush=True)


def _show(server: MockServer, ca_file: Path | None, names: list[str]) -> None:
    api = server.api
    # Plain lines without a frame, so that a script can read them.
    print(f"listening on {'https' if ca_file else 'http'}://{server.host}")
    print(f"project {api.project}")
    print(f"token {api.token}")
    if ca_file:
        address, _, port = server.host.rpartition(":")
        print(f"export SIGNALWIRE_SPACE=https://{next(iter(names), address)}:{port}")
        print(f"export SIGNALWIRE_REST_CA_FILE={ca_file.resolve()}")
    for operation in api.contract.operations:
        print(f"\n{operation.method} {operation.path}")
        for each in api.cases.of(operation):
            key = api.cases.key(operation, each) or "-"
            print(f"{key:<36}  {each.status}  {each.name:<34}{each.summary}")
    print("\nOther ids are those that you create. Press Ctrl-C to stop.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
