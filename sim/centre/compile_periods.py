"""Volumes of months, weeks or days laid out over days: each period has what its row says."""

from __future__ import annotations

import numpy as np

from ..common.arrivals_shape import WeekPattern
from ..common.calendar import WEEK_DAYS, weekdays
from ..scenario.calendar import Calendar
from ..scenario.period_volumes import PeriodVolumes
from .compile_days import closed_days
from .contract import Float64


def period_levels(
    volumes: PeriodVolumes, pattern: WeekPattern, calendar: Calendar, first_day: int, count: int
) -> Float64:
    """Contacts of a whole ordinary week at the level of each day from ``first_day`` (ordinal) on, (count,).

    A period's level is that at which its days, closed ones as the ``pattern`` has them, add up to its volume. A day of
    no period has the level of the nearest one. ValueError, in words for a planner, for contacts in a period in which
    none can come.
    """
    begin = min(first_day, volumes.rows[0][0].first_day.toordinal())
    end = max(first_day + count, volumes.rows[-1][0].end.toordinal())
    kind = np.where(closed_days(calendar, begin, end - begin), WEEK_DAYS, weekdays(begin, end - begin))
    share = np.append(pattern.share, pattern.closed_share)[kind]
    level, known = np.zeros(end - begin), np.zeros(end - begin, np.bool_)
    for period, volume in volumes.rows:
        part = slice(period.first_day.toordinal() - begin, period.end.toordinal() - begin)
        total = float(share[part].sum())
        if not total and volume:
            inside = f"from {period.first_day} on" if period.days > 1 else f"on {period.first_day}"
            raise ValueError(
                f"{volumes.source} has {volume:g} contacts in the {volumes.kind} {inside}, when none can come"
            )
        if total:
            level[part], known[part] = volume / total, True
    wanted = np.arange(first_day, first_day + count) - begin
    nearest = np.flatnonzero(known)
    after = np.searchsorted(nearest, wanted).clip(max=nearest.size - 1)
    before = (after - 1).clip(min=0)
    closer = np.where(np.abs(nearest[after] - wanted) <= np.abs(wanted - nearest[before]), after, before)
    return level[nearest[closer]]
