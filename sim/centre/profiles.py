"""Compiled kernels for centres that use different parts of the model.

The kernel is one piece of code. What a centre doesn't use must not cost it anything, so the kernel asks ``is_full(inp)``
where a rarely used part begins: the type of ``inp.profile`` answers when numba compiles, and the other branch is never
built. Every profile is a type of its own and so a compilation of its own, made when first needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


from numba.extending import overload


class Routed(NamedTuple):
    """Teams, skills, priorities, overflow, follow-ups: an agent has one contact at a time and finishes it."""

    unused: int


class Full(NamedTuple):
    """All of that, and services that change under way (chats, emails put down, holding), transfers, callbacks,
    announcements, deflection and satisfaction."""

    unused: int


Profile = Routed | Full


def is_full(inp: Any) -> bool:
    """Whether the centre needs the full kernel; known when compiling."""
    return isinstance(inp.profile, Full)


@overload(is_full)
def _is_full(inp):  # numba wants the same signature as that of what it returns
    packed = inp.of
    if packed.types[packed.fields.index("profile")].instance_class is Full:
        return lambda inp: True
    return lambda inp: False
