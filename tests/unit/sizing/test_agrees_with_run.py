"""``run`` finds what ``size`` found, once its numbers stand in the file."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from analysis.decision import Decision, decide
from analysis.frames import queue_days
from analysis.simulation import run_loaded
from analysis.sizing import SizeResult, holds, size_loaded
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]

REPLICATIONS = 6
CUT = [("2027-04-28", "3 weeks"), ("2027-05-01", "31 days"), ("2027-04-26", "5 weeks"), ("2027-05-13", "12 days")]
"""Horizons of one month, with few days of another or none, from mid-week on or to mid-week."""
ONE_TEAM = {"teams.advisers": {"heads": 20, "shrinkage": "30 %"}}
REPEATS = {
    "queues.calls.recontact": {"probability": "15 %", "within": "7 days"},
    "queues.calls.redial": {"probability": "50 %", "after": "10 min"},
}
POOLED = {
    "teams": {
        "advisers": {"heads": 14, "shrinkage": "30 %", "serves": ["calls"]},
        "desk": {"heads": 10, "shrinkage": "30 %", "serves": ["emails", "calls"], "hours": {"mon-fri": "11:00-17:00"}},
    }
}


def decided(scenario: Scenario, values: Mapping[str, Any], result: SizeResult) -> Decision:
    """What ``run`` decides with the numbers of the peak month."""
    heads = {f"teams.{team.team}.heads": team.peak.size for team in result.teams}
    return decide(run_loaded(scenario({**values, **heads}, emails=True), replications=REPLICATIONS).statistics)


@pytest.mark.parametrize("over", ["week", "month"])
@pytest.mark.parametrize(("start", "horizon"), CUT)
def test_in_a_horizon_of_one_month_all_is_the_same(scenario: Scenario, start: str, horizon: str, over: str) -> None:
    values = {"start": start, "horizon": horizon, "queues.calls.targets.over": over} | ONE_TEAM | REPEATS
    result = size_loaded(scenario(values, emails=True), replications=REPLICATIONS)
    assert decided(scenario, values, result) == result.peak.at.decision


@pytest.mark.parametrize(("start", "horizon"), CUT)
def test_so_it_is_where_teams_of_heads_share_a_queue(scenario: Scenario, start: str, horizon: str) -> None:
    """Each is rostered for its part of the queue's work, by the heads that are tried."""
    values = {"start": start, "horizon": horizon, "queues.calls.targets.over": "week"} | POOLED | REPEATS
    result = size_loaded(scenario(values, emails=True), replications=REPLICATIONS)
    (at,) = result.groups[0].trials
    assert decided(scenario, values, result) == at.decision


@pytest.mark.parametrize(("start", "horizon"), [("2027-04-14", "7 weeks"), ("2027-01-20", "8 weeks")])
def test_of_several_months_the_one_that_decides_is_the_same(scenario: Scenario, start: str, horizon: str) -> None:
    values = {"start": start, "horizon": horizon} | ONE_TEAM
    result = size_loaded(scenario(values, emails=True), replications=REPLICATIONS)
    assert len(result.only.months) == 2
    found = decided(scenario, values, result)
    for ran, sized in zip(found.targets, result.peak.at.decision.targets, strict=True):
        (alone,) = sized.spans
        (same,) = (span for span in ran.spans if span.label == alone.label)
        assert same.verdict == alone.verdict
        assert same.value == pytest.approx(alone.value, abs=1e-3)


def test_whole_weeks_are_the_same_and_one_across_two_months_is_cut(scenario: Scenario) -> None:
    """March ends on a Wednesday: its three last days go with the week before, the four of April are a week."""
    values = {"start": "2027-03-03", "horizon": "54 days", "queues.calls.targets.over": "week"} | ONE_TEAM
    held = holds(scenario(values), replications=REPLICATIONS)
    ran = decide(run_loaded(scenario(values), replications=REPLICATIONS).statistics)
    whole = [f"2027-W{week:02d}" for week in (9, 10, 11, 14, 15, 16)]
    for place, target in enumerate(ran.targets):
        march, april = (month.at.decision.targets[place].spans for month in held.groups[0].months)
        assert [span.label for span in march] == [*whole[:3], "2027-W12 +3 days after"]
        assert [span.label for span in april] == ["2027-W13", *whole[3:]]
        assert [span.label for span in target.spans] == [*whole[:3], "2027-W12", "2027-W13", *whole[3:]]
        alike = [span for span in target.spans if span.label in whole]
        assert alike == [span for span in (*march, *april) if span.label in whole]


def test_emails_handed_on_after_the_end_are_followed(scenario: Scenario) -> None:
    """Those of the last weekend are read, and handed on, when the horizon has ended; they are answered all the same."""
    experts = {
        "start": "2027-02-01",
        "queues.emails.matters": {"plain": "60 %", "hard": "40 %"},
        "queues.emails.transfer": {"after": "3 min", "to": {"hard": "experts"}},
        "queues.experts": {"channel": "email", "handle_time": "10 min"},
        "teams": {
            "advisers": {"serves": ["calls", "emails"], "skills": ["plain"], "positions": 8},
            "desk": {"serves": ["experts"], "positions": 4},
        },
    }
    cut, whole = (
        run_loaded(scenario({**experts, "horizon": weeks}, emails=True), replications=REPLICATIONS)
        for weeks in ("4 weeks", "6 weeks")
    )
    figures = [queue_days(one.statistics).query("queue == 'emails'").set_index("start") for one in (cut, whole)]
    sunday, same = (one.loc["2027-02-28"] for one in figures)
    assert sunday["solved_by_2"] > 0
    for name in ("offered", "solved_by_1", "solved_by_2", "response_in_time"):
        assert sunday[name] == same[name]
