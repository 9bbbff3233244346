"""What becomes of a team's paid time beside its shrinkage: waves of sickness, overtime, time off."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import ScenarioModel
from .parse import HOUR_MS
from .quantities import Day, HoursAWeek, Name, PositiveShare, PositiveVariation, Share
from .terms import RecontactFactor
from .workforce import Tenure

MOST_WEEK_MS = 48 * HOUR_MS
"""Hours of a week that the law allows (Directive 2003/88/EC, article 6; most countries' own laws are stricter)."""


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
