"""The capacity sheet: what is needed is what ``size`` finds; the rest by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analysis.planning.off_phone import quiet_times, training_row
from analysis.planning.plan import load_for_plan, plan_loaded
from analysis.planning.results import PlanResult, TeamRow
from analysis.planning.shortage import shortages
from analysis.simulation import run_loaded
from analysis.sizing import size_loaded
from analysis.sizing.evidence import Sampling
from analysis.sizing.periods import Period
from sim.scenario.load import load_scenario
from tests.support.planned import small_centre

ONE_TEAM = small_centre(
    "One",
    "2 months",
    "{per_week: 2000, growth: 8 % per month, volume_is: first}",
    """\
  advisers: {heads: 11, contract: 30 h per week, full_time_week: 40 h per week, shrinkage: 20 %}
""",
)
TWO_TEAMS = ONE_TEAM.replace(
    "teams:\n",
    "  chats: {channel: chat, arrivals: {per_week: 900}, handle_time: 6 min, targets: {service_level: 80 % in 40 s}}\n"
    "teams:\n  second: {serves: [chats], positions: 4}\n",
).replace("{heads: 11,", "{serves: [calls], heads: 11,")
PEOPLE = """\
kind: centre
name: People
start: 2027-02-01
horizon: 3 months
interval: 1 h
warm_up: none
calendar: {open: {mon-fri: 09:00-17:00}}
queues:
  calls: {channel: call, arrivals: {per_week: 500}, handle_time: 5 min, targets: {service_level: 80 % in 30 s}}
teams:
  advisers:
    heads: 9
    shrinkage: {paid_leave: 10 %, breaks: 10 %}
    ramp: {training: 2 weeks, starts_at: 50 %, full_at: 10 weeks}
    hiring: {classes: [{on: 2027-02-15, heads: 5}], lead_time: 3 weeks, class_size: 4, trainers: 3}
    cost: {loaded_per_hour: 20 EUR, per_hire: 1000 EUR}
"""


def planned(folder: Path, text: str, **asked: int) -> PlanResult:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    span = {name: asked[name] for name in ("weeks", "months") if name in asked}
    loaded = load_for_plan(path, weeks=asked.get("weeks"), months=asked.get("months"))
    return plan_loaded(loaded, sampling=Sampling(1, "fast", asked.get("replications", 10)), **span)


@pytest.mark.parametrize("text", [ONE_TEAM, TWO_TEAMS])
def test_what_months_need_is_what_size_finds(tmp_path: Path, text: str) -> None:
    """Without ramp, attrition and leave of their own: month by month, team by team, on the same replications."""
    result = planned(tmp_path, text, months=2, replications=20)
    sized = size_loaded(load_scenario(tmp_path / "file.yaml"), replications=20)
    for team in sized.teams:
        (row,) = [row for row in result.teams if row.team == team.team]
        per_head = 30 / 40 if team.unit == "heads" else 1.0
        assert row.required_fte.tolist() == [month.size * per_head for month in team.months]
        if team.unit == "heads":
            assert row.available_fte.tolist() == [11 * 0.75] * 2
            np.testing.assert_allclose(row.required_payroll_fte, row.required_fte)
        assert row.over_under_fte.tolist() == (row.available_fte - row.required_fte).tolist()


def test_the_textbook_case_by_week() -> None:
    """100 calls per half hour of 180 s, 80/20: Erlang C's 14 agents, whichever week it is."""
    loaded = load_scenario("scenarios/erlang_textbook.yaml")
    (row,) = plan_loaded(loaded, weeks=1, sampling=Sampling(1, "fast", 30)).teams
    assert row.unit == "positions"
    assert row.required_fte.tolist() == [14.0]


def test_weeks_are_those_of_the_calendar(tmp_path: Path) -> None:
    """Three weeks from a Wednesday end on the third Sunday; 4 months of a horizon of 2 make it longer."""
    text = ONE_TEAM.replace("2027-02-01", "2027-02-03")
    result = planned(tmp_path, text, weeks=3, replications=2)
    assert [(one.label, one.start, one.end) for one in result.periods] == [
        ("2027-W05", date(2027, 2, 3), date(2027, 2, 8)),
        ("2027-W06", date(2027, 2, 8), date(2027, 2, 15)),
        ("2027-W07", date(2027, 2, 15), date(2027, 2, 22)),
    ]
    longer = load_for_plan(tmp_path / "file.yaml", months=4)
    assert longer.model.end == date(2027, 6, 1)
    with pytest.raises(ValueError, match="beyond the scenario's horizon"):
        plan_loaded(load_scenario(tmp_path / "file.yaml"), months=4)
    with pytest.raises(ValueError, match="one of the two"):
        plan_loaded(longer, months=4, weeks=4)


