"""Figures of people over months: heads, hires, leavers, training and proficiency of a team with a workforce."""

from __future__ import annotations

import numpy as np

from sim.centre.contract import Float64, Int64
from sim.centre.paid_time import NO_EXTRA, ExtraHours, PaidExtra
from sim.centre.results import PEOPLE_COLUMNS

from .figures import MS_PER_H, MS_PER_MIN, PPM
from .intervals import CentreStatistics
from .spans import Over, spans
from .uncertainty import Estimates, mean_of, ratio_of_sums


def has_people(statistics: CentreStatistics) -> bool:
    """Whether any team has a workforce, so that there is something to tell."""
    return statistics.people_by_day is not None


def people_figures(statistics: CentreStatistics, team: int, over: Over) -> dict[str, Estimates]:
    """Figures of a team's people, each of shape (spans,); nothing in a centre without a workforce.

    ``heads_mean`` (and in training) over the span's days, ``heads_at_end`` on its last day, ``hires`` and ``leavers``
    in it, and those who moved in or out; ``proficiency`` of those past training, on average by their contract hours;
    ``productive_heads`` that times their number, in heads of the team's mean contract. Of those past training
    ``heads_absent`` are away for the whole day, ``heads_present`` are there, and ``heads_on_phones`` are as many as
    their time on the phones makes, on average. ``overtime_h`` and ``time_off_h`` are hours of the span, where there
    are any.
    """
    if statistics.people_by_day is None:
        return {}
    starts = spans(statistics.centre, over).starts
    of_day = statistics.people_by_day[:, team]
    summed = np.add.reduceat(of_day, starts, axis=1)
    days = np.diff(np.append(starts, of_day.shape[1]))
    heads, training = (_column(summed, name) for name in ("heads", "in_training"))
    proficiency, on_the_job = (_column(summed, name) for name in ("proficiency_ppm", "on_the_job_ppm"))
    absent = _column(summed, "absent_ppm") / PPM
    at_end = _column(of_day, "heads")[:, np.append(starts[1:], of_day.shape[1]) - 1]
    extra = {
        figure: mean_of(_column(summed, name) / MS_PER_H)
        for figure, name in (("overtime_h", "overtime_ms"), ("time_off_h", "time_off_ms"))
        if _column(of_day, name).any()
    } | _coaching(summed, heads - training)
    return {
        "heads_mean": mean_of(heads / days),
        "heads_at_end": mean_of(at_end),
        "hires": mean_of(_column(summed, "hires")),
        "leavers": mean_of(_column(summed, "leavers")),
        "moved_in": mean_of(_column(summed, "moved_in")),
        "moved_out": mean_of(_column(summed, "moved_out")),
        "in_training": mean_of(training / days),
        "beginners": mean_of(_column(summed, "beginners") / days),
        "proficiency": ratio_of_sums(proficiency, on_the_job),
        "productive_heads": mean_of(proficiency / days / PPM),
        "heads_absent": mean_of(absent / days),
        "heads_present": mean_of((heads - training - absent) / days),
        "heads_on_phones": mean_of(_column(summed, "on_the_phones_ppm") / days / PPM),
    } | extra


def mean_heads(statistics: CentreStatistics, team: int) -> float:
    """Heads of a team on average over the horizon and the replications, in a centre with a workforce."""
    assert statistics.people_by_day is not None
    return float(_column(statistics.people_by_day[:, team], "heads").mean())


def contract_hours_over(statistics: CentreStatistics, team: int, over: Over) -> Float64:
    """Contract hours of all on the payroll in each span, (spans,), on average, in a centre with a workforce."""
    assert statistics.people_by_day is not None
    a_day_h = _column(statistics.people_by_day[:, team], "contracts_min").mean(axis=0) * (MS_PER_MIN / MS_PER_H / 7)
    return np.asarray(np.add.reduceat(a_day_h, spans(statistics.centre, over).starts), np.float64)


def mean_contract_ms(statistics: CentreStatistics, team: int) -> float:
    """Contract hours a week of those on the payroll, on average, in milliseconds; 0 where nobody ever is."""
    assert statistics.people_by_day is not None
    of_team = statistics.people_by_day[:, team]
    heads = int(_column(of_team, "heads").sum())
    return int(_column(of_team, "contracts_min").sum()) * MS_PER_MIN / heads if heads else 0.0


def hires(statistics: CentreStatistics, team: int) -> float:
    """How many are hired in the horizon, on average over the replications."""
    if statistics.people_by_day is None:
        return 0.0
    return float(_column(statistics.people_by_day[:, team], "hires").sum(axis=1).mean())


def _coaching(summed: Int64, past_training: Int64) -> dict[str, Estimates]:
    """Figures of coaching, ``summed`` over spans (R, spans, columns); nothing where nobody is coached."""
    asked, had, colleagues = (_column(summed, name) for name in ("coaching_ms", "coaches_ms", "colleagues_ms"))
    if not asked.any():
        return {}
    return {
        "coaching_h": mean_of(asked / MS_PER_H),
        "coach_load": ratio_of_sums(asked, had),
        "coaching_by_colleagues_h": mean_of(colleagues / MS_PER_H),
        "agents_per_coach": ratio_of_sums(past_training, _column(summed, "coaches")),
    }


def extra_hours(statistics: CentreStatistics, team: int) -> ExtraHours:
    """Overtime and time off of the horizon, on average over the replications."""
    if statistics.people_by_day is None:
        return NO_EXTRA
    return ExtraHours(*(float(hours[0]) for hours in extra_hours_over(statistics, team, "horizon")))


def extra_hours_over(statistics: CentreStatistics, team: int, over: Over) -> tuple[Float64, ...]:
    """The hours of ``ExtraHours`` in each span, (spans,), on average over the replications; none where nobody comes and
    goes."""
    starts = spans(statistics.centre, over).starts
    if statistics.people_by_day is None:
        return tuple(np.zeros(starts.size) for _ in ExtraHours._fields)
    summed = np.add.reduceat(statistics.people_by_day[:, team], starts, axis=1)
    return tuple(_column(summed, name).mean(axis=0) / MS_PER_H for name in PaidExtra._fields)


def _column(people: Int64, name: str) -> Int64:
    return people[..., PEOPLE_COLUMNS.index(name)]
