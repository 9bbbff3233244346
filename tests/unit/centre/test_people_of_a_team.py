"""Contracts, skills and moves of a team's people: what becomes of them on the phones and on the payroll, by hand."""

import math
from datetime import date

import numpy as np
import pytest
from scipy import stats

from analysis.intervals import summarise
from analysis.payroll import payroll, simulated_payroll
from sim.centre.compile import compile_centre
from sim.centre.results import CONTACT_COLUMNS, PEOPLE_COLUMNS
from sim.centre.simulate import simulate
from sim.centre.workforce_plan import team_plan
from sim.centre.workforce_staff import _holders
from sim.centre.workforce_stages import team_stages
from sim.scenario.agents import Agent, AgentsTable
from sim.workforce.plan import Kind, Known

H = 3_600_000
START = date(2027, 1, 4)
HALF = {"35 h": "50 %", "21 h": "50 %"}
MATTERS = {
    "queues.calls.matters": {"agenda": "60 %", "tele": "40 %"},
    "queues.calls.transfer": {"after": "1 min", "to": {"agenda": "desk", "tele": "desk"}},
    "teams.desk": {"positions": 40, "serves": ["desk"]},
}


def column(people, name):
    return people[..., PEOPLE_COLUMNS.index(name)]


def listed(*rows):
    return AgentsTable(tuple(Agent(line, *row) for line, row in enumerate(rows, start=2)), "team.csv", START)


def test_a_mix_is_as_many_positions_as_its_mean_contract(scenario):
    """Sixty heads, half of 35 and half of 21 hours: the positions of sixty of 28, 48 FTE, 1680 paid hours a week."""
    mixed = compile_centre(scenario({"teams.advisers.contract": HALF}))
    plain = compile_centre(scenario({"teams.advisers.contract": "28 h", "teams.advisers.full_time_week": "35 h"}))
    np.testing.assert_array_equal(mixed.staffed().engine.staff.positions, plain.staffed().engine.staff.positions)
    assert mixed.staffed().workforce is None
    presence = mixed.presence()
    assert (presence.heads, presence.fte, presence.paid_hours) == (60, 48, 2 * 60 * 28)
    cost = {"teams.advisers.cost": {"loaded_per_hour": "30 EUR"}, "teams.advisers.contract": HALF}
    team = scenario(cost).teams["advisers"]
    assert payroll(team, presence).cost == 2 * 60 * 28 * 30


def test_a_mix_of_people_who_stay_is_the_mix_without_them(scenario):
    """Each contract is spread evenly over the tenures."""
    values = {"teams.advisers.contract": HALF, "warm_up": "none"}
    plain = compile_centre(scenario(values)).staffed()
    own = compile_centre(scenario(values | {"teams.advisers.hiring": {}})).staffed().workforce.draw(1, 0)
    assert hours_by_week(own.staff, 0) == pytest.approx(hours_by_week(plain.engine.staff, 0), rel=1e-3)
    assert set(column(own.people[0], "contracts_min")) == {60 * 28 * 60}
    plan = team_plan(
        scenario({"teams.advisers": {"heads": 5, "contract": {"35 h": "60 %", "20 h": "40 %"}, "hiring": {}}}),
        "advisers",
    )
    assert [plan.known_of(seat, 0).kind for seat in range(5)] == [0, 1, 0, 1, 0]
    assert (plan.kinds, plan.hired_kinds) == ((Kind(35 * H), Kind(20 * H)), (0.6, 0.4))


