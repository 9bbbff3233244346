"""How this project compiles: two decorators over numba's.

Compiled code gets its arrays from outside and allocates none, so numba's reference counting (``_nrt``) is switched off:
in the engines' loop, which handles dozens of arrays, its atomic increments cost ten times the work itself. Divisors are
checked where they are made, so divisions follow numpy (``error_model``) instead of testing for 0 each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

Function = Callable[..., Any]


def compiled(function: Function) -> Function:
    """A function that only compiled code calls, or tests and the reference engine."""
    dispatcher: Function = njit(function, _nrt=False, error_model="numpy")
    return dispatcher


def inlined(function: Function) -> Function:
    """The same, put into its callers: for small pieces of the engines' loop."""
    dispatcher: Function = njit(function, _nrt=False, error_model="numpy", inline="always")
    return dispatcher
