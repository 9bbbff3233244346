"""What becomes of the paid time of a team of heads, day by day: who is away, who is there, and who is on the phones."""

from __future__ import annotations

from dataclasses import dataclass
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

    @property
    def there(self) -> Float64:
        """(D,) who isn't away."""
        return 1 - self.absent


def mean_presence(by_day: Float64) -> Float64:
    """Mean of the days, (..., days) to (...), rounded so that days that are alike have their own value as mean."""
    return np.asarray(np.round(by_day.mean(axis=-1), _DIGITS), np.float64)


def paid_time(team: Team, first_day: int, days: int) -> PaidTime:
    """Of a team on each day from ``first_day`` (ordinal) on."""
    months = [date.fromordinal(day).month - 1 for day in range(first_day, first_day + days)]
    return PaidTime(
        absent=np.array(team.monthly_absence)[months], on_the_phones=1 - np.array(team.monthly_shrinkage)[months]
    )
