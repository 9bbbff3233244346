"""The analytic answers in the unit that is sized."""

from collections.abc import Callable

import numpy as np
import pytest

from analysis.sizing.analytic import (
    Requirement,
    analytic_answer,
    call_model,
    in_unit,
    requirement,
    workload_agents,
)
from analysis.sizing.work import TeamWork
from analysis.targets import targets_of
from analysis.theory import Targets, agents_erlang_c
from sim.centre.compile import CentrePlan, compile_centre
from sim.scenario.load import LoadedScenario

from .conftest import TWO_TEAMS

Scenario = Callable[..., LoadedScenario]

ROUND_THE_CLOCK = {"calendar.open": {"every day": "24 h"}, "warm_up": "1 day"}
TEXTBOOK = ROUND_THE_CLOCK | {
    "queues.calls.arrivals": {"per_hour": 200},
    "queues.calls.handle_time": {"distribution": "exponential", "mean": "180 s"},
    "queues.calls.patience": "unlimited",
    "queues.calls.targets": {"service_level": "80 % in 20 s"},
}


def planned(loaded: LoadedScenario) -> tuple[CentrePlan, TeamWork, Requirement]:
    plan = compile_centre(loaded.model)
    work = TeamWork.of(plan, "advisers")
    return plan, work, requirement(plan, work, targets_of(loaded.model))


def test_the_textbook_needs_14(scenario: Scenario) -> None:
    plan, work, agents = planned(scenario(TEXTBOOK))
    assert agents.erlang_c is not None
    assert set(agents.erlang_c.tolist()) == {14}
    assert agents.erlang_a is None
    answer = analytic_answer(plan, plan, work, agents, "positions")
    assert (answer.erlang_c, answer.erlang_a, answer.start) == (14, None, 14)


def test_heads_have_the_hours_of_all_intervals(scenario: Scenario) -> None:
    team = {"heads": 60, "contract": "35 h per week", "shrinkage": "30 %"}
    plan, work, agents = planned(scenario(TEXTBOOK | {"teams.advisers": team}))
    # 14 positions for 168 h a week, 24.5 h on the phones for each head
    assert analytic_answer(plan, plan, work, agents, "heads").erlang_c == 96


def test_impatient_callers_by_erlang_a(scenario: Scenario) -> None:
    plan, work, agents = planned(scenario(TEXTBOOK | {"queues.calls.patience": "2 min"}))
    answer = analytic_answer(plan, plan, work, agents, "positions")
    assert answer.erlang_c == 14
    assert answer.erlang_a is not None
    assert answer.erlang_a < 14
    assert answer.start == answer.erlang_a


def test_a_constant_number_must_do_for_the_busiest_interval(scenario: Scenario) -> None:
    profile = {"09:00": 1, "11:00": 4, "12:00": 2}
    plan, work, agents = planned(scenario({"queues.calls.arrivals": {"per_day": 400, "profile": profile}}))
    assert agents.erlang_c is not None
    assert analytic_answer(plan, plan, work, agents, "positions").erlang_c == agents.erlang_c.max()


def test_emails_add_their_work(scenario: Scenario) -> None:
    alone, calls, agents = planned(scenario({"teams.advisers": {"heads": 10}}))
    both, all_work, _ = planned(scenario({"teams.advisers": {"heads": 10}}, emails=True))
    assert agents.erlang_c is not None
    more = in_unit(both, all_work, agents.erlang_c, "heads") - in_unit(alone, calls, agents.erlang_c, "heads")
    # 20 days of 60 emails of 10 min in 4 weeks of 24.5 h for each head
    assert more == pytest.approx(20 * 60 / 6 / (4 * 24.5), abs=1.01)
    assert all_work.email_erlangs(both) == pytest.approx(60 / 6 / 8, rel=0.02)
    assert calls.email_erlangs(alone) == 0


def test_without_targets_for_calls_the_work_alone_counts(scenario: Scenario) -> None:
    plan, work, agents = planned(scenario({"queues.calls": None}, emails=True))
    assert agents == Requirement(None, None)
    answer = analytic_answer(plan, plan, work, agents, "positions")
    assert (answer.erlang_c, answer.erlang_a, answer.start) == (None, None, 2)
    untargeted, work, agents = planned(scenario({"queues.calls.targets": None}, emails=True))
    assert agents == Requirement(None, None)
    load = untargeted.offered_load()[0]
    assert np.all(workload_agents(untargeted, work) > load - 1e-6)
    assert workload_agents(untargeted, work).sum() < 1.5 * load.sum() + np.count_nonzero(load)


