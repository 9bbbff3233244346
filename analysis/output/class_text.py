"""Hiring classes in words: what each takes of the others' time, and from when on it helps."""

from __future__ import annotations

from ..class_effects import ClassEffect
from .words import counted, number


def class_sentence(effect: ClassEffect) -> str:
    """``The class of 2027-09-06 (12 people) takes up to 24 h a week of colleagues' time; it helps from … on.``."""
    told = f"The class of {effect.start} ({counted(effect.heads, 'person', 'people')})"
    if effect.takes_h:
        told += f" takes up to {number(effect.takes_h)} h a week of colleagues' time before it helps,"
    else:
        told += " helps"
    if effect.helps_from is None:
        return f"{told} which isn't within the horizon." if effect.takes_h else f"{told} nobody within the horizon."
    told += f" from {effect.helps_from} on"
    if effect.full_on is None or effect.full_heads is None:
        return f"{told}."
    return f"{told}; on {effect.full_on} it is worth {number(effect.full_heads, 1)} experienced people."
