"""From the contact log to the decision.

In a notebook::

    from analysis import run, size

    print(run("scenarios/care_france.yaml"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .simulation import run
    from .sizing import size

__all__ = ["run", "size"]


def __getattr__(name: str) -> Any:
    """``run`` and ``size``, imported when they are asked for: numpy, scipy and numba take a second to load."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .simulation import run
    from .sizing import size

    return {"run": run, "size": size}[name]