def test_targets_that_no_formula_reaches(scenario: Scenario) -> None:
    _, _, agents = planned(scenario({"queues.calls.targets": {"answer_rate": "100 %"}}))
    assert agents == Requirement(None, None)


def test_queues_of_calls_are_taken_together(scenario: Scenario) -> None:
    urgent = {
        "channel": "call",
        "arrivals": {"per_day": 100},
        "handle_time": "10 min",
        "patience": "4 min",
        "targets": {"service_level": "90 % in 10 s"},
    }
    loaded = scenario({"queues.urgent": urgent})
    plan, work, _ = planned(loaded)
    model = call_model(plan, work, targets_of(loaded.model))
    assert model is not None
    assert model.handle_time_s == pytest.approx(360, rel=0.01)
    assert model.patience_s == pytest.approx(144, rel=0.01)
    assert model.targets == Targets(0.9, 10.0, answer_rate=0.95)


def test_teams_that_share_a_queue_have_their_part_of_the_work_but_no_formula(scenario: Scenario) -> None:
    teams = {
        "advisers": {"serves": ["calls"], "positions": 6},
        "helpers": {"serves": ["calls", "emails"], "positions": 2},
    }
    loaded = scenario({"teams": teams}, emails=True)
    plan, work, agents = planned(loaded)
    helping = TeamWork.of(plan, "helpers")
    assert (work.pooled, helping.pooled) == (True, True)
    assert work.share == pytest.approx([0.75, 0])
    assert helping.share == pytest.approx([0.25, 1])
    assert agents == Requirement(None, None)
    total = plan.offered_load()[0].sum()
    assert work.call_load(plan).sum() + helping.call_load(plan).sum() == pytest.approx(total)
    assert work.email_ms(plan) == 0
    starts = [analytic_answer(plan, plan, one, agents, "positions").start for one in (work, helping)]
    assert starts[0] >= 4
    assert starts[1] >= 2


def test_teams_apart_are_asked_each_for_its_own_queues(scenario: Scenario) -> None:
    alone, own, agents = planned(scenario())
    both = compile_centre(scenario(TWO_TEAMS).model)
    work = TeamWork.of(both, "advisers")
    found = requirement(both, work, targets_of(both.forecast.scenario))
    for answer, same in ((found.erlang_c, agents.erlang_c), (found.erlang_a, agents.erlang_a)):
        np.testing.assert_array_equal(answer, same)
    np.testing.assert_allclose(work.call_load(both), own.call_load(alone))


def test_a_month_takes_its_part_of_the_horizon(scenario: Scenario) -> None:
    loaded = scenario({"start": "2027-02-15", "horizon": "4 weeks", "queues.calls.arrivals.growth": "100 % per month"})
    plan, work, agents = planned(loaded)
    assert agents.erlang_c is not None
    (february, march) = (
        plan.for_period(loaded.model.start, loaded.model.start.replace(month=3, day=1)),
        plan.for_period(loaded.model.start.replace(month=3, day=1), loaded.model.end),
    )
    a_day = 48
    found = [analytic_answer(month, plan, work, agents, "positions").agents for month in (february, march)]
    assert [part.size for part in found] == [14 * a_day, 14 * a_day]
    assert analytic_answer(march, plan, work, agents, "positions").agents.max() > found[0].max()


def test_loads_that_are_nearly_alike_are_answered_together(scenario: Scenario) -> None:
    profile = {f"{hour:02d}:{minute:02d}": 100 + hour + minute / 7 for hour in range(9, 17) for minute in (0, 30)}
    loaded = scenario({"queues.calls.arrivals": {"per_day": 900, "profile": profile}})
    plan, _, agents = planned(loaded)
    assert agents.erlang_c is not None
    load = plan.offered_load()[0]
    targets = Targets(0.8, 20.0, answer_rate=0.95)
    for interval in np.flatnonzero(load > 1)[:40]:
        exact = agents_erlang_c(float(load[interval]) * 12, 300, targets).agents
        assert abs(int(agents.erlang_c[interval]) - exact) <= 1
