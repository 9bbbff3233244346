"""What a chart shows, in one sentence from its data: its title."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..figures import MS_PER_MIN
from ..output.words import WEEKDAYS, duration, exact_percent, percent
from .week_profile import Level, WeekProfile

_ALL_DAY = 24 * 60


def finding(profile: WeekProfile) -> str:
    """Where the queue that is worst off falls short of its target, and where it is lowest: calls, or else emails."""
    if profile.calls:
        interval = profile.interval_ms // MS_PER_MIN
        places = [
            f"{WEEKDAYS[day]} {start // (60 * MS_PER_MIN):02d}:{start // MS_PER_MIN % 60:02d}"
            for day, start in zip(profile.weekday.tolist(), profile.start_ms.tolist(), strict=True)
        ]
        return _sentence(
            _worst(profile.calls), places, _INTERVALS.get(interval, f"intervals of {interval} min"), "answered"
        )
    return _sentence(_worst(profile.emails), list(WEEKDAYS), "weekdays", "replied to")


def _worst(levels: Sequence[Level]) -> Level:
    """The one that falls short most often, then by most; the first of equal ones."""

    def shortfall(level: Level) -> tuple[int, float]:
        if level.target is None or np.isnan(level.estimates.value).all():
            return 0, -np.inf
        return int(np.count_nonzero(level.short)), level.target - float(np.nanmin(level.estimates.value))

    return max(levels, key=shortfall)


_INTERVALS = {15: "quarter hours", 30: "half hours", 60: "hours", _ALL_DAY: "days"}


def _sentence(level: Level, places: list[str], unit: str, verb: str) -> str:
    name = level.queue[:1].upper() + level.queue[1:]
    value = level.estimates.value
    known = int(np.count_nonzero(~np.isnan(value)))
    if not known:
        return f"{name}: no contacts"
    lowest = int(np.nanargmin(value))
    where = f"lowest {places[lowest]} ({percent(float(value[lowest]))})"
    within = f"{verb} in {duration(level.threshold_s)}"
    if level.target is None:
        return f"{name}: share {within} by {unit} of the average week, {where}"
    promise = f"{exact_percent(level.target)} {within}"
    short = int(np.count_nonzero(level.short))
    if short:
        return f"{name} fall short of {promise} in {short} of {known} {unit} of the average week, {where}"
    reached = "reach" if value[lowest] >= level.target else "are not clearly short of"
    return f"{name} {reached} {promise} in all {known} {unit} of the average week, {where}"
