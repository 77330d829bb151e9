"""``python -m tools.consumers [LANGUAGE …]``: what ``make consumers`` runs."""

import argparse
import os
import sys
import time

from tools.consumers import running
from tools.consumers.changes import EDITS, FAULTY
from tools.consumers.languages import LANGUAGES, Language
from tools.consumers.running import Result


def main(arguments: list[str] | None = None) -> int:
    """Run the clients of the languages asked for; return 1 where one is not as it should."""
    names = [each.name for each in LANGUAGES]
    parser = argparse.ArgumentParser(prog="python -m tools.consumers", description=__doc__)
    parser.add_argument("language", nargs="*", default=names, help=", ".join(names))
    changed = parser.add_mutually_exclusive_group()
    changed.add_argument("--fault", action="store_true", help="answer one wrong field: has to fail")
    changed.add_argument("--edit", choices=[*EDITS], help="edit the contract first")
    changed.add_argument("--prism", action="store_true", help="against Prism: typescript alone")
    options = parser.parse_args(arguments)
    if unknown := set(options.language) - set(names):
        parser.error(f"no such language: {', '.join(sorted(unknown))}")
    if options.prism:
        options.language = ["typescript"]
    chosen = [each for each in LANGUAGES if each.name in options.language]
    outcomes = [_run(each, options.fault, options.edit, options.prism) for each in chosen]
    return int(not all(outcomes))


def _run(language: Language, fault: bool, edit: str | None, prism: bool) -> bool:
    environment = running.environment()
    if missing := language.missing(environment):
        print(f"{language.name}: not run, this machine has no {missing}", flush=True)
        return os.environ.get("CI") != "true"
    started = time.monotonic()
    result = running.run(language, fault=fault, edit=edit, prism=prism)
    as_it_should = _as_it_should(result, fault, edit)
    counts = (
        f"{len(getattr(result, each))} {each}" for each in ("passed", "failed", "inexpressible")
    )
    wanted = " (has to fail)" if fault or edit == "remove" else ""
    verdict = "as it should" if as_it_should else "NOT AS IT SHOULD"
    seconds = time.monotonic() - started
    print(f"{language.name}{wanted}: {', '.join(counts)}; {verdict}; {seconds:.0f} s", flush=True)
    if not as_it_should:
        print(running.output(language), end="", flush=True)
    return as_it_should


def _as_it_should(result: Result, fault: bool, edit: str | None) -> bool:
    if fault:
        # In the vector whose answer is wrong, and nowhere else.
        return result.exit != 0 and result.failed == (FAULTY,)
    if edit == "remove":
        return result.exit != 0 and len(result.failed) > 0
    return result.green


if __name__ == "__main__":
    sys.exit(main())
