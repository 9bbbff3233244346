"""Calendar weeks and months of a run of days: what is judged, sized and told as one.

A week or month of which less than half is there is not one by itself: a lone Saturday is no week. It goes with its
neighbour. ``check`` tells of it, so nothing is imported here that takes time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Unit = Literal["week", "month"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WITH = " +"


@dataclass(frozen=True)
class CalendarSpan:
    """A week from Monday to Sunday or a calendar month, as far as it is there, and what goes with it."""

    label: str
    """``2027-W09`` (ISO 8601) or ``2027-03``; with days of its neighbours ``2027-W09 +2 days before``,
    ``2027-03 +1 day after``. In the order of the labels is the order in time."""
    first_day: int
    """Ordinal (``date.toordinal``)."""
    days: int

    @property
    def joined(self) -> bool:
        """Whether days of a neighbour go with it."""
        return _WITH in self.label


def calendar_spans(first_day: int, days: int, unit: Unit) -> tuple[CalendarSpan, ...]:
    """The weeks or months of ``days`` consecutive days, of which the first is given as ordinal.

    A first one of which less than half is there goes with the one after it, a last one with the one before; one that is
    alone stays as it is, whatever is there of it. Spans are named after the week or month of which the largest part is
    there.
    """
    groups = [[piece] for piece in _pieces(first_day, days, unit)]
    if len(groups) > 1 and groups[0][0].is_short:
        groups[:2] = [[*groups[0], *groups[1]]]
    if len(groups) > 1 and groups[-1][-1].is_short:
        groups[-2:] = [[*groups[-2], *groups[-1]]]
    return tuple(_span(group, unit) for group in groups)


def span_in_words(label: str) -> str:
    """The label of a week or month as people name it.

    ``2027-W09`` week 9 of 2027, ``2027-W09 +2 days before`` week 9 of 2027 with the 2 days before, ``2027-03`` March
    2027, ``2027-03 +1 day after`` March 2027 and 1 day of April.
    """
    name, *beside = label.split(_WITH)
    if "W" in name:
        year, week = name.split("-W")
        days = " and ".join(f"the {few}".replace("the 1 day", "the day") for few in beside)
        return f"week {int(week)} of {year}{' with ' if days else ''}{days}"
    year, number = name.split("-")
    month = int(number) - 1
    neighbours = {"before": MONTHS[month - 1], "after": MONTHS[(month + 1) % len(MONTHS)]}
    words = [f"{MONTHS[month]} {year}"]
    for few in beside:
        days, _, side = few.rpartition(" ")
        words.append(f"{days} of {neighbours[side]}")
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


class _Piece(NamedTuple):
    """A calendar week or month, as far as it is there; days as ordinals."""

    whole: range
    there: range

    @property
    def share(self) -> float:
        return len(self.there) / len(self.whole)

    @property
    def is_short(self) -> bool:
        return 2 * len(self.there) < len(self.whole)


def _pieces(first_day: int, days: int, unit: Unit) -> Iterator[_Piece]:
    day, end = first_day, first_day + days
    while day < end:
        whole = _around(day, unit)
        yield _Piece(whole, range(day, min(whole.stop, end)))
        day = whole.stop


def _around(day: int, unit: Unit) -> range:
    """The calendar week or month that holds a day."""
    when = date.fromordinal(day)
    if unit == "week":
        monday = day - when.weekday()
        return range(monday, monday + 7)
    first = day - when.day + 1
    return range(first, first + monthrange(when.year, when.month)[1])


def _span(group: Sequence[_Piece], unit: Unit) -> CalendarSpan:
    main = max(group, key=lambda piece: piece.share)
    first, end = group[0].there.start, group[-1].there.stop
    beside = {"before": main.there.start - first, "after": end - main.there.stop}
    days = [f"{few} {'day' if few == 1 else 'days'} {side}" for side, few in beside.items() if few]
    return CalendarSpan(_WITH.join([_name(main.whole.start, unit), *days]), first, end - first)


def _name(day: int, unit: Unit) -> str:
    when = date.fromordinal(day)
    if unit == "week":
        iso = when.isocalendar()
        return f"{iso.year}-W{iso.week:02d}"
    return when.isoformat()[: len("2027-03")]
