"""How a team hires: dated classes, growth to a target, replacements of leavers, and what training has room for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class HiringPlan:
    """Who is to be hired when. ValueError for values that cannot be.

    Hires for whom training has no room wait for the next day that has, in the order in which they were due, on the same
    day replacements of today's heads first.
    """

    classes: tuple[tuple[int, int], ...] = ()
    """Dated classes: (day, heads), ascending."""
    net_per_month: float | None = None
    """Growth of the heads each month: on each day of ``month_starts`` as many are hired as are missing to today's
    heads plus this times the months that have begun since day 0, rounded half up. Who is on the way (due, or known to
    replace somebody who is away) isn't missing. At 0 the team is filled up every month; below 0 it shrinks as people
    leave. None: nobody is hired for this."""
    month_starts: tuple[int, ...] = ()
    """Days on which months begin, ascending."""
    replace_after_days: int | None = None
    """Each leaver is replaced so many days after leaving; None: not at all."""
    notice_days: int = 0
    """Who gives notice is replaced so much sooner, but never before leaving."""
    notice_share: float = 1.0
    """Share of the leavers past training who give notice. Those lost in training give none."""
    class_size: int | None = None
    """Most heads of a class; without ``trainers`` there is one class a day."""
    trainers: int | None = None
    """Each has ``class_size`` places: no more people are in training at a time."""
    start_days: tuple[int, ...] | None = None
    """Days on which people may start besides those of the dated classes, ascending; None: any day."""

    def __post_init__(self) -> None:
        """Refuse values that cannot be."""
        days = [day for day, _ in self.classes]
        for name, starts in (("classes", days), ("month_starts", self.month_starts), ("start_days", self.start_days)):
            _refuse_days(name, tuple(starts or ()), repeats=name == "classes")
        for day, heads in self.classes:
            if heads < 0:
                raise ValueError(f"a class must have 0 heads or more (got {heads} on day {day})")
        if self.net_per_month is not None and not math.isfinite(self.net_per_month):
            raise ValueError(f"net_per_month must be finite (got {self.net_per_month})")
        if (self.net_per_month is not None) != bool(self.month_starts):
            raise ValueError("net_per_month and month_starts go together: give both or neither")
        if not 0 <= self.notice_share <= 1:
            raise ValueError(f"notice_share must be between 0 and 1 (got {self.notice_share})")
        for name, value, least in (
            ("replace_after_days", self.replace_after_days, 0),
            ("notice_days", self.notice_days, 0),
            ("class_size", self.class_size, 1),
            ("trainers", self.trainers, 1),
        ):
            if value is not None and value < least:
                raise ValueError(f"{name} must be {least} or more (got {value})")
        if self.trainers is not None and self.class_size is None:
            raise ValueError("trainers need a class_size: how many each of them trains at a time")

    def may_start_on(self, day: int) -> bool:
        """Whether people may start on a day."""
        return self.start_days is None or day in self.start_days or any(day == start for start, _ in self.classes)

    def room(self, in_training: int) -> float:
        """How many may start on a day on which so many others are in training; inf without a limit."""
        if self.class_size is None:
            return math.inf
        if self.trainers is None:
            return self.class_size
        return max(self.class_size * self.trainers - in_training, 0)

    def target(self, heads_today: int, day: int, first_day: int = 0) -> int:
        """Heads that growth aims at on a day, of a team that there is from ``first_day`` on."""
        begun = sum(first_day < start <= day for start in self.month_starts)
        return math.floor(heads_today + (self.net_per_month or 0.0) * begun + 0.5)

    def replaced_on(self, leaves_day: int, gives_notice: bool) -> int | None:
        """The day on which the replacement of a leaver is due, not before the leaver's first day away; None: never."""
        if self.replace_after_days is None:
            return None
        known_before = self.notice_days if gives_notice else 0
        return leaves_day + max(self.replace_after_days - known_before, 0)


def _refuse_days(name: str, days: tuple[int, ...], *, repeats: bool) -> None:
    """ValueError unless the days ascend from 0 or more; with ``repeats`` they may be equal."""
    least = 0 if repeats else 1
    if any(day < 0 for day in days) or any(later - earlier < least for earlier, later in pairwise(days)):
        raise ValueError(f"the days of {name} must be 0 or more and ascend (got {', '.join(map(str, days[:6]))})")
