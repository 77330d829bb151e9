"""The import package that ``signalwire-rest`` shares with the vendor's: only ``rest`` is here.

The vendor's ``signalwire-sdk`` and the older ``signalwire`` distribution own this import name too;
pip lets the one that is installed last overwrite the others. ``import signalwire_rest`` always
works.
"""

import sys
from typing import NoReturn


def __getattr__(name: str) -> NoReturn:
    if name == "rest" or name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    message = (
        f"{__name__!r} has no {name!r}: the distribution signalwire-rest was installed last, and "
        "it provides signalwire.rest only. To use signalwire-sdk as well, install that last and "
        "import this client as signalwire_rest."
    )
    # `from signalwire import X` drops the text of an AttributeError, but not of an ImportError.
    caller = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    if caller.f_code.co_name == "_handle_fromlist":
        raise ImportError(message, name=__name__)
    raise AttributeError(message, name=name)
