"""Teams that lack time together, against sums by hand and against linear programs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.ordinary_week import queue_weeks, team_week
from analysis.work_bounds import most_work_h, shortages
from sim.scenario.centre import CentreScenario


def centre(teams: dict[str, Any], mails: dict[str, Any] | None = None, **hours: float) -> CentreScenario:
    """Queues of calls that bring so many hours of work a week; 40 h open."""
    queue = {"channel": "call", "handle_time": "6 min"}
    calls = {name: {**queue, "arrivals": {"per_week": 10 * work_h}} for name, work_h in hours.items()}
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": "by hand",
            "start": "2027-02-01",
            "horizon": "1 week",
            "calendar": {"open": {"mon-fri": "09:00-17:00"}},
            "queues": calls if mails is None else {**calls, "mails": mails},
            "teams": teams,
        }
    )


def found(scenario: CentreScenario) -> list[tuple[tuple[str, ...], float, float]]:
    return [(teams, round(work, 6), time) for teams, work, time in shortages(scenario, queue_weeks(scenario))]


def test_one_team() -> None:
    assert found(centre({"one": {"positions": 2}}, calls=79)) == []
    assert found(centre({"one": {"positions": 2}}, calls=60, sales=30)) == [(("one",), 90, 80)]


def test_a_team_that_others_relieve_is_not_short() -> None:
    teams = {"both": {"positions": 2, "serves": ["calls", "sales"]}, "calls": {"positions": 1, "serves": ["calls"]}}
    assert found(centre(teams, calls=50, sales=70)) == []
    assert found(centre(teams, calls=30, sales=90)) == [(("both",), 90, 80)]
    assert found(centre(teams, calls=70, sales=70)) == [(("both", "calls"), 140, 120)]


def test_who_is_short_apart_is_told_apart() -> None:
    teams = {"one": {"positions": 1, "serves": ["calls"]}, "other": {"positions": 1, "serves": ["sales"]}}
    assert found(centre(teams, calls=50, sales=60)) == [(("one",), 50, 40), (("other",), 60, 40)]


def test_the_fastest_tell_the_least_work() -> None:
    teams = {
        "slow": {"positions": 1, "serves": {"calls": {"speed": "50 %"}}},
        "fast": {"positions": 1, "serves": {"calls": {}}},
    }
    scenario = centre(teams, calls=60)
    weeks = queue_weeks(scenario)
    assert list(shortages(scenario, weeks)) == []
    assert most_work_h(scenario, weeks, "slow") == pytest.approx(2 * most_work_h(scenario, weeks, "fast"))


def test_late_emails_may_bring_any_work() -> None:
    mails: dict[str, Any] = {
        "channel": "email",
        "handle_time": "6 min",
        "arrivals": {"per_week": 1},
        "targets": {"response": "80 % in 4 h"},
    }
    scenario = centre({"one": {"positions": 1}}, mails, calls=0.1)
    assert most_work_h(scenario, queue_weeks(scenario), "one") == pytest.approx(0.2)
    scenario = centre(
        {"one": {"positions": 1}}, {**mails, "late_to_call": {"probability": 0.5, "to": "calls"}}, calls=0.1
    )
    assert most_work_h(scenario, queue_weeks(scenario), "one") == math.inf


@pytest.mark.parametrize("seed", range(30))
def test_against_linear_programs(seed: int) -> None:
    """Work that can't be done is what the shortages hold beyond the time of their teams."""
    chance = np.random.default_rng(seed)
    names = [f"queue_{n}" for n in range(5)]
    serves = [[name for name in names if chance.random() < 0.4] or [names[0]] for _ in range(4)]
    serves[0] = sorted({*serves[0], *(name for name in names if not any(name in one for one in serves))})
    teams = {f"team_{n}": {"positions": int(chance.integers(1, 4)), "serves": one} for n, one in enumerate(serves)}
    scenario = centre(teams, **dict(zip(names, chance.integers(1, 100, 5).tolist(), strict=True)))
    weeks = queue_weeks(scenario)
    arcs = [(queue, team) for queue in names for team in scenario.serving(queue)]
    rows = [[queue == name for queue, _ in arcs] for name in names] + [
        [team == one for _, team in arcs] for one in teams
    ]
    times = [team_week(scenario, team).position_h for team in teams]
    most = [weeks[name].work_h for name in names] + times
    done = -linprog(-np.ones(len(arcs)), A_ub=np.array(rows, float), b_ub=most).fun
    short = sum(work_h - time_h for _, work_h, time_h in shortages(scenario, weeks))
    assert sum(week.work_h for week in weeks.values()) - done == pytest.approx(short, abs=1e-6)
