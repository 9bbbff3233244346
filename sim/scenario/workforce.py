"""The people of a team over months: their tenure, and how they are trained, ramp up, leave and are hired."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from .base import Finding, ScenarioModel, Written, refusal
from .parse import MOST_DIGITS, NUMBER, SHARE, parse_share
from .quantities import Amount, AtLeastOnePerson, Day, PositiveShare, ShareBelowOne, written
from .spelling import hinting
from .terms import RecontactFactor
from .words import got

MONTH_DAYS = 365.25 / 12
_DAYS_A_UNIT = {"day": 1.0, "week": 7.0, "month": MONTH_DAYS, "year": 12 * MONTH_DAYS}
_MOST_YEARS = 10
TENURE_PATTERN = rf"{NUMBER}\s*(?:days?|weeks?|months?|years?)"
_RATE = rf"{SHARE} per (?:year|month|week)"
_TIMES = rf"{NUMBER}\s*x"
_NET = rf"[+-]?{NUMBER} per month"


@hinting
def parse_tenure(value: Any) -> int:
    """``"4 months"``, ``"3 weeks"`` or ``"4 months from hire"`` as whole days; a month is 365.25 / 12 days."""
    if value == 0 and not isinstance(value, bool):
        return 0
    text = value.strip().lower() if isinstance(value, str) else ""
    text = text[:MOST_DIGITS].removesuffix(" from hire").strip()
    match = re.fullmatch(rf"({NUMBER})\s*(day|week|month|year)s?", text)
    if not match:
        raise ValueError('must be a time such as "3 weeks" or "4 months"')
    days = float(match[1]) * _DAYS_A_UNIT[match[2]]
    if days > _MOST_YEARS * _DAYS_A_UNIT["year"]:
        raise ValueError(f"is longer than {_MOST_YEARS} years")
    return round(days)


@dataclass(frozen=True)
class Turnover:
    """A rate of leaving: ``share`` 0.17 per ``"year"``."""

    share: float
    per: Literal["year", "month", "week"]

    @property
    def per_day(self) -> float:
        """The share, spread over the days of its period."""
        return self.share / _DAYS_A_UNIT[self.per]


@hinting
def parse_turnover(value: Any) -> Turnover:
    """``"17 % per year"``."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = re.fullmatch(rf"({SHARE})\s*(?:per|a|/)\s*(year|month|week)", text[:MOST_DIGITS])
    if not match:
        raise ValueError('must be a rate such as "17 % per year" (or month, or week)')
    percent = float(match[1].removesuffix("%"))
    if percent > 500:
        raise ValueError("must be at most 500 %")
    return Turnover(percent / 100, match[2])  # type: ignore[arg-type]


@hinting
def parse_times(value: Any) -> float:
    """``"3 x"`` as 3.0."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = re.fullmatch(rf"({NUMBER})\s*x", text[:MOST_DIGITS])
    if not match:
        raise ValueError('must be a multiple such as "3 x"')
    if float(match[1]) > 100:
        raise ValueError('must be at most "100 x"')
    return float(match[1])


@hinting
def parse_net(value: Any) -> float:
    """``"5 per month"`` as 5.0; below 0 the team shrinks."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = re.fullmatch(rf"([+-]?{NUMBER})\s*(?:per|a|/)\s*month", text[:MOST_DIGITS])
    if not match:
        raise ValueError('must be people a month, such as "5 per month"')
    if abs(float(match[1])) > 10_000:
        raise ValueError("must be at most 10 000 per month")
    return float(match[1])


