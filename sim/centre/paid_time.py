"""What becomes of the paid time of a team of heads, day by day: who is away, who is there, and who is on the phones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ..scenario.team import Team
from .contract import Float64

_DIGITS = 12


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

    @property
    def there(self) -> Float64:
        """(D,) who isn't away."""
        return 1 - self.absent

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
    months = [date.fromordinal(day).month - 1 for day in range(first_day, first_day + days)]
    absent = np.array(team.monthly_absence)[months]
    ill = np.zeros(days)
    if team.sickness_waves is not None:
        ill = np.array(team.shrinkage_by_reason[team.sickness_waves.reason])[months]
        if team.shrinkage_convention == "compound":  # a share of those whom the other reasons leave
            ill *= (1 - absent) / (1 - ill)
    return PaidTime(
        absent=absent,
        on_the_phones=1 - np.array(team.monthly_shrinkage)[months],
        ill=ill,
        additive=team.shrinkage_convention == "additive",
    )
