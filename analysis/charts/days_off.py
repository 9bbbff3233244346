"""Days on which teams keep public holidays, or another closed day of their calendar."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from sim.scenario.calendar import closed_dates
from sim.scenario.centre import CentreScenario


def days_off(scenario: CentreScenario) -> NDArray[np.bool_]:
    """(T, D) whether each team's calendar is closed, whatever the weekday, on each day of the horizon."""
    first, last = scenario.start, scenario.end - timedelta(days=1)
    off = np.zeros((len(scenario.teams), (scenario.end - first).days), dtype=np.bool_)
    for of_team, team in zip(off, scenario.teams.values(), strict=True):
        of_team[[(day - first).days for day in closed_dates(scenario.calendar_of(team), first, last)]] = True
    return off