@hinting
def parse_steps(value: Any) -> tuple[tuple[int, float], ...]:
    """``{2 months: 70 %, 4 months: 90 %}`` as ascending (days from hire, proficiency)."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError("must be proficiencies by time from hire, such as {2 months: 70 %, 4 months: 90 %}")
    steps: dict[int, float] = {}
    findings = []
    for key, entry in value.items():
        try:
            steps[parse_tenure(key)] = parse_share(entry)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(entry)}"))
    if findings:
        raise refusal(findings)
    return tuple(sorted(steps.items()))


Tenure = Annotated[
    int, Written(parse_tenure, {"anyOf": [written(TENURE_PATTERN, "3 weeks", "4 months"), {"const": 0}]})
]
"""Whole days."""
TurnoverRate = Annotated[Turnover, Written(parse_turnover, written(_RATE, "17 % per year", "2 % per month"))]
Times = Annotated[float, Written(parse_times, written(_TIMES, "3 x"))]
Net = Annotated[float, Written(parse_net, written(_NET, "5 per month"))]
Steps = Annotated[
    tuple[tuple[int, float], ...],
    Written(
        parse_steps,
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": written(SHARE, "70 %"),
            "examples": [{"2 months": "70 %", "4 months": "90 %"}],
        },
    ),
]


class Ramp(ScenarioModel):
    """What a newcomer goes through: training off the phones, then for a time less output than an experienced agent."""

    training: Tenure = 21
    """On the payroll and off the phones, from hire on; default 3 weeks."""
    nesting: Tenure = 0
    """First time on the phones, side by side with a coach; default none."""
    nesting_at: PositiveShare | None = None
    """Proficiency while nesting; default that at the start of the ramp."""
    starts_at: PositiveShare = 0.5
    """Proficiency when training (and nesting) is over; handle times are divided by it. Default 50 %."""
    full_at: Tenure = 122
    """Time from hire at which proficiency is full; default 4 months."""
    shape: Literal["linear", "exponential", "s", "stepped"] = "linear"
    """How proficiency rises in between; default linear."""
    steps: Steps | None = None
    """Of a stepped ramp: proficiency from each time after hire on."""
    recontact: RecontactFactor = 1.0
    """Re-contact rate of those whom a beginner served, as a multiple; it falls to 100 % as proficiency rises."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        findings = []
        if self.full_at < self.training + self.nesting:
            before = "training and nesting do" if self.nesting else "training does"
            findings.append(Finding(("full_at",), f"counts from hire: it can't end before {before}"))
        if self.nesting_at is not None and not self.nesting:
            findings.append(Finding(("nesting_at",), "needs a time of nesting"))
        if (self.shape == "stepped") != (self.steps is not None):
            findings.append(Finding(("steps",), "go with a stepped ramp: give shape: stepped and steps, or neither"))
        for days, _ in self.steps or ():
            if not self.training + self.nesting < days < self.full_at:
                findings.append(Finding(("steps",), "must lie between the end of training (and nesting) and full_at"))
        proficiency = [self.starts_at, *(share for _, share in self.steps or ())]
        if any(later < earlier for earlier, later in pairwise(proficiency)):
            findings.append(Finding(("steps",), "must not fall, nor be lower than the start of the ramp"))
        if findings:
            raise refusal(dict.fromkeys(findings))
        return self


class Attrition(ScenarioModel):
    """How people leave, by how long they have been there."""

    rate: TurnoverRate
    """Leavers past training over the average of the heads past training, or of a cohort (see measure)."""
    measure: Literal["average heads", "cohort"] = "average heads"
    """What the rate is a share of: average heads (default), or of a cohort those who are gone after the period."""
    first_3_months: Times = 1.0
    """How much faster people leave in their first three months after training; default as fast as later."""
    lost_in_training: ShareBelowOne = 0.0
    """Share of the hires who leave in training, beside the rate; default none."""
    notice: Tenure = 0
    """Time before leaving at which it is known; default none. See hiring.replace_after."""

    @model_validator(mode="after")
    def _some_of_a_cohort_stay(self) -> Self:
        if self.measure == "cohort" and self.rate.share >= 1:
            raise refusal([Finding(("rate",), "must be less than 100 % of a cohort; of average heads it may be more")])
        return self


class HiringClass(ScenarioModel):
    """People who start on the same day."""

    on: Day
    """Their first day on the payroll: the first of training. Before the start: those left of them are of the heads."""
    heads: AtLeastOnePerson
    """How many."""


class Hiring(ScenarioModel):
    """Who is hired when."""

    classes: tuple[HiringClass, ...] = ()
    """Dated classes."""
    net: Net | None = None
    """Growth: from the second month on, each begins with so many more heads than the one before; classes count."""
    replace_after: Tenure | None = None
    """Time from a leaver's last day to the first of the replacement, notice taken off; default not replaced."""
    class_size: AtLeastOnePerson | None = None
    """Most people who start together; others wait. Default no limit."""
    least_class_size: AtLeastOnePerson | None = None
    """Fewest people that ``hire`` starts a class with, the file's own of that day included; default one."""
    trainers: AtLeastOnePerson | None = None
    """How many classes can be in training at a time; default no limit."""
    lead_time: Tenure = 0
    """From the decision to hire until people start, for ``hire``; default none."""
    most_heads: AtLeastOnePerson | None = None
    """Heads that ``hire`` may not exceed on average in any month; default no limit."""
    budget: Amount | None = None
    """What all that ``hire`` hires may cost over the horizon, pay and ``per_hire``; default no limit."""

    @model_validator(mode="after")
    def _agree(self) -> Self:
        findings = []
        if self.trainers is not None and self.class_size is None:
            findings.append(Finding(("trainers",), "needs class_size: each of them trains a class at a time"))
        if self.class_size is not None and (self.least_class_size or 1) > self.class_size:
            findings.append(Finding(("least_class_size",), "must not be more than class_size"))
        if self.net is not None and self.replace_after is not None:
            findings.append(
                Finding(("net",), "replaces leavers already, when a month begins; drop replace_after, or net")
            )
        if findings:
            raise refusal(findings)
        return self


TodaysTenure = Literal["experienced", "steady", "growing"]
