"""What becomes of the paid time of a team of heads, day by day: who is away, who is there, and who is on the phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from ..common.calendar import WEEK_DAYS, months
from ..scenario.paid_time import Overtime, TimeOff
from ..scenario.team import Team
from ..workforce.coaching import Coaching, CoachingTime
from .contract import HOUR_MS, Float64

_DIGITS = 12


@dataclass(frozen=True)
class DatedTime:
    """Overtime or time off on each day, (D,): of all heads, those who take no part among them."""

    week_ms: Float64
    """A week's, of each head."""
    pay_ms: Float64
    """As many contract hours cost as much."""


class ExtraHours(NamedTuple):
    """Hours of a horizon that are paid beside the contract's, or not paid."""

    overtime_h: float = 0.0
    overtime_pay_h: float = 0.0
    """Times their price: as many contract hours cost as much."""
    time_off_h: float = 0.0
    unpaid_h: float = 0.0
    """The part of them that isn't paid."""


NO_EXTRA = ExtraHours()


class PaidExtra(NamedTuple):
    """Likewise of one head past training on each day, (D,), in ms; named as columns of people are."""

    overtime_ms: Float64
    overtime_pay_ms: Float64
    time_off_ms: Float64
    unpaid_ms: Float64

    def hours(self, heads: int) -> ExtraHours:
        """Of so many heads, over all the days."""
        return ExtraHours(*(heads * float(of_day.sum()) / HOUR_MS for of_day in self))


@dataclass(frozen=True)
class PaidTime:
    """Shares of the contract hours of those past training on each day, (D,).

    ``absent`` are away for the whole day; of the others' time a part goes to what happens in the shift (breaks,
    meetings); the rest is ``on_the_phones``. A share of the hours is taken as so many of the people.
    """

    absent: Float64
    on_the_phones: Float64
    ill: Float64
    """The part of ``absent`` that comes in waves; 0 where none does."""
    additive: bool
    """Whether all of them are shares of all hours; else what happens in the shift is a share of what is there."""
    overtime: DatedTime
    time_off: DatedTime

    @property
    def extra_ms(self) -> Float64:
        """(D,) what overtime adds to a head's week on the phones, less what time off takes: of those there, and as
        much of it off the phones as of all their time."""
        return self.on_the_phones * (self.overtime.week_ms - self.time_off.week_ms)

    def paid_extra(self, open_share: Float64) -> PaidExtra:
        """What is paid for it, a head; ``open_share`` (D,) are the team's hours of each day's week over those of a week
        without closed days: what would fall on a closed day isn't worked, and isn't taken off."""
        a_day = self.there * open_share / WEEK_DAYS
        return PaidExtra(
            overtime_ms=a_day * self.overtime.week_ms,
            overtime_pay_ms=a_day * self.overtime.pay_ms,
            time_off_ms=a_day * self.time_off.week_ms,
            unpaid_ms=a_day * (self.time_off.week_ms - self.time_off.pay_ms),
        )

    @property
    def there(self) -> Float64:
        """(D,) who isn't away."""
        return 1 - self.absent

    def coached(
        self, coaching: Coaching, trainees: Float64, beginners: Float64, experienced: Float64, contract_ms: float
    ) -> CoachingTime:
        """A week's coaching of so many people on each day, (D,): who is away isn't coached, and coaches nobody."""
        return coaching.time(trainees, beginners, experienced, self.there, self.on_the_phones * contract_ms)

    def with_sickness(self, factor: Float64) -> PaidTime:
        """With the part of absence that comes in waves times a factor for each day, (D,); nobody is away twice."""
        absent = np.clip(self.absent + self.ill * (factor - 1), 0.0, 1.0)
        if self.additive:
            on_the_phones = np.clip(self.on_the_phones - (absent - self.absent), 0.0, 1.0)
        else:
            on_the_phones = self.on_the_phones * (1 - absent) / self.there
        return replace(self, absent=absent, on_the_phones=on_the_phones)


def mean_presence(by_day: Float64) -> Float64:
    """Mean of the days, (..., days) to (...), rounded so that days that are alike have their own value as mean."""
    return np.asarray(np.round(by_day.mean(axis=-1), _DIGITS), np.float64)


def paid_time(team: Team, first_day: int, days: int) -> PaidTime:
    """Of a team on each day from ``first_day`` (ordinal) on."""
    month = months(first_day, days) % 12
    absent = np.array(team.monthly_absence)[month]
    ill = np.zeros(days)
    if team.sickness_waves is not None:
        ill = np.array(team.shrinkage_by_reason[team.sickness_waves.reason])[month]
        if team.shrinkage_convention == "compound":  # a share of those whom the other reasons leave
            ill *= (1 - absent) / (1 - ill)
    return PaidTime(
        absent=absent,
        on_the_phones=1 - np.array(team.monthly_shrinkage)[month],
        ill=ill,
        additive=team.shrinkage_convention == "additive",
        overtime=_dated(team.overtime, first_day, days),
        time_off=_dated(team.time_off, first_day, days),
    )


def _dated(parts: Sequence[Overtime | TimeOff], first_day: int, days: int) -> DatedTime:
    week_ms, pay_ms = np.zeros(days), np.zeros(days)
    for one in parts:
        first, end = one.first_day.toordinal() - first_day, one.last_day.toordinal() + 1 - first_day
        part = slice(max(first, 0), max(end, 0))
        week_ms[part] = one.hours * one.share
        pay_ms[part] = one.hours * one.share * one.pay
    return DatedTime(week_ms, pay_ms)
