"""Rounds of examples: one in ``make test``; ``make fuzz`` goes on for FUZZ_SECONDS."""

import os
import time
from collections.abc import Callable

EXAMPLES = 100
_SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))


def fuzz(one_round: Callable[[], None], share: float) -> None:
    """Run one round of ``EXAMPLES``, and more for a share of FUZZ_SECONDS."""
    end = time.monotonic() + share * _SECONDS
    rounds = 1
    one_round()
    while time.monotonic() < end:
        one_round()
        rounds += 1
    print(f"{rounds * EXAMPLES} examples")
