"""Closed days of teams by their calendars."""

from __future__ import annotations

import numpy as np

from analysis.charts.days_off import days_off
from sim.scenario.centre import CentreScenario

SITES = {
    "kind": "centre", "name": "Two", "start": "2027-05-03", "horizon": "2 weeks",
    "sites": {
        "zurich": {"calendar": {"country": "CH", "subdivision": "ZH"}},
        "malaga": {"calendar": {"country": "ES", "subdivision": "AN", "closed": ["2027-05-14", "2027-06-01"]}},
    },
    "queues": {
        name: {"site": site, "channel": "call", "arrivals": {"per_week": 100}, "handle_time": "5 min"}
        for name, site in (("anrufe", "zurich"), ("llamadas", "malaga"))
    },
    "teams": {
        "berater": {"site": "zurich", "serves": ["anrufe"], "heads": 2},
        "agentes": {"site": "malaga", "serves": ["llamadas"], "heads": 2},
    },
}  # fmt: skip


def test_each_team_keeps_the_days_of_its_site() -> None:
    off = days_off(CentreScenario.model_validate(SITES))
    assert off.shape == (2, 14)
    assert [np.flatnonzero(of_team).tolist() for of_team in off] == [[3], [11]]  # Ascension Day; the day it names