def test_people_cost_and_training_by_hand(tmp_path: Path) -> None:
    """A class of five in week 3: two trainers for two weeks, 35 h a week each, 1000 EUR each.

    In week 5 they are at 50 % on its first day and 50 + 50/56 a day after (of ten weeks two are training).
    """
    result = planned(tmp_path, PEOPLE, weeks=6, replications=2)
    (row,) = result.teams
    assert row.heads.tolist() == [9, 9, 14, 14, 14, 14]
    assert row.hires.tolist() == [0, 0, 5, 0, 0, 0]
    assert row.in_training.tolist() == [0, 0, 5, 5, 0, 0]
    assert row.cost.tolist() == pytest.approx([9 * 700, 9 * 700, 14 * 700 + 5000, 9800, 9800, 9800])
    week_5 = 9 + 5 * np.mean(0.5 + 0.5 * np.arange(7) / 56)
    assert row.available_fte[4] == pytest.approx(week_5, abs=0.05)
    (training,) = result.training
    assert training.starts.tolist() == [0, 0, 5, 0, 0, 0]
    assert training.trainers_used is not None
    assert training.trainers_used.tolist() == [0, 0, 2, 2, 0, 0]
    assert training.trainers == 3


def test_overtime_and_coaching_by_hand(tmp_path: Path) -> None:
    """Nine in ten are there: in week 2 they work 2 h more at 150 %. Nine agents take 9 of the 10.5 h of a coach."""
    more = """\
    overtime: [{from: 2027-02-08, until: 2027-02-14, hours: 2 h, pay: 150 %}]
    coaching: {coaches: 1, time: 30 %, per_agent: 1 h per week}
"""
    result = planned(tmp_path, PEOPLE + more, weeks=3, replications=2)
    (row,) = result.teams
    assert row.time["overtime_h"].tolist() == pytest.approx([0, 9 * 0.9 * 2, 0])
    assert row.time["coach_load"][:2].tolist() == pytest.approx([9 / 10.5] * 2)
    assert row.time["coaching_by_colleagues_h"].tolist() == [0, 0, 0]
    assert row.cost[:2].tolist() == pytest.approx([20 * 315, 20 * (315 + 16.2 * 1.5)])


def test_colleagues_who_coach_are_not_available_by_hand(tmp_path: Path) -> None:
    """Of 80 % of 35 h nine in ten are there for coaching. In week 1 nine experienced people coach each other, as those
    do who are needed: all nine are available. In week 4 five trainees take 5 x 4 x 0.9 = 18 h of them in all; so many
    fewer are available, each of whom would be coached for 0.9 h: 18 / (28 - 0.9)."""
    more = "    coaching: {per_agent: 1 h per week, per_trainee: 4 h per week}\n"
    result = planned(tmp_path, PEOPLE + more, weeks=4, replications=2)
    (row,) = result.teams
    assert row.available_fte.tolist() == pytest.approx([9, 9, 9 - 18 / 27.1, 9 - 18 / 27.1])
    coach = "    coaching: {coaches: 1, time: 30 %, per_agent: 1 h per week, per_trainee: 4 h per week}\n"
    (row,) = planned(tmp_path, PEOPLE + coach, weeks=4, replications=2).teams
    left = 9 * 28 - (9 + 20 - 10.5) * 0.9  # a coach of 10.5 h coaches all whom 9 and a half of these would be
    assert row.available_fte.tolist() == pytest.approx([9, 9, left / 28, left / 28])


def team(required: list[float], available: list[float], **others: list[float]) -> TeamRow:
    """Ten heads, all past training and proficient unless told, a tenth of them on leave."""
    size = len(required)
    values = {
        "payroll_fte": [10.0] * size,
        "heads": [10.0] * size,
        "heads_at_end": [10.0] * size,
        "hires": [0.0] * size,
        "leavers": [0.0] * size,
        "in_training": [0.0] * size,
        "proficiency": [1.0] * size,
        "cost": [0.0] * size,
        "on_leave": [0.1] * size,
    } | others
    columns = {name: np.array(value, np.float64) for name, value in values.items()}
    return TeamRow(
        team="advisers",
        unit="heads",
        asked_for=True,
        required_fte=np.array(required),
        available_fte=np.array(available),
        currency=None,
        **columns,
    )


def test_leave_by_hand() -> None:
    """Of ten heads one is on leave. With two heads' work over, those away may be 1 + 2 x 0.9: who is there does 1/0.9.

    Nine are there and do ten heads' work, 1.11 each; eight heads' work takes 7.2 of them: 2.8 of ten may be away.
    """
    row = team([8.0, 10.0, 11.0], [10.0, 10.0, 10.0])
    assert row.planned_off.tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert row.may_be_off.tolist() == pytest.approx([2.8, 1.0, 0.1])


