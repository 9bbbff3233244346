"""How values and choices are worded in messages."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

SHOWN = 60
"""Characters of a value that are shown."""
_LONGEST = 300
"""Characters of a name that are shown."""
_MOST_LISTED = 20


def printable(text: str) -> str:
    """The text on one line, not endless, with control characters, lone surrogates and line breaks escaped."""
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text)


def shown(value: Any) -> str:
    """A value as a planner would recognise it: text in quotes, numbers bare, collections named rather than printed."""
    match value:
        case bool():
            text = "true" if value else "false"
        case None:
            return "nothing"
        case str():
            text = f'"{printable(value)}"'
            return text if len(text) <= SHOWN else text[: SHOWN - 4] + '…"'
        case int() if abs(value) >= 10**SHOWN:
            return f"a number of more than {SHOWN} digits"
        case int() | float():
            text = repr(value)
        case dict():
            return "a mapping" if value else "an empty mapping"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case _:
            text = printable(str(value))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def got(value: Any) -> str:
    """The closing words of a message about a value: `` (got "-3 min")``."""
    return f" (got {shown(value)})"


def dotted(loc: Iterable[str | int]) -> str:
    """A place as it is told and overridden: ``queues.calls.handle_time.mean``."""
    return ".".join(printable(str(key)) for key in loc)


def listed(names: Iterable[str], joint: str = "or") -> str:
    """Names as ``mon, tue or wed``."""
    every = list(names)
    words = [printable(name) for name in every[:_MOST_LISTED]]
    if len(every) > len(words):
        words.append(f"{len(every) - len(words)} others")
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def quoted_list(names: Iterable[str], joint: str = "or") -> str:
    """Names as ``"call" or "email"``."""
    return listed((f'"{name}"' for name in names), joint)


def suggestion(word: str, known: Iterable[str]) -> str:
    """``; did you mean "patience"?`` when a known word is near, else nothing."""
    by_lower = {k.lower(): k for k in known}
    near = get_close_matches(word.lower()[:SHOWN], by_lower, n=1, cutoff=0.6)
    return f'; did you mean "{printable(by_lower[near[0]])}"?' if near else ""


def time_in_words(time_ms: float) -> str:
    """A duration in its largest fitting unit: ``0.1 s``, ``90 s``, ``500 h``, ``14 days``."""
    for unit_ms, unit in ((86_400_000, "days"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")):
        if time_ms >= (2 if unit == "days" else 1) * unit_ms and (unit != "days" or not time_ms % unit_ms):
            return f"{time_ms / unit_ms:.4g} {unit}"
    return f"{time_ms / 1_000:.3g} s"
