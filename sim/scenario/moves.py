"""People who go from one team to another."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import ScenarioModel
from .quantities import AtLeastOnePerson, Day, Name
from .workforce import Tenure


class Move(ScenarioModel):
    """People of one team who go to another on a day; their tenure and their contracts go along."""

    from_team: Name = Field(alias="from")
    """Team that they leave."""
    to: Name
    """Team that they join."""
    on: Day
    """Their first day there."""
    heads: AtLeastOnePerson
    """How many; fewer if no more are past the ramp on that day."""
    training: Tenure = 0
    """First time in the new team, on the payroll and off the phones; default none."""
    who: Literal["longest-serving", "newest"] = "longest-serving"
    """Which of those past the ramp; default the longest-serving."""