def test_leave_of_beginners_by_hand() -> None:
    """Of 12 heads two are in training, ten past it at a proficiency of 80 %: 8 FTE. 4 FTE over are 5 of those heads."""
    row = team([4.0], [8.0], heads=[12.0], payroll_fte=[12.0], in_training=[2.0], proficiency=[0.8])
    assert row.may_be_off.tolist() == pytest.approx([1.0 + 5 * 0.9])
    assert row.required_payroll_fte.tolist() == pytest.approx([6.0])


def test_the_last_class_by_hand(tmp_path: Path) -> None:
    """For Monday, 5 April: training of two weeks begins on 22 March, decided three weeks before, on 1 March.

    In that week a person is at 50 to 55 %, so that 1.2 FTE take three. For 1 March it would have been 25 January.
    """
    path = tmp_path / "file.yaml"
    path.write_text(PEOPLE, encoding="utf-8")
    scenario = load_scenario(path).model
    periods = [
        Period("2027-W09", date(2027, 3, 1), date(2027, 3, 8)),
        Period("2027-W14", date(2027, 4, 5), date(2027, 4, 12)),
        Period("2027-W15", date(2027, 4, 12), date(2027, 4, 19)),
    ]
    late, worse, *others = shortages(scenario, periods, [team([12.0, 11.2, 10.0], [10.0, 10.0, 10.0])])
    assert not others
    assert (late.short_fte, late.start, late.decide_by, late.heads) == (2.0, date(2027, 2, 15), date(2027, 1, 25), None)
    assert (worse.start, worse.decide_by, worse.heads) == (date(2027, 3, 22), date(2027, 3, 1), 3)
    assert worse.short_fte == pytest.approx(1.2)


def test_the_quietest_hours(tmp_path: Path) -> None:
    """Nobody calls on Thursday afternoon: all who are there wait, and of equal hours the first is told first."""
    profile = "days: {mon-wed: 20, thu: 1, fri: 20}"
    text = PEOPLE.replace("per_week: 500", f"per_week: 500, {profile}").replace("heads: 9", "positions: 5")
    text = text.split("    shrinkage")[0]
    result = planned(tmp_path, text, weeks=2, replications=5)
    (quiet,) = result.quiet
    assert {one.weekday for one in quiet} == {3}
    assert all(4.5 < one.idle <= 5 for one in quiet)
    assert all(one.occupancy == pytest.approx(1 - one.idle / 5) for one in quiet)
    assert training_row(result.statistics, 0, "advisers", result.loaded.model.teams["advisers"], "week") is None
    assert quiet_times(result.statistics, 0, 1) == quiet[:1]


def test_without_targets_nothing_is_needed(tmp_path: Path) -> None:
    text = ONE_TEAM.replace("    targets: {service_level: 80 % in 30 s}\n", "")
    result = planned(tmp_path, text, weeks=2, replications=2)
    assert np.isnan(result.teams[0].required_fte).all()
    assert result.shortages == ()
    assert "nothing is needed" in str(result)


def test_what_no_number_of_people_holds(tmp_path: Path) -> None:
    """Three trunks for a load of 4 erlangs turn callers away, whoever is there: that isn't taken for needing nobody."""
    text = ONE_TEAM.replace("80 % in 30 s}", "80 % in 30 s, answer_rate: 95 %}\n    trunks: 3")
    result = planned(tmp_path, text, weeks=2, replications=4)
    assert np.isnan(result.teams[0].required_fte).all()
    told = str(result)
    assert told.startswith("What is needed can't be told of any week: no number of people holds every target.")
    assert "No number of advisers holds every target in 2027-W05, 2027-W06; staffsim size says why." in told


def test_costs_add_up_to_those_of_a_run(tmp_path: Path) -> None:
    """Of several contracts, overtime, hires, and a partner who is paid by the contact."""
    text = PEOPLE.replace(
        "    heads: 9\n",
        "    heads: 9\n    contract: {35 h: 60 %, 20 h: 40 %}\n    attrition: {rate: 30 % per year}\n"
        "    overtime: [{from: 2027-03-01, until: 2027-03-28, hours: 3 h per week, pay: 125 %}]\n",
    )
    text += (
        "  partner: {heads: 0, serves: {calls: {overflow_after: 5 s}}, from: 2027-03-01, until: 2027-04-11,\n"
        "    hiring: {classes: [{on: 2027-03-01, heads: 3}]}, cost: {per_contact: 4 EUR}}\n"
    )
    text = text.replace("per_week: 500", "per_week: 3000")
    sheet = planned(tmp_path, text, months=3, replications=4)
    paid = run_loaded(load_scenario(tmp_path / "file.yaml"), seed=1, replications=4).payroll
    for row in sheet.teams:
        assert row.cost.sum() == pytest.approx(paid[row.team].cost), row.team
    partner = sheet.teams[1]
    assert partner.cost[0] == 0 < partner.cost[1]
    days, advisers = np.array([28, 31, 30]), sheet.teams[0]
    assert (advisers.payroll_fte * days).sum() / days.sum() == pytest.approx(paid["advisers"].fte)