def test_part_timers_who_are_hired_add_their_hours(scenario):
    """Thirty of 21 hours come to sixty of 35: three tenths more hours, and what they are paid."""
    rows = [(date(2020, 1, 1), None, 35 * H, None)] * 60 + [(date(2027, 1, 11), None, 21 * H, None)] * 30
    team = {"agents": listed(*rows), "heads": 60, "cost": {"loaded_per_hour": "30 EUR", "per_hire": "100 EUR"}}
    model = scenario({"warm_up": "none", "horizon": "2 weeks", "teams.advisers": team})
    compiled = compile_centre(model).staffed()
    own = compiled.workforce.draw(1, 0)
    first, second = hours_by_week(own.staff, 0)[:2]
    assert second / first == pytest.approx(1.3, rel=0.005)
    assert column(own.people[0], "contracts_min")[[0, 13]].tolist() == [60 * 35 * 60, (60 * 35 + 30 * 21) * 60]
    paid = simulated_payroll(model.teams["advisers"], summarise(compiled, simulate(compiled, 1, [0])), 0)
    by_hand = 60 * 35 * 2 + 30 * 21
    assert (paid.heads, paid.paid_h) == (pytest.approx(75), pytest.approx(by_hand))
    assert (paid.fte, paid.cost) == (pytest.approx(by_hand / 70), pytest.approx(by_hand * 30 + 30 * 100))


def test_a_plan_of_a_file_of_agents(scenario):
    rows = listed(
        (date(2026, 12, 28), None, None, None),
        (date(2020, 1, 4), date(2027, 1, 9), 28 * H, ("agenda",)),
        (date(2027, 1, 11), None, None, ()),
        (date(2027, 1, 11), date(2027, 1, 12), None, None),
        (date(2028, 1, 11), None, None, None),
        (date(2019, 1, 11), date(2020, 1, 11), None, None),
    )
    team = {"agents": rows, "heads": 2, "hiring": {"classes": [{"on": "2027-01-11", "heads": 5}]}, "serves": ["calls"]}
    plan = team_plan(scenario(MATTERS | {"teams.advisers": team}, desk=True), "advisers")
    assert plan.tenure_days.tolist() == [2557, 7]
    assert plan.hiring.classes == ((7, 1), (7, 1), (7, 5))
    assert plan.kinds == (Kind(35 * H, 0), Kind(28 * H, 1), Kind(35 * H, 2))
    assert plan.head_ms == 31.5 * H
    first = min(seat for seat in plan.known if seat > 1)
    assert plan.known == {0: Known(1, 6), 1: Known(0), first: Known(2), first + 1: Known(0, 9)}
    own = compile_centre(scenario(MATTERS | {"warm_up": "none", "teams.advisers": team}, desk=True)).staffed()
    heads = column(own.workforce.draw(1, 0).people[0], "heads")
    assert heads[:10].tolist() == [2, 2, 2, 2, 2, 2, 1, 8, 8, 7]


def test_stages_of_skills(scenario):
    """Agenda from the start, tele after 3 weeks, 1 week on the job: an own stage a week; and a group with skills of
    its own."""
    rows = listed((date(2020, 1, 1), None, None, None), (date(2020, 1, 1), None, None, ("tele",)))
    team = {
        "agents": rows,
        "heads": 2,
        "serves": ["calls"],
        "skills": {"agenda": "from start", "tele": "21 days"},
        "ramp": {"training": "7 days", "full_at": "14 days", "starts_at": "50 %"},
    }
    model = scenario(MATTERS | {"teams.advisers": team}, desk=True)
    stages = team_stages(model)["advisers"]
    assert (stages.first.tolist(), stages.grown.tolist(), stages.weeks) == ([2, 4], [0, 6], 2)
    np.testing.assert_allclose(stages.proficiency, [0.75, 1.0])
    assert stages.of(np.array([7, 14, 20, 21, 900]), np.zeros(5, np.int64)).tolist() == [2, 3, 3, 0, 0]
    assert stages.of(np.array([7, 14, 20, 21, 900]), np.ones(5, np.int64)).tolist() == [4, 5, 5, 6, 6]
    tables = compile_centre(model).staffed().engine.stages
    agenda, tele = (model.matters.index(name) for name in ("agenda", "tele"))
    assert tables.solves[:, [agenda, tele]].tolist() == [[1, 1], [1, 1], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1]]
    np.testing.assert_allclose(tables.handle_factor[:, 0], [1, 1, 4 / 3, 1, 4 / 3, 1, 1])


