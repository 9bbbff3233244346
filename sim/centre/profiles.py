"""Compiled code for centres that use different parts of the model.

Centres of one team that takes calls in their order have code of their own, the single-pool recursion. For all others
there is the kernel, one piece of code. What a centre doesn't use must not cost it anything, neither when it runs nor
when it is compiled. So the kernel asks ``is_full(inp)`` where a rarely used part begins: the type of ``inp.profile``
answers when numba compiles. And a function of that part only is a ``full_part``: other kernels have a constant in its
place.
Every profile is a type of its own and so a compilation of its own, made when first needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from numba.extending import overload

from ..common.compiling import KERNEL_OPTIONS, Function


class SinglePool(NamedTuple):
    """One team, whose calls are decided when they are offered: not the kernel but ``single_pool``."""

    unused: int


class Routed(NamedTuple):
    """Teams, skills, priorities, overflow, follow-ups: an agent has one contact at a time and finishes it."""

    unused: int


class Full(NamedTuple):
    """All of that, and services that change under way (chats, emails put down, holding), transfers, callbacks,
    announcements, deflection and satisfaction."""

    unused: int


Kernel = Routed | Full
Profile = SinglePool | Kernel


def is_full(inp: Any) -> bool:
    """Whether the centre needs the full kernel; known when compiling."""
    return isinstance(inp.profile, Full)


@overload(is_full, jit_options=KERNEL_OPTIONS)
def _is_full(inp):  # numba wants the same signature as that of what it returns
    if _profile_of(inp) is Full:
        return lambda inp: True
    return lambda inp: False


def _profile_of(inp: Any) -> type:
    """The profile in the type of a reference to a packed centre."""
    packed = inp.of
    profile: type = packed.types[packed.fields.index("profile")].instance_class
    return profile


def full_part(otherwise: Any = None) -> Callable[[Function], Function]:
    """A function of the full kernel, called as ``function(inp, ...)``; in other kernels it is just ``otherwise``."""

    def decorate(function: Function) -> Function:
        def part(inp: Any, *arguments: Any) -> Any:
            raise NotImplementedError  # compiled code only

        @overload(part, jit_options=KERNEL_OPTIONS, strict=False)
        def _part(inp, *arguments):
            return function if _profile_of(inp) is Full else lambda inp, *arguments: otherwise

        return part

    return decorate
