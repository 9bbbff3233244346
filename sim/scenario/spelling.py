"""Numbers as other countries and spreadsheets spell them, and how a scenario file spells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import islice, product
from typing import Any, TypeVar

from .yamltree import scalar

T = TypeVar("T")

_SEPARATED = re.compile(r"\d+(?:[.,'’_ \u00a0\u202f]\d+)+")
_LONGEST = 300
"""Characters of a text that is looked at."""
_MOST_READINGS = 4


def hinting(parse: Callable[[Any], T]) -> Callable[[Any], T]:
    """The parser; of a text that it would read but for decimal commas and separators it tells the right spelling."""

    @wraps(parse)
    def parsed(value: Any) -> T:
        try:
            return parse(value)
        except ValueError:
            meant = [text for text in readings(value) if _reads(parse, text)] if isinstance(value, str) else []
            if not meant:
                raise
        raise ValueError(f"write {' or '.join(meant)}")

    return parsed


def readings(text: str) -> list[str]:
    """What a text may mean in a file's spelling, where that isn't its own: ``1.234,5`` is 1234.5.

    Two readings where a comma may stand for either: ``1,234`` is 1234 or 1.234.
    """
    if len(text) > _LONGEST:
        return []
    spellings = [list(_spellings(match[0])) for match in _SEPARATED.finditer(text)]
    found = []
    for chosen in islice(product(*spellings), _MOST_READINGS):
        numbers = iter(chosen)
        found.append(_SEPARATED.sub(lambda _, numbers=numbers: next(numbers), text).strip())  # type: ignore[misc]
    return [reading for reading in found if reading != text.strip()]


def _spellings(number: str) -> Iterator[str]:
    """The values that a number with separators may have, written with a decimal point alone."""
    *groups, last = re.split(r"\D", number)
    *separators, final = re.findall(r"\D", number)
    grouped = len(set(separators)) <= 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    alike = set(separators) <= {final}
    if grouped and len(last) == 3 and alike and (final != "." or separators):
        yield "".join([*groups, last])
    if final in ".," and (not separators or (grouped and not alike)):
        yield f"{''.join(groups)}.{last}"


def _reads(parse: Callable[[Any], object], text: str) -> bool:
    try:
        parse(scalar(text))
    except ValueError:
        return False
    return True
