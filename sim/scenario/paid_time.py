"""What becomes of a team's paid time beside its shrinkage: waves of sickness, overtime, time off, coaching."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from .base import Finding, ScenarioModel, Written, refusal
from .parse import DURATION, HOUR_MS, parse_duration
from .quantities import Day, HoursAWeek, Name, People, PositiveShare, PositiveVariation, Share, written
from .spelling import hinting
from .terms import RecontactFactor
from .workforce import Tenure

MOST_WEEK_MS = 48 * HOUR_MS
"""Hours of a week that the law allows (Directive 2003/88/EC, article 6; most countries' own laws are stricter)."""

_A_WEEK = (" per week", " a week", "/week")


@hinting
def parse_time_a_week(value: Any) -> int:
    """``"30 min per week"`` as milliseconds a week; at most what the law allows."""
    text = value.strip() if isinstance(value, str) else value
    for ending in _A_WEEK:
        text = text.removesuffix(ending) if isinstance(text, str) else text
    try:
        week_ms = parse_duration(text)
    except ValueError:
        raise ValueError('must be a time a week, such as "30 min per week"') from None
    if week_ms > MOST_WEEK_MS:
        raise ValueError(f"must be at most {MOST_WEEK_MS // HOUR_MS} h per week")
    return week_ms


TimeAWeek = Annotated[
    int,
    Written(
        parse_time_a_week,
        {"anyOf": [written(rf"{DURATION}( per week)?", "30 min per week", "3 h per week"), {"const": 0}]},
    ),
]
"""Milliseconds a week."""


class SicknessWaves(ScenarioModel):
    """Weeks in which more people are ill than usual, as in a wave of influenza; the mean is that of the shrinkage."""

    cv: PositiveVariation
    """How much a week's sickness varies: its standard deviation over its mean."""
    lasting: Tenure = 14
    """Time after which half of an excess is left on average; default 2 weeks."""
    reason: Name = "sickness"
    """Reason of the shrinkage that varies; default sickness."""


class Overtime(ScenarioModel):
    """More hours than the contract's, for a time. Who is in training, or away, works none."""

    first_day: Annotated[Day, Field(alias="from")]
    """First day."""
    last_day: Annotated[Day, Field(alias="until")]
    """Last day, included."""
    hours: HoursAWeek
    """Of each who takes part, in a week without closed days."""
    share: PositiveShare = 1.0
    """Share of those past training who take part; default all."""
    pay: RecontactFactor = 1.25
    """What an hour of it costs, of an hour's pay; default 125 %."""


class TimeOff(ScenarioModel):
    """Fewer hours than the contract's, for a time: quiet weeks. Who is in training, or away, takes none."""

    first_day: Annotated[Day, Field(alias="from")]
    """First day."""
    last_day: Annotated[Day, Field(alias="until")]
    """Last day, included."""
    hours: HoursAWeek
    """Of each who takes part, in a week without closed days."""
    share: PositiveShare = 1.0
    """Share of those past training who take part; default all."""
    pay: Share = 0.0
    """What is paid of the hours all the same; default 0 %."""


class Coaching(ScenarioModel):
    """Coaching of a team: how much its people need, and who has the time. Colleagues give what coaches don't have."""

    coaches: People = 0
    """Coaches and managers who coach; they aren't among the heads. Default none: colleagues coach."""
    time: PositiveShare = 1.0
    """Part of a coach's hours that is coaching, the team's contract taken; default all of it."""
    per_trainee: TimeAWeek = 0
    """Of each in training, beside the trainers; default none."""
    per_beginner: TimeAWeek = 0
    """Of each past training who isn't fully proficient, nesting included; default none."""
    per_agent: TimeAWeek = 0
    """Of each who is; default none."""

    @model_validator(mode="after")
    def _somebody_is_coached(self) -> Self:
        if not (self.per_trainee or self.per_beginner or self.per_agent):
            told = "needs per_trainee, per_beginner or per_agent: how much coaching people get, such as 3 h per week"
            raise refusal([Finding((), told)])
        if "time" in self.model_fields_set and not self.coaches:
            raise refusal([Finding(("time",), "needs coaches: how many they are")])
        return self
