"""How this project compiles: decorators over numba's.

Compiled code gets its arrays from outside and allocates none, so numba's reference counting (``_nrt``) is switched off:
in the engines' loop, which handles dozens of arrays, its atomic increments cost ten times the work itself. Divisors are
checked where they are made, so divisions follow numpy (``error_model``) instead of testing for 0 each time.

Two habits of numba's are switched off, which would make compiling long and speed a matter of luck: it compiles a
function anew for every constant that it is called with, and puts into their callers all functions that are first needed
by one that is put into its callers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit
from numba.core.types import Type, void
from numba.core.types.misc import unliteral
from numba.extending import intrinsic

from .kernel_compiler import Part, Whole

Function = Callable[..., Any]


OPTIONS = {"_nrt": False, "error_model": "numpy", "forceinline": False, "pipeline_class": Whole}
KERNEL_OPTIONS = OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "pipeline_class": Part}
"""Without the means to be called from Python, a function compiles in half the time."""


def _once_for_types(dispatcher: Any) -> Function:
    """The dispatcher, which from now on compiles for the types of its arguments, whatever constants these are."""
    template_of = dispatcher.get_call_template

    def get_call_template(args: tuple[Type, ...], kws: dict[str, Type]) -> Any:
        return template_of(tuple(unliteral(arg) for arg in args), {name: unliteral(kw) for name, kw in kws.items()})

    dispatcher.get_call_template = get_call_template
    function: Function = dispatcher
    return function


def compiled(function: Function) -> Function:
    """A function that compiled code calls, and tests and the reference engine too."""
    return _once_for_types(njit(function, **OPTIONS))


def compiled_inlined(function: Function) -> Function:
    """As ``compiled``, and put into compiled callers."""
    return _once_for_types(njit(function, **(OPTIONS | {"forceinline": True})))


def kernel_part(function: Function) -> Function:
    """A function that only compiled code calls."""
    return _once_for_types(njit(function, **KERNEL_OPTIONS))


def inlined(function: Function) -> Function:
    """A kernel part that is put into its callers: for the steps that every contact takes."""
    return _once_for_types(njit(function, **(KERNEL_OPTIONS | {"forceinline": True})))


@intrinsic
def stay_apart(typingctx):
    """Called in a function, keeps it out of its callers.

    For vector loops: the constants that they need in registers would be loaded in the caller, again and again.
    """

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.function.attributes.add("noinline")
        return context.get_dummy_value()

    return void(), codegen
