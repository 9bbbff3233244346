"""The staff of a replication, drawn from a team's people."""

from datetime import date

import numpy as np
import pytest
from scipy import stats

from analysis.intervals import summarise
from analysis.kpis import team_figures
from analysis.payroll import payroll, simulated_payroll
from analysis.people_kpis import people_figures
from analysis.simulation import replicate
from analysis.sizing.work import TeamWork
from analysis.targets import targets_of
from sim.centre.compile import compile_centre
from sim.centre.contract import DAY_MS
from sim.centre.paid_time import PaidExtra, paid_time
from sim.centre.results import PEOPLE_COLUMNS
from sim.centre.simulate import simulate
from sim.scenario.team import Team
from sim.workforce.coaching import Coaching

HEADS, TRAINING, HIRES, LEAVERS, PROFICIENCY = range(5)
YOUNG = {"training": "2 weeks", "starts_at": "50 %", "full_at": "10 weeks"}


def drawn(scenario, values, replication=0, **added):
    compiled = compile_centre(scenario({"warm_up": "none"} | values, **added)).staffed()
    return compiled, compiled.workforce.draw(1, replication)


def hours_by_week(staff):
    """Position hours of each week that begins on the first day."""
    ends = np.append(staff.at_ms[1:], staff.at_ms[-1])
    hours = np.zeros(int(staff.at_ms[-1] // (7 * DAY_MS)) + 1)
    np.add.at(hours, staff.at_ms // (7 * DAY_MS), staff.positions * (ends - staff.at_ms) / 3_600_000)
    return hours


def test_columns():
    assert PEOPLE_COLUMNS[:5] == ("heads", "in_training", "hires", "leavers", "proficiency_ppm")


def test_a_workforce_that_nothing_happens_to_is_the_staff_without_one(scenario):
    plain = compile_centre(scenario()).staffed()
    assert plain.workforce is None
    changing = compile_centre(scenario({"teams.advisers.hiring": {}})).staffed()
    own = changing.workforce.draw(1, 0)
    for name in ("at_ms", "team", "positions", "agent_team"):
        np.testing.assert_array_equal(getattr(own.staff, name), getattr(plain.engine.staff, name))
    assert not own.staff.agent_stage.any()
    assert set(own.people[0, :, HEADS]) == {60}
    (one,), (other,) = (list(simulate(centre, 1, [0], log=True)) for centre in (plain, changing))
    np.testing.assert_array_equal(one.log, other.log)


def test_a_class_costs_nothing_in_training_and_is_on_the_phones_then(scenario):
    """Ten more of sixty after two weeks of training: a sixth more hours, and nothing before."""
    classes = {"classes": [{"on": "2027-01-18", "heads": 10}]}
    values = {"horizon": "8 weeks", "teams.advisers": {"heads": 60, "ramp": YOUNG, "hiring": classes}}
    _, own = drawn(scenario, values)
    heads, training = own.people[0, :, HEADS], own.people[0, :, TRAINING]
    assert heads[:14].tolist() == [60] * 14
    assert set(heads[14:]) == {70}
    assert training.tolist() == [0] * 14 + [10] * 14 + [0] * 28
    assert own.people[0, 14, HIRES] == own.people[0, :, HIRES].sum() == 10
    hours = hours_by_week(own.staff)
    assert hours[:4] == pytest.approx(np.full(4, hours[0]), rel=0.005)
    assert hours[4:8] / hours[0] == pytest.approx(np.full(4, 70 / 60), rel=0.01)


def test_proficiency_by_hand(scenario):
    """Ten who begin at 50 %, four weeks into an eight-week ramp at 75 %, beside sixty at 100 %."""
    classes = {"classes": [{"on": "2027-01-18", "heads": 10}]}
    values = {"horizon": "12 weeks", "teams.advisers": {"heads": 60, "ramp": YOUNG, "hiring": classes}}
    _, own = drawn(scenario, values)
    proficiency = own.people[0, :, PROFICIENCY] / 1e6
    assert proficiency[27] == 60
    assert proficiency[28] == pytest.approx(60 + 10 * 0.5)
    assert proficiency[28 + 28] == pytest.approx(60 + 10 * 0.75)
    assert proficiency[-1] == pytest.approx(60 + 10 * (0.5 + 0.5 * (83 - 28) / 56))


def test_places_are_held_by_people_of_all_tenures_in_their_proportions(scenario):
    classes = {"classes": [{"on": "2027-01-18", "heads": 20}]}
    values = {"horizon": "8 weeks", "teams.advisers": {"heads": 60, "ramp": YOUNG, "hiring": classes}}
    _, own = drawn(scenario, values)
    stage = own.staff.agent_stage
    agents = stage.shape[1]
    assert not stage[:28].any()
    for row in (28, 40, 55):
        young = stage[row] > 0
        for first, last in ((0, agents), (0, agents // 2), (agents // 3, agents)):
            assert young[first:last].mean() == pytest.approx(0.25, abs=2.5 / (last - first))
    assert set(stage[28]) == {0, 1}
    assert set(stage[40]) == {0, 2}


def test_shrinkage_by_month_takes_people_off_the_phones(scenario):
    leave = {"paid_leave": {"year": "10 %", "feb": "40 %"}, "other": "20 %"}
    values = {
        "start": "2027-01-25",
        "horizon": "3 weeks",
        "warm_up": "none",
        "teams.advisers": {"heads": 60, "shrinkage": leave},
    }
    staff = compile_centre(scenario(values)).staffed().engine.staff
    january, february, _, *_ = hours_by_week(staff)
    rest = (1.2 - 0.4) / 11
    assert january == pytest.approx(60 * 35 * (1 - 0.2 - rest), rel=0.005)
    assert february == pytest.approx(60 * 35 * (1 - 0.2 - 0.4), rel=0.005)


def test_who_is_away_who_is_there_and_who_is_on_the_phones(scenario):
    """Of 60: 12 are away, a tenth of the time of the 48 there goes to breaks; a closed day takes its hours, once."""
    shares = {"paid_leave": "15 %", "sickness": "5 %", "breaks": "10 %"}
    team = {"heads": 60, "shrinkage": shares, "shrinkage_convention": "by presence", "hiring": {}}
    _, own = drawn(scenario, {"calendar.closed": ["2027-01-13"], "teams.advisers": team})
    people = {name: own.people[0, :, PEOPLE_COLUMNS.index(name)] for name in ("absent_ppm", "on_the_phones_ppm")}
    assert set(people["absent_ppm"]) == {12_000_000}
    assert set(people["on_the_phones_ppm"]) == {43_200_000}
    first, second, *_ = hours_by_week(own.staff)
    assert first == pytest.approx(60 * 35 * 0.8 * 0.9, rel=0.005)
    assert second == pytest.approx(first * 4 / 5, rel=0.005)


def test_replications_differ_and_are_functions_of_their_number(scenario):
    values = {"horizon": "26 weeks", "teams.advisers": {"heads": 60, "attrition": {"rate": "60 % per year"}}}
    compiled, own = drawn(scenario, values)
    again = compiled.workforce.draw(1, 0)
    np.testing.assert_array_equal(own.people, again.people)
    other = compiled.workforce.draw(1, 1)
    assert (own.people != other.people).any()
    assert own.people[0, -1, HEADS] == 60 - own.people[0, :, LEAVERS].sum() < 60


def test_a_month_by_itself_has_the_people_that_it_has_in_the_year(scenario):
    values = {
        "start": "2027-01-01",
        "horizon": "6 months",
        "teams.advisers": {"heads": 60, "attrition": {"rate": "60 % per year"}},
    }
    plan = compile_centre(scenario(values))
    start = plan.whole.start_day
    whole = plan.staffed().workforce.draw(1, 3).people
    (march,) = [period for period in plan_months(plan) if period.label == "2027-03"]
    alone = plan.for_period(march.start, march.end).staffed().workforce.draw(1, 3).people
    first = march.start.toordinal() - start
    np.testing.assert_array_equal(alone, whole[:, first : first + 31])


def plan_months(plan):
    from analysis.sizing.periods import periods_of

    return periods_of(plan)


def test_teams_beside_have_what_they_have(scenario):
    teams = {
        "changing": {"heads": 30, "attrition": {"rate": "60 % per year"}},
        "steady": {"heads": 20},
        "given": {"positions": 5},
    }
    _, own = drawn(scenario, {"teams": teams})
    assert own.people.shape == (3, 14, len(PEOPLE_COLUMNS))
    assert set(own.people[1, :, HEADS]) == {20}
    assert set(own.people[2, :, HEADS]) == {0}
    assert np.bincount(own.staff.agent_team)[2] == 5


def test_another_staff_is_there_all_the_time_and_experienced(scenario):
    values = {"teams.advisers": {"heads": 60, "ramp": YOUNG, "attrition": {"rate": "60 % per year"}}}
    plan = compile_centre(scenario(values))
    assert plan.staffed(heads=50).workforce is None
    plain = compile_centre(scenario()).staffed(heads=50)
    np.testing.assert_array_equal(plan.staffed(heads=50).engine.staff.positions, plain.engine.staff.positions)


WAVES = {
    "horizon": "26 weeks",
    "teams.advisers": {
        "heads": 60,
        "shrinkage": {"sickness": "10 %", "breaks": "20 %"},
        "sickness_waves": {"cv": "50 %", "lasting": "3 weeks"},
    },
}


def test_waves_of_sickness_take_people_off_the_phones_and_leave_the_mean(scenario):
    """Each week of each replication: 60 heads of 35 h less a fifth, less a tenth times its own factor."""
    compiled = compile_centre(scenario({"warm_up": "none", **WAVES})).staffed()
    away, hours = PEOPLE_COLUMNS.index("absent_ppm"), []
    for replication in range(40):
        own = compiled.workforce.draw(1, replication)
        of_week = own.people[0, ::7, away] / 60e6
        assert hours_by_week(own.staff)[:26] == pytest.approx(60 * 35 * (0.8 - of_week), rel=0.01)
        hours.append(of_week)
    absent = np.array(hours)
    by_replication = absent.mean(axis=1)
    assert abs(by_replication.mean() - 0.1) < 4 * by_replication.std() / 40**0.5
    assert 0.035 < absent.std() < 0.065


def test_teams_of_a_site_are_ill_together_and_sites_apart(scenario):
    team = {"heads": 20, "shrinkage": {"sickness": "10 %"}, "sickness_waves": {"cv": "50 %"}}
    site = {"calendar": {"open": {"mon-fri": "08:00-18:00"}}}
    values = {
        "calendar": None,
        "sites": {"lyon": site, "lille": site},
        "teams": {name: {"site": name[:-1], **team} for name in ("lyon1", "lyon2", "lille1")},
        "queues.calls.site": "lyon",
    }
    _, own = drawn(scenario, values)
    one, other, elsewhere = own.people[..., PEOPLE_COLUMNS.index("absent_ppm")]
    np.testing.assert_array_equal(one, other)
    assert (one != elsewhere).all()


def test_a_month_by_itself_has_the_sickness_that_it_has_in_the_year(scenario):
    plan = compile_centre(scenario({"warm_up": "none", **WAVES, "start": "2027-01-01"}))
    whole = plan.staffed().workforce.draw(1, 3).people
    (march,) = [period for period in plan_months(plan) if period.label == "2027-03"]
    alone = plan.for_period(march.start, march.end).staffed().workforce.draw(1, 3).people
    np.testing.assert_array_equal(alone, whole[:, 59 : 59 + 31])


@pytest.mark.parametrize("convention", ["additive", "compound", "by presence"])
def test_more_sickness_by_each_convention(convention):
    """Twice the sickness in every week is what a file with twice the sickness says."""
    shares = {"paid_leave": "10 %", "sickness": "6 %", "breaks": "7 %", "meetings": "5 %"}
    more = Team(heads=10, shrinkage=shares | {"sickness": "12 %"}, shrinkage_convention=convention)
    usual = Team(heads=10, shrinkage=shares, shrinkage_convention=convention, sickness_waves={"cv": "40 %"})
    expected, found = paid_time(more, 740_000, 3), paid_time(usual, 740_000, 3).with_sickness(np.full(3, 2.0))
    np.testing.assert_allclose(found.absent, expected.absent)
    np.testing.assert_allclose(found.on_the_phones, expected.on_the_phones)
    nobody = paid_time(usual, 740_000, 3).with_sickness(np.full(3, 1000.0))
    assert set(nobody.absent) == {1.0}
    assert not nobody.on_the_phones.any()


def test_waves_are_risk_and_no_less_staff(scenario):
    """Service of a week spreads wider from week to week, with the same hours on average."""
    service, hours = {}, {}
    team = {"heads": 30, "shrinkage": {"sickness": "12 %", "breaks": "10 %"}, "hiring": {}}
    for name, waves in (("without", None), ("with", {"cv": "60 %"})):
        made = scenario(
            {
                "horizon": "8 weeks",
                "queues.calls.arrivals.per_week": 5600,
                "queues.calls.targets": {"service_level": "80 % in 20 s"},
                "teams.advisers": {**team, "sickness_waves": waves},
            }
        )
        targets = targets_of(made)
        statistics, _ = replicate(compile_centre(made).staffed(), targets, 1, 40, 0.01)
        ratio, counts = targets[0].ratio, statistics.contacts_over("week", [0])[:, 0]
        service[name] = (ratio.numerator.of(counts) / ratio.denominator.of(counts)).ravel()
        hours[name] = team_figures(statistics, 0, "horizon")["heads_on_phones"]
    assert abs(hours["with"].value - hours["without"].value) < 2 * hours["with"].half_width
    assert (service["without"] < 0.9).mean() < 0.01
    assert (service["with"] < 0.9).mean() > 0.1
    assert service["with"].std() > 2 * service["without"].std()
    assert stats.levene(service["with"], service["without"]).pvalue < 1e-6


SHARES = {"paid_leave": "15 %", "sickness": "5 %", "breaks": "10 %"}
EXTRA = {
    "heads": 60,
    "shrinkage": SHARES,
    "shrinkage_convention": "by presence",
    "overtime": [{"from": "2027-01-11", "until": "2027-01-17", "hours": "5 h", "share": "60 %", "pay": "130 %"}],
    "time_off": [{"from": "2027-01-25", "until": "2027-01-31", "hours": "4 h", "pay": "25 %"}],
    "cost": {"loaded_per_hour": "20 EUR"},
}
"""Of 60 heads 48 are there, who spend nine tenths of their time on the phones: 35 h, then 3 h more, then 4 h fewer."""


def test_overtime_and_time_off_by_hand(scenario):
    """Nine tenths of it on the phones of the 48 who are there; a closed Friday takes its fifth of it, too."""
    values = {"horizon": "4 weeks", "calendar.closed": ["2027-01-29"], "teams.advisers": EXTRA}
    compiled, own = drawn(scenario, values)
    expected = 48 * 0.9 * np.array([35, 35 + 3, 35, (35 - 4) * 4 / 5])
    assert hours_by_week(own.staff)[:4] == pytest.approx(expected, rel=0.005)
    made = scenario({"warm_up": "none", **values})
    plan = compile_centre(made)
    paid = {name: own.people[0, :, PEOPLE_COLUMNS.index(name)].sum() / 3_600_000 for name in PaidExtra._fields}
    by_hand = {
        "overtime_ms": 48 * 3,
        "overtime_pay_ms": 48 * 3 * 1.3,
        "time_off_ms": 48 * 4 * 0.8,
        "unpaid_ms": 48 * 4 * 0.8 * 0.75,
    }
    assert paid == {name: pytest.approx(value, rel=1e-6) for name, value in by_hand.items()}
    on_paper = payroll(made.teams["advisers"], plan.presence())
    assert on_paper.paid_h == pytest.approx(60 * 35 * 4 + 144 - 153.6 * 0.75)
    assert on_paper.cost == pytest.approx(20 * (60 * 35 * 4 + 144 * 1.3 - 153.6 * 0.75))
    assert on_paper.overtime_cost == pytest.approx(20 * 144 * 1.3)
    statistics = summarise(compiled, simulate(compiled, 1, range(2)))
    for name in ("paid_h", "cost", "overtime_h", "overtime_cost", "time_off_h", "time_off_saving"):
        simulated = simulated_payroll(made.teams["advisers"], statistics, 0)
        assert getattr(simulated, name) == pytest.approx(getattr(on_paper, name), rel=1e-6)


def test_a_staff_that_is_tried_works_the_overtime_too(scenario):
    """So that sizes, and what hire's formulas ask for, reckon with it: 50 heads as 50 / 60 of the file's."""
    values = {"horizon": "4 weeks", "teams.advisers": EXTRA}
    plan = compile_centre(scenario({"warm_up": "none", **values}))
    hours = hours_by_week(plan.staffed(heads=50).engine.staff)[:4]
    assert hours == pytest.approx(40 * 0.9 * np.array([35, 38, 35, 31]), rel=0.005)
    week = plan.for_period(date(2027, 1, 11), date(2027, 1, 18))
    assert TeamWork.of(week, "advisers").per_head_ms(week) == pytest.approx(0.8 * 0.9 * 38 * 3_600_000)
    extra = week.presence(heads=50).extra
    assert (extra.overtime_h, extra.overtime_pay_h) == (pytest.approx(40 * 3), pytest.approx(40 * 3 * 1.3))


def test_trainees_and_who_is_away_work_no_overtime(scenario):
    classes = {"classes": [{"on": "2027-01-11", "heads": 30}]}
    values = {"horizon": "4 weeks", "teams.advisers": {**EXTRA, "ramp": YOUNG, "hiring": classes}}
    _, own = drawn(scenario, values)
    overtime = own.people[0, :, PEOPLE_COLUMNS.index("overtime_ms")] / 3_600_000
    assert overtime.reshape(4, 7).sum(axis=1) == pytest.approx([0, 144, 0, 0])


COACHED = {
    "horizon": "8 weeks",
    "teams.advisers": {
        "heads": 60,
        "shrinkage": {"sickness": "20 %"},
        "ramp": YOUNG,
        "hiring": {"classes": [{"on": "2027-01-18", "heads": 10}]},
        "coaching": {
            "coaches": 2,
            "time": "50 %",
            "per_trainee": "10 h per week",
            "per_beginner": "12 h per week",
            "per_agent": "30 min per week",
        },
    },
}
"""Two coaches have 35 h a week for it. 60 experienced agents take 30 h; ten trainees 100 h, as beginners 120 h."""


def test_coaching_by_hand(scenario):
    """What is beyond the coaches comes off the phones of those there, four in five: 95 h of it, then 115 h."""
    compiled, own = drawn(scenario, COACHED)
    asked, had, colleagues = (
        own.people[0, :, PEOPLE_COLUMNS.index(name)].reshape(8, 7).sum(axis=1) / 3_600_000
        for name in ("coaching_ms", "coaches_ms", "colleagues_ms")
    )
    assert asked == pytest.approx(0.8 * np.array([30, 30, 130, 130, 150, 150, 150, 150]))
    assert had == pytest.approx(0.8 * np.full(8, 35))
    assert colleagues == pytest.approx(0.8 * np.array([0, 0, 95, 95, 115, 115, 115, 115]))
    on_the_phones = 0.8 * (35 * np.array([60, 60, 60, 60, 70, 70, 70, 70]) - colleagues / 0.8)
    assert hours_by_week(own.staff)[:8] == pytest.approx(on_the_phones, rel=0.004)
    statistics = summarise(compiled, simulate(compiled, 1, range(2)))
    figures = {name: one.value for name, one in people_figures(statistics, 0, "horizon").items() if "coach" in name}
    assert figures["coaching_h"] == pytest.approx([0.8 * (2 * 30 + 2 * 130 + 4 * 150)])
    assert figures["coach_load"] == pytest.approx([(2 * 30 + 2 * 130 + 4 * 150) / (8 * 35)])
    assert figures["coaching_by_colleagues_h"] == pytest.approx([0.8 * (2 * 95 + 4 * 115)])
    assert figures["agents_per_coach"] == pytest.approx([(4 * 60 + 4 * 70) / 8 / 2])


def test_a_class_takes_hours_off_the_phones_before_it_helps(scenario):
    """The same people but for the class: fewer hours for the weeks of its training, more after it."""
    _, with_class = drawn(scenario, COACHED)
    _, without = drawn(scenario, {**COACHED, "teams.advisers": {**COACHED["teams.advisers"], "hiring": {}}})
    dip = hours_by_week(with_class.staff)[:8] - hours_by_week(without.staff)[:8]
    assert dip[:2] == pytest.approx([0, 0])
    assert dip[2:4] == pytest.approx([-76, -76], abs=5)
    assert (dip[4:] > 100).all()


def test_colleagues_coach_where_there_are_no_coaches_and_give_no_more_than_they_have(scenario):
    team = {"heads": 60, "shrinkage": {"sickness": "20 %"}, "coaching": {"per_agent": "5 h per week"}}
    plan = compile_centre(scenario({"warm_up": "none", "teams.advisers": team}))
    for staff, heads in ((plan.staffed().workforce.draw(1, 0).staff, 60), (plan.staffed(heads=50).engine.staff, 50)):
        assert hours_by_week(staff)[:2] == pytest.approx(np.full(2, heads * 0.8 * 30), rel=0.004)
    coaching = Coaching(coaches_ms=0, trainee_ms=0, beginner_ms=10 * 3_600_000, agent_ms=0)
    one, two, none = np.ones(1), np.full(1, 2.0), np.zeros(1)
    given = coaching.time(none, 100 * one, two, 0.8 * one, 28 * 3_600_000 * one)
    assert given.colleagues_ms == pytest.approx([2 * 28 * 3_600_000])


def test_beginners_are_past_training_and_not_yet_proficient(scenario):
    """From two weeks after hire until ten weeks after it."""
    _, own = drawn(scenario, {**COACHED, "horizon": "13 weeks"})
    beginners = own.people[0, ::7, PEOPLE_COLUMNS.index("beginners")]
    assert beginners.tolist() == [0, 0, 0, 0, *[10] * 8, 0]
