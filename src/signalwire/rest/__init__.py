"""The client under the vendor's import name: everything here is :mod:`signalwire_rest`."""

from typing import TYPE_CHECKING, Any

import signalwire_rest
from signalwire_rest import __all__ as __all__

if TYPE_CHECKING:
    from signalwire_rest import *  # noqa: F403
else:

    def __getattr__(name: str) -> Any:
        return getattr(signalwire_rest, name)


def __dir__() -> list[str]:
    return __all__
