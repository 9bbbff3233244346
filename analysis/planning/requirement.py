"""What each period of a sheet needs: the fewest that hold every target by simulation, each period by itself."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.centre.contract import Float64
from sim.common.calendar_spans import Unit
from sim.scenario.load import LoadedScenario

from ..sizing.evidence import Sampling
from ..sizing.group import GroupSearch
from ..sizing.progress import Meter, Progress
from ..sizing.questions import names_of, questions
from ..targets import targets_of


def required(
    loaded: LoadedScenario, over: Unit, span: tuple[date, date], sampling: Sampling, progress: Progress | None
) -> dict[str, Float64]:
    """By team that a target asks for: the least heads (positions where the file has these) in each period, (P,).

    They are what ``size`` finds for months other than the peak: experienced people who are there all the period. NaN
    where no number would do. Nothing without targets.
    """
    if not targets_of(loaded.model):
        return {}
    asked = questions(loaded)
    searches = [
        GroupSearch(question, name, sampling, over=over, span=span)
        for question, name in zip(asked, names_of(asked), strict=True)
    ]
    meter = Meter(progress, sum(search.periods for search in searches))
    found: dict[str, Float64] = {}
    for search in searches:
        staffs = search.least_staffs(meter)
        for place, team in enumerate(search.staffing.teams):
            found[team.name] = np.array([np.nan if staff is None else staff[place] for staff in staffs], np.float64)
    meter.end()
    return found
