"""The import package of ``signalwire-rest``: all of it is in :mod:`signalwire.rest`.

The vendor's ``signalwire-sdk`` and the older ``signalwire`` distribution own this import name too.
In an environment with ``signalwire-rest`` it is ours, and what only they have is not here.
"""

import sys
from typing import NoReturn


def __getattr__(name: str) -> NoReturn:
    if name == "rest" or name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    message = (
        f"{__name__!r} has no {name!r}: in this environment it is the package of the distribution "
        "signalwire-rest, which holds signalwire.rest alone. The distributions signalwire-sdk and "
        "signalwire own the same import name; install one of the three in an environment."
    )
    # `from signalwire import X` drops the text of an AttributeError, so the import system gets
    # the error that it lets through.
    caller = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    if caller.f_code.co_name == "_handle_fromlist":
        raise ImportError(message, name=__name__)
    raise AttributeError(message, name=name)
