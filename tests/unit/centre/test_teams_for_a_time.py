"""Teams that there are for a time only, and are paid by the contact: by hand."""

import numpy as np
import pytest

from analysis.payroll import payroll, with_contacts
from analysis.simulation import run_loaded
from analysis.sizing.questions import questions
from sim.centre.compile import compile_centre
from sim.centre.results import PEOPLE_COLUMNS
from sim.errors import ScenarioError
from sim.scenario.load import LoadedScenario

DAY = 24 * 3_600_000
TEAMS = {
    "advisers": {"heads": 60, "serves": ["calls"], "cost": {"loaded_per_hour": "30 EUR"}},
    "partner": {
        "heads": 20,
        "from": "2027-01-13",
        "until": "2027-01-19",
        "serves": ["calls"],
        "cost": {"per_contact": "4 EUR"},
    },
}
TARGET = {"queues.calls.targets": {"service_level": "80 % in 20 s"}}


def positions_by_day(staff, team, days):
    """Whether anybody of a team is there on each day."""
    own = staff.team == team
    at, positions = staff.at_ms[own], staff.positions[own]
    return np.array([positions[at // DAY == day].max(initial=0) > 0 for day in range(days)])


@pytest.fixture
def loaded(scenario, tmp_path):
    """A scenario as if it had been loaded."""

    def load(values):
        return LoadedScenario(scenario(values), tmp_path / "care.yaml", {}, (), ())

    return load


def test_there_on_its_days_and_paid_for_them(scenario):
    """Wednesday to Tuesday, of which the horizon has five days: heads, paid hours, and nobody else's time."""
    model = scenario({"warm_up": "none", "teams": TEAMS})
    plan = compile_centre(model)
    staffed = plan.staffed()
    own = staffed.workforce.draw(1, 0)
    there = np.isin(np.arange(14), [9, 10, 11, 14, 15])  # Wednesday to Tuesday, without the weekend
    for staff in (own.staff, staffed.engine.staff):
        assert positions_by_day(staff, 1, 14).tolist() == there.tolist()
    heads = own.people[1, :, PEOPLE_COLUMNS.index("heads")]
    assert heads.tolist() == [20 * (9 <= day < 16) for day in range(14)]
    assert plan.presence(team="partner").paid_hours == 20 * 35 * 5 / 7
    assert plan.presence(team="advisers").paid_hours == 2 * 60 * 35


def test_the_rest_of_the_centre_is_as_without_it(scenario):
    """Before it comes: the same positions of the others, but for the part of the need that it will share later."""
    alone = compile_centre(scenario({"warm_up": "none", "teams": {"advisers": TEAMS["advisers"]}})).staffed()
    beside = compile_centre(scenario({"warm_up": "none", "teams": TEAMS})).staffed()
    first_days = [
        staff.positions[(staff.team == 0) & (staff.at_ms < 4 * DAY)]
        for staff in (alone.engine.staff, beside.engine.staff)
    ]
    np.testing.assert_array_equal(*first_days)


def test_paid_by_the_contact(loaded):
    result = run_loaded(loaded({"warm_up": "none", "teams": TEAMS}), replications=3)
    figures = result.figures
    partner, advisers = figures.teams["partner"], figures.teams["advisers"]
    assert partner["cost"].value == pytest.approx(4 * partner["services"].value)
    assert partner["services"].value > 100
    assert advisers["cost"].value == 2 * 60 * 35 * 30
    total = figures.totals["teams"]["cost"].value
    assert total == pytest.approx(partner["cost"].value + advisers["cost"].value)
    served = figures.totals["all"]["served"].value
    assert figures.totals["all"]["cost_per_contact"].value == pytest.approx(total / served)
    assert figures.services["partner"]["calls"]["share_of_queue"].value == pytest.approx(
        partner["services"].value / (partner["services"].value + advisers["services"].value)
    )


def test_what_is_paid_by_the_contact_has_no_cost_on_paper(scenario):
    model = scenario({"warm_up": "none", "teams": TEAMS})
    plan = compile_centre(model)
    assert payroll(model.teams["partner"], plan.presence(team="partner")).cost is None
    advisers = payroll(model.teams["advisers"], plan.presence(team="advisers"))
    assert with_contacts(advisers, model.teams["advisers"], None, 0) is advisers


def test_it_isn_t_sized(loaded):
    asked = loaded({"warm_up": "none", "teams": TEAMS} | TARGET)
    (question,) = questions(asked)
    assert question.teams == ("advisers",)
    with pytest.raises(ScenarioError, match="is there for a time only, and stays as the file has it"):
        questions(asked, "partner")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"from": "2027-02-13", "until": None}, "leaves nothing of the horizon, 2027-01-04 to 2027-01-17"),
        ({"from": None, "until": "2026-12-31"}, "leaves nothing of the horizon"),
        ({"until": "2027-01-12"}, "is before from, 2027-01-13"),
        ({"hiring": {"classes": [{"on": "2027-01-04", "heads": 2}]}}, "there is no such team then"),
        ({"cost": {"per_contact": "4 EUR", "loaded_per_hour": "3 EUR"}}, "one of the three"),
        ({"cost": {"per_contact": "4 EUR", "per_hire": "3 USD"}}, "must be in EUR, as the pay is"),
    ],
)
def test_mistakes(scenario, change, problem):
    partner = {name: value for name, value in {**TEAMS["partner"], **change}.items() if value is not None}
    with pytest.raises(ValueError, match=problem):
        scenario({"teams": {**TEAMS, "partner": partner}})


def test_a_queue_of_which_nobody_is_there_yet_waits_or_is_refused(scenario):
    """A team that is still to be made up: nobody before its first class is trained."""
    team = {"heads": 0, "hiring": {"classes": [{"on": "2027-01-11", "heads": 60}]}}
    own = compile_centre(scenario({"warm_up": "none", "teams.advisers": team})).staffed().workforce.draw(1, 0)
    assert positions_by_day(own.staff, 0, 12).tolist() == [False] * 7 + [True] * 5