def test_places_are_shared_by_hours():
    """One of 35 hours beside two of 17.5: half of the places, and a quarter each."""
    places = (np.arange(4_000) + 0.5) / 4_000
    held = np.bincount(_holders(places, np.array([17, 34, 17])), minlength=3)
    assert held.tolist() == [1_000, 2_000, 1_000]
    assert np.bincount(_holders(places, np.array([5, 5]))).tolist() == [2_000, 2_000]


def test_transfers_are_the_share_of_time_spent_without_the_skill(scenario):
    """In a team of constant size with a hazard h of leaving, a share 1 - exp(-h a) of people has a tenure below a."""
    hazard, weeks, heads = 2.0, 13, 40
    team = {
        "heads": heads,
        "serves": ["calls"],
        "tenure": "steady",
        "skills": {"agenda": "from start", "tele": f"{weeks} weeks"},
        "attrition": {"rate": "200 % per year"},
        "hiring": {"replace_after": 0},
    }
    quiet = {"queues.calls.arrivals": {"per_week": 2000, "volume_is": "first"}}
    values = MATTERS | quiet | {"horizon": "26 weeks", "warm_up": "none", "teams.advisers": team}
    centre = compile_centre(scenario(values, desk=True)).staffed()
    replications = 40
    shares = []
    for replication in simulate(centre, 3, range(replications)):
        contacts = replication.counts.contacts[0].sum(axis=0)
        handed, served = (contacts[CONTACT_COLUMNS.index(name)] for name in ("handed_on", "served"))
        shares.append(handed / served / 0.4)
    truth = 1 - math.exp(-hazard * 7 * weeks / 365.25)
    half_width = stats.t.ppf(1 - 0.0005, replications - 1) * np.std(shares, ddof=1) / math.sqrt(replications)
    assert abs(np.mean(shares) - truth) <= half_width
    assert half_width < 0.04


def test_moves_are_told_and_change_the_staff(scenario):
    teams = {"advisers": {"heads": 40, "serves": ["calls"]}, "desk": {"heads": 10, "serves": ["desk"]}}
    moves = [{"from": "advisers", "to": "desk", "on": "2027-01-11", "heads": 5, "training": "1 week"}]
    values = {"horizon": "4 weeks", "warm_up": "none", "teams": teams, "moves": moves}
    compiled = compile_centre(scenario(values, desk=True)).staffed()
    own = compiled.workforce.draw(1, 0)
    advisers, desk = own.people
    assert column(advisers, "heads")[[6, 7]].tolist() == [40, 35]
    assert column(desk, "heads")[[6, 7]].tolist() == [10, 15]
    assert column(desk, "in_training")[[6, 7, 13, 14]].tolist() == [0, 5, 5, 0]
    assert (column(advisers, "moved_out").sum(), column(desk, "moved_in").sum()) == (5, 5)
    assert column(own.people, "hires").sum() == column(own.people, "leavers").sum() == 0
    plain = compile_centre(scenario(values | {"moves": None}, desk=True)).staffed()
    assert plain.workforce is None
    hours = hours_by_week(own.staff, 0), hours_by_week(own.staff, 1)
    assert hours[0][:4] / hours[0][0] == pytest.approx([1, 35 / 40, 35 / 40, 35 / 40], rel=0.01)
    assert hours[1][:4] / hours[1][0] == pytest.approx([1, 1, 1.5, 1.5], rel=0.03)


def hours_by_week(staff, team):
    """Position hours of a team in each of four weeks."""
    own = staff.team == team
    at, positions = staff.at_ms[own], staff.positions[own]
    ends = np.append(at[1:], at[-1])
    return np.bincount(at // (7 * 24 * H), positions * (ends - at) / H)
