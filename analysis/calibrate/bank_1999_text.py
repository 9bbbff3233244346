"""The words of ``scenarios/bank_1999.yaml`` around its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

import numpy as np

from .durations import LognormalFit, SurvivalCurve
from .half_hours import Float64
from .presence import AWAY_AFTER_S, AWAY_AFTER_WAITING_S

_COMPARED_UP_TO_S = 600
"""Fitted and measured patience are compared over waits as they occur: 99.5 % of callers waited less."""


@dataclass(frozen=True)
class Parameters:
    """What the log says, as the scenario needs it."""

    per_day: Mapping[str, float]
    """Calls offered on an open day, by weekday name."""
    busyness_cv: float
    answer_rate: float
    handle_mean_s: float
    handle_short_share: float
    """Services too short for the lognormal fit."""
    handle_fit: LognormalFit
    after_call_mean_s: float
    away_share: float
    """Share of the gaps with callers waiting that count as absence rather than after-call work."""
    patience: SurvivalCurve
    patience_fit: LognormalFit
    wait_per_abandonment_s: float
    """Mean of the exponential patience that the log would be given."""
    position_hours_per_week: float


def scenario_text(p: Parameters) -> str:
    """The scenario file."""
    seconds = np.arange(1.0, _COMPARED_UP_TO_S + 1)
    # A caller who is still there after t whole seconds in the log has waited t to t + 1.
    lognormal = p.patience_fit.survival(seconds + 1)
    exponential = np.exp(-(seconds + 1) / p.wait_per_abandonment_s)
    measured = np.array([p.patience.at(float(t)) for t in seconds])
    return _SCENARIO.substitute(
        per_week=f"{sum(p.per_day.values()):.1f}",
        days=", ".join(f"{day}: {calls:.0f}" for day, calls in p.per_day.items()),
        answer_rate=_percent(p.answer_rate, 1),
        busyness=_percent(p.busyness_cv, 1),
        handle_mean=f"{p.handle_mean_s:.0f}",
        handle_short=_percent(p.handle_short_share, 1),
        handle_mu=f"{p.handle_fit.mu:.3f}",
        handle_sigma=f"{p.handle_fit.sigma:.3f}",
        handle_fit_mean=f"{p.handle_fit.mean:.0f}",
        handle_fit_cv=f"{p.handle_fit.cv:.2f}",
        handle_fit_excess=_percent(p.handle_fit.mean / p.handle_mean_s - 1),
        after_call_mean=f"{p.after_call_mean_s:.0f}",
        away=_percent(p.away_share),
        patience_median=f"{p.patience.median:.0f}",
        patience_at_60=_percent(p.patience.at(60), 1),
        patience_mu=f"{p.patience_fit.mu:.3f}",
        patience_sigma=f"{p.patience_fit.sigma:.3f}",
        patience_mean=f"{p.patience_fit.mean:.0f}",
        patience_cv=f"{p.patience_fit.cv:.2f}",
        lognormal_gap=_points(lognormal, measured),
        exponential_gap=_points(exponential, measured),
        away_waiting=f"{AWAY_AFTER_WAITING_S // 60} min",
        away_anyway=f"{AWAY_AFTER_S // 60} min",
        position_hours=f"{p.position_hours_per_week:.0f}",
    )


def _percent(share: float, decimals: int = 0) -> str:
    return f"{100 * share:.{decimals}f} %"


def _points(fitted: Float64, measured: Float64) -> str:
    """Largest difference of two survival curves, in points."""
    return f"{100 * np.abs(fitted - measured).max():.1f}"


_SCENARIO = Template("""\
# A real centre: the telephone service of a small bank in Israel, January to May 1999.
#
# Source: "Anonymous Bank" call-centre data, Technion SEE Lab (A. Mandelbaum and I. Guedj), used with acknowledgement.
# Every figure is an aggregate of its call log unless marked (assumption). This file is written by
#   python -m analysis.calibrate.bank_1999 LOG.csv.gz --to scenarios
# and the log's own results, to compare a simulation with, stand in bank_1999/observed.json.
#
# Offered means: joined the queue or reached an agent. Calls that ended in the voice-response unit and the log's
# PHANTOM rows aren't offered. Left out: 11 and 12 January (missing), 23 May (duplicates), 8 and 12 March (the log
# stops), and the days with holiday hours (Purim, the two feasts of Passover and their eves, Remembrance and
# Independence Day, the general election, Shavuot). Half hours without a single call on other days are holes in the log.
kind: centre
name: Anonymous Bank 1999
start: 1999-01-03            # a Sunday; four ordinary weeks, without holidays
horizon: 4 weeks
interval: 30 min

calendar:
  open:
    sun-thu: "07:00-24:00"
    fri: "07:00-14:00"
    sat: "20:00-24:00"       # after the Sabbath: from 19:00 in January to 21:30 in May

queues:
  calls:                     # all types of service: one pool of agents answers them, each agent several types
    channel: call
    arrivals:
      per_week: $per_week       # means of the open days and half hours
      volume_is: offered     # all that the log counts; customers who call again are in it, and not modelled apart
      counted_at_answer_rate: $answer_rate
      days: {$days}
      profile: bank_1999/volumes.csv
      busyness: $busyness       # CV of days around their weekday's mean, net of Poisson noise; holds the seasons too

    # Measured services of up to 1 h, as 200 equally likely slices; mean $handle_mean s. $handle_short took less
    # than 10 s (agents hanging up to win a rest); each of them answered a caller, so they are in it.
    # A lognormal fits those of 10 s to 1 h (log seconds: mu $handle_mu, sigma $handle_sigma),
    # but its mean of $handle_fit_mean s (CV $handle_fit_cv) would load the agents by $handle_fit_excess more.
    handle_time: {distribution: empirical, file: bank_1999/handle_time.csv}

    # From the end of a service to the agent's next while callers wait (Kaplan-Meier), switching time included, up to
    # $away_waiting; mean $after_call_mean s. The $away of gaps that last longer count as absence.
    after_call_work: {distribution: empirical, file: bank_1999/after_call_work.csv}

    # Kaplan-Meier over those who waited: median $patience_median s, $patience_at_60 would wait more than 60 s.
    # The lognormal (maximum likelihood; log seconds: mu $patience_mu, sigma $patience_sigma) stays within
    # $lognormal_gap points of it up to 10 min, where an exponential is up to $exponential_gap points off; its mean
    # rests on a tail that hardly a caller waited for. Almost nobody hangs up at once, so nobody balks.
    patience: {distribution: lognormal, mean: $patience_mean s, cv: $patience_cv}

    targets:                 # (assumption) the bank's own are unknown
      service_level: 80 % in 20 s
      answer_rate: 90 %

teams:
  agents:
    # Mean number of agents on duty, $position_hours position hours a week. There is no roster: an agent counts as
    # present from one call to the next, unless callers waited for more than $away_waiting in between, or the gap
    # exceeds $away_anyway. Idle time before the first call after a break stays unseen (too few positions), and the real
    # staff varied from day to day (its mean serves more callers). Neither is corrected for, and nothing was tuned to
    # fit the log's answer rate.
    positions: bank_1999/positions.csv
""")
