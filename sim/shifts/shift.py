"""A shift that may be worked on a day, its breaks, and the rules that a person's week keeps to.

Nothing is imported that takes time: ``check`` tells of shifts.
"""

from __future__ import annotations

from dataclasses import dataclass

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
WEEK_DAYS = 7
WEEK_MS = WEEK_DAYS * DAY_MS
BREAK_STEP_MS = 15 * MINUTE_MS
"""Breaks begin at the start of their window, or so much later, or twice, ..."""


@dataclass(frozen=True)
class Break:
    """A break within a window. Times are ms from the midnight before the shift, so they may lie beyond 24 h."""

    name: str
    length_ms: int
    paid: bool
    from_ms: int
    """It begins then at the earliest."""
    until_ms: int
    """It is over then at the latest."""

    @property
    def starts_ms(self) -> range:
        """When it may begin."""
        return range(self.from_ms, self.until_ms - self.length_ms + 1, BREAK_STEP_MS)


@dataclass(frozen=True)
class Shift:
    """A template with one of its starts."""

    template: str
    start_ms: int
    """From midnight of its day."""
    length_ms: int
    """From coming to leaving, breaks included; it may end on the next day."""
    days: tuple[int, ...]
    """Weekdays on which it may begin, Monday 0, ascending."""
    breaks: tuple[Break, ...] = ()
    """Windows that don't overlap, in order of time."""

    @property
    def end_ms(self) -> int:
        """From midnight of its day; beyond 24 h it ends on the next."""
        return self.start_ms + self.length_ms

    @property
    def paid_ms(self) -> int:
        """Its length without unpaid breaks."""
        return self.length_ms - sum(one.length_ms for one in self.breaks if not one.paid)

    @property
    def worked_ms(self) -> int:
        """Its length without any breaks."""
        return self.length_ms - sum(one.length_ms for one in self.breaks)


@dataclass(frozen=True)
class WeekRules:
    """What a person's week keeps to. The same week may be worked again and again."""

    days: int
    """Shifts a week."""
    most_ms: int
    """Paid time of its shifts at most: the contract, or the law's limit if that is less."""
    daily_rest_ms: int
    """Between the end of a shift and the start of the next one, at least."""
    weekly_rest_ms: int
    """At least once a week without a break in it."""
    days_in_a_row: int
    """Days worked one after the other, at most."""
    same_start: bool
    """Whether all shifts of a week are one and the same wherever that may be worked."""
    days_off_together: bool
    """Whether the days off follow one another, Sunday and Monday too."""
    every: tuple[int, ...] = (1,) * WEEK_DAYS
    """By weekday: people work it in every n-th week at most."""
    rotation: tuple[str, ...] = ()
    """Templates through which everybody goes, a week each; none if people keep their week."""
