"""Mutate modules of the client, and show the mutants that no test kills."""

import argparse
import importlib
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import libcst as cst
from mutmut.__main__ import run
from mutmut.configuration import ProcessIsolation, config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import NEVER_MUTATE_FUNCTION_CALLS
from mutmut.mutation.mutators import mutation_operators
from mutmut.runners.harness import PytestRunner
from mutmut.stats import status_by_exit_code

TESTS = {
    "_core/arguments.py": ["tests/core/test_arguments.py", "tests/resources/test_requests.py"],
    "_core/credentials.py": [
        "tests/core/test_configuration.py",
        "tests/core/test_redaction.py",
        "tests/resources/test_secrets.py",
    ],
    "_core/escapes.py": ["tests/core/test_redaction.py"],
    "_core/redaction.py": [
        "tests/core/test_passing_exceptions.py",
        "tests/core/test_redaction.py",
        "tests/test_errors.py",
    ],
    "_core/retries.py": ["tests/core/test_retries.py"],
    "_core/secrets.py": ["tests/core/test_secrets.py", "tests/resources/test_secrets.py"],
    # Derived from the async pool, so its mutants are those of both.
    "_http/_sync/pool.py": [
        f"tests/wire/test_{name}.py"
        for name in ("capacity", "concurrency", "forks", "interruptions", "tools", "unsolicited")
    ],
}
"""The modules that can be mutated, each with the tests that must notice."""

_run_tests = PytestRunner.run_tests


def main() -> None:
    """Run the command line. The working directory must be the root of the checkout."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("module", nargs="?", choices=TESTS, help="default: each in turn")
    module = parser.parse_args().module
    if module is None:
        for each in TESTS:
            subprocess.run([sys.executable, "-m", "tools.mutation", each], check=True)
    else:
        _mutate(module)


def _mutate(module: str) -> None:
    source = Path("src/signalwire_rest", module)
    settings = config()
    settings.only_mutate = [str(source)]
    settings.also_copy.append(Path("openapi"))
    settings.pytest_add_cli_args_test_selection = TESTS[module]
    # A mutant starts with the caches of the client empty.
    settings.process_isolation = ProcessIsolation.FORKSERVER
    # A mutant that hangs is stopped after six times (the seconds of its tests + 10).
    settings.timeout_constant, settings.timeout_multiplier = 10.0, 6.0
    # mutmut itself deletes neither statements nor elements.
    mutation_operators.extend(
        [(cst.Expr, _without_statement), (cst.Raise, _without_statement)]
        + [(kind, _without_an_element) for kind in (cst.List, cst.Set, cst.Tuple)]
    )
    PytestRunner.run_tests = _run_functions
    NEVER_MUTATE_FUNCTION_CALLS.add("cast")
    shutil.rmtree("mutants", ignore_errors=True)
    # Python has noted of every folder in PYTHONPATH whether it exists.
    Path("mutants/src").mkdir(parents=True)
    importlib.invalidate_caches()
    run.main([], standalone_mode=False)
    results = SourceFileMutationData(path=source)
    results.load()
    statuses = {name: status_by_exit_code[code] for name, code in results.exit_code_by_key.items()}
    for name, status in statuses.items():
        if status != "killed":
            print(f"\n{status}: {get_diff_for_mutant(name, path=source)}")
    counts = Counter(statuses.values())
    print(f"\n{module}:", ", ".join(f"{count} {status}" for status, count in counts.items()))


def _run_functions(runner: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
    """Run tests with all their parameters: pytest does not find every name that it gives them."""
    functions = sorted({each.partition("[")[0] for each in tests})
    return int(_run_tests(runner, mutant_name=mutant_name, tests=functions))


def _without_statement(node: cst.Expr | cst.Raise) -> Iterator[cst.Pass]:
    if not (isinstance(node, cst.Expr) and isinstance(node.value, cst.BaseString)):
        yield cst.Pass()


def _without_an_element(node: cst.List | cst.Set | cst.Tuple) -> Iterator[cst.BaseExpression]:
    if len(node.elements) > 1:
        for i in range(len(node.elements)):
            yield node.with_changes(elements=[*node.elements[:i], *node.elements[i + 1 :]])


if __name__ == "__main__":
    main()
