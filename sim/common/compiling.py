"""How this project compiles: decorators over numba's.

Compiled code gets its arrays from outside and allocates none, so numba's reference counting (``_nrt``) is switched off:
in the engines' loop, which handles dozens of arrays, its atomic increments cost ten times the work itself. Divisors are
checked where they are made, so divisions follow numpy (``error_model``) instead of testing for 0 each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

from .kernel_compiler import Part, Whole

Function = Callable[..., Any]


OPTIONS = {"_nrt": False, "error_model": "numpy", "pipeline_class": Whole}
KERNEL_OPTIONS = OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "pipeline_class": Part}
"""Without the means to be called from Python, a function compiles in half the time."""


def compiled(function: Function) -> Function:
    """A function that compiled code calls, and tests and the reference engine too."""
    dispatcher: Function = njit(function, **OPTIONS)
    return dispatcher


def kernel_part(function: Function) -> Function:
    """A function that only compiled code calls."""
    dispatcher: Function = njit(function, **KERNEL_OPTIONS)
    return dispatcher


def inlined(function: Function) -> Function:
    """A kernel part that is put into its callers: for the steps that every contact takes."""
    dispatcher: Function = njit(function, **KERNEL_OPTIONS, forceinline=True)
    return dispatcher
