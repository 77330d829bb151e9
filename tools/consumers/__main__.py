"""Run the clients of other languages: ``python -m tools.consumers [LANGUAGE …]``."""

import argparse
import os
import sys
import time
from functools import partial

from tools.consumers import runner
from tools.consumers.edits import EDITS, FAULTY
from tools.consumers.languages import LANGUAGES, Language
from tools.consumers.runner import Result

_MUST_FAIL = ("fault", "remove")
"""The variations with which a client that does its job fails."""


def main(arguments: list[str] | None = None) -> int:
    """Run the clients of the given languages; return 1 if a result is not as expected."""
    names = [each.name for each in LANGUAGES]
    default = [each.name for each in LANGUAGES if not each.plain]
    parser = argparse.ArgumentParser(prog="python -m tools.consumers", description=__doc__)
    parser.add_argument("language", nargs="*", default=default, help=", ".join(names))
    changed = parser.add_mutually_exclusive_group()
    changed.set_defaults(variation="")
    vary = partial(changed.add_argument, dest="variation")
    vary("--fault", action="store_const", const="fault", help="send one wrong field: must fail")
    vary("--edit", choices=[*EDITS], help="edit the contract first")
    vary("--prism", action="store_const", const="prism", help="run TypeScript against Prism")
    vary("--upgrade", action="store_const", const="upgrade", help=f"run {runner.OLD} before")
    options = parser.parse_args(arguments)
    if unknown := set(options.language) - set(names):
        parser.error(f"unknown language: {', '.join(sorted(unknown))}")
    if options.variation == "prism":
        options.language = ["typescript"]
    chosen = [each for each in LANGUAGES if each.name in options.language]
    outcomes = [_run(each, options.variation) for each in chosen]
    return int(not all(outcomes))


def _run(language: Language, variation: str) -> bool:
    if missing := language.missing(runner.environment()):
        print(f"{language.name}: skipped, {missing} is missing", flush=True)
        return os.environ.get("CI") != "true"
    started = time.monotonic()
    result = runner.run(language, variation)
    as_expected = _is_expected(result, variation)
    lists = ("passed", "failed", "inexpressible")
    counts = ", ".join(f"{len(getattr(result, each))} {each}" for each in lists)
    title = f"{language.name} (must fail)" if variation in _MUST_FAIL else language.name
    outcome = "as expected" if as_expected else "NOT AS EXPECTED"
    seconds = time.monotonic() - started
    print(f"{title}: {counts}; {outcome}; {seconds:.0f} s", flush=True)
    if not as_expected:
        print(runner.output(language), end="", flush=True)
    return as_expected


def _is_expected(result: Result, variation: str) -> bool:
    if variation == "fault":
        # Only the vector with the wrong response may fail.
        return result.exit != 0 and result.failed == (FAULTY,)
    if variation in _MUST_FAIL:
        return result.exit != 0 and len(result.failed) > 0
    return result.green


if __name__ == "__main__":
    sys.exit(main())
